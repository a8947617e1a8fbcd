"""The text of a settings file goes in; typed records come out, or a problem for each mistake, at its line."""

from generator.typed.documents import Document, decode, read_json, read_toml, read_yaml, written
from generator.typed.lines import Path
from generator.typed.shapes import Texts, read_as, record

__all__ = [
    "Document",
    "Path",
    "Texts",
    "decode",
    "read_as",
    "read_json",
    "read_toml",
    "read_yaml",
    "record",
    "written",
]
