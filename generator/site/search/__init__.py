"""The search of the finished site: how words are cut, and the index."""
