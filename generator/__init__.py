"""Turns a ledger of claims and bilingual prose into a static site; each folder is a room of the way.

``loading`` reads a documentary into ``settings``, ``ledger`` and ``prose``; ``figures`` and ``pages`` make
plots and Markdown of it; ``drawing`` draws, ``site`` builds and finishes, ``print`` prints; ``output``
touches the disk; ``build`` calls them in order.
"""
