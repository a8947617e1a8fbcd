"""A documentary's folder goes in; its site is shown in a browser, and follows what is changed."""
