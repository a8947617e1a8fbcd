"""The pages of an engine become the site that is published."""
