"""The text of a settings file goes in; typed records come out, or a problem for each mistake, at its line."""

from generator.typed.documents import UNFIT, Document, decode, read_json, read_toml, read_yaml, written
from generator.typed.lines import Path
from generator.typed.shapes import Locate, Texts, inside, read_as, record, refused, some

__all__ = [
    "UNFIT",
    "Document",
    "Locate",
    "Path",
    "Texts",
    "decode",
    "inside",
    "read_as",
    "read_json",
    "read_toml",
    "read_yaml",
    "record",
    "refused",
    "some",
    "written",
]
