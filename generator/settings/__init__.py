"""The settings file of a documentary goes in; what makes this documentary this one comes out."""

from generator.settings.engine import EngineSettings, check_sheets, read_engine
from generator.settings.model import Documentary, PageSettings, Spec, Stepper, root_address
from generator.settings.reading import check_changes, read_documentary
from generator.settings.shapes import (
    FIGURE_PAGES,
    ClaimsOptions,
    DaysOptions,
    EntitiesOptions,
    EventsOptions,
    PageKind,
    PageOptions,
    SourcesOptions,
    Theatre,
)

__all__ = [
    "FIGURE_PAGES",
    "ClaimsOptions",
    "DaysOptions",
    "Documentary",
    "EngineSettings",
    "EntitiesOptions",
    "EventsOptions",
    "PageKind",
    "PageOptions",
    "PageSettings",
    "SourcesOptions",
    "Spec",
    "Stepper",
    "Theatre",
    "check_changes",
    "check_sheets",
    "read_documentary",
    "read_engine",
    "root_address",
]
