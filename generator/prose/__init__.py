"""The prose as historians write it: sections, macros, links."""
