"""The settings file of a documentary goes in; what makes this documentary this one comes out."""

from generator.settings.model import Documentary, PageSettings, Spec, Stepper, root_address
from generator.settings.reading import check_changes, read_documentary
from generator.settings.shapes import (
    ClaimsOptions,
    EntitiesOptions,
    PageKind,
    PageOptions,
    SourcesOptions,
    Theatre,
)

__all__ = [
    "ClaimsOptions",
    "Documentary",
    "EntitiesOptions",
    "PageKind",
    "PageOptions",
    "PageSettings",
    "SourcesOptions",
    "Spec",
    "Stepper",
    "Theatre",
    "check_changes",
    "read_documentary",
    "root_address",
]
