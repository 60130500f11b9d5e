"""Views of a document as plain values; see `midsdesk.app.views` and the modules gathered here."""

from midsdesk.app.grid import grid
from midsdesk.app.info import power_info
from midsdesk.app.picker import (
    PickerContent,
    PieceChoice,
    first_tab,
    picker,
    piece_deltas,
    warm,
)
from midsdesk.app.totals_view import totals
from midsdesk.app.words import identity, word_lists

__all__ = [
    "PickerContent",
    "PieceChoice",
    "first_tab",
    "grid",
    "identity",
    "picker",
    "piece_deltas",
    "power_info",
    "totals",
    "warm",
    "word_lists",
]
