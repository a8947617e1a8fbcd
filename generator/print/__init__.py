"""The finished pages and drawings of one language go in; what is printed of them comes out, as PDF."""
