"""Turns a ledger of claims and bilingual prose into a static site; each module is one step of that way.

The way of the data: ``tables`` and ``schema`` read ``data/*.csv``; ``model`` freezes the
records; ``checks`` yields problems; ``estimates`` says what to print; ``figures`` and ``pages``
make pictures and Markdown; ``project`` lays one tree of bytes per language; ``write`` puts it on
disk; ``engine`` builds it; ``finish`` mends the HTML; ``site_checks`` reads the result.
"""
