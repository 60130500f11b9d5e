"""What the picker asks, and nothing more: it knows no rule and no number of the game."""

from dataclasses import dataclass
from typing import Protocol

from midsdesk.app.views import PickerCategory, PickerTab, PieceView, SetView
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.ids import EnhancementId, EnhancementSetId
from midsdesk.model.vocab import RelativeLevel

NO_SET, NO_PIECE = EnhancementSetId(""), EnhancementId("")


@dataclass(frozen=True, slots=True)
class Wish:
    """The level the user asked for; pieces take of it what they can."""

    level: int = 50
    relative: RelativeLevel = RelativeLevel.EVEN


@dataclass(frozen=True, slots=True)
class PickerHeading:
    """Which slot is enhanced; `slot` counts from 1."""

    power: str
    slot: int
    of: int
    bought_at: int


@dataclass(frozen=True, slots=True)
class PickerStart:
    """Where the picker opens: at what is in the slot, else where it was last used.

    Attributes:
        set_id: Set whose pieces are shown at once, "" for none.
        enhancement: Piece that is current, "" for none.
        wish: Level of what is in the slot; Backspace goes back to it.
    """

    tab: PickerTab
    category: str = ""
    set_id: EnhancementSetId = NO_SET
    enhancement: EnhancementId = NO_PIECE
    wish: Wish = Wish()


@dataclass(frozen=True, slots=True)
class LevelLimits:
    """Levels that are possible for a piece, or for a kind when no piece is current.

    Attributes:
        numbered: It has a level of its own (inventions, set pieces); the digits set it.
        relative_lowest, relative_highest: Equal where + and − change nothing.
    """

    lowest: int
    highest: int
    default: int
    numbered: bool
    relative_lowest: RelativeLevel
    relative_highest: RelativeLevel

    def clamped(self, wish: Wish) -> Wish:
        """Return the part of the wish that is possible."""
        level = min(max(wish.level, self.lowest), self.highest)
        relative = min(max(wish.relative, self.relative_lowest), self.relative_highest)
        return Wish(level, RelativeLevel(relative))


class PickerSource(Protocol):
    """Answers for one slot of one power. Answers come at once: each is shown in the same frame."""

    @property
    def heading(self) -> PickerHeading:
        """The slot."""

    @property
    def start(self) -> PickerStart:
        """Where to open."""

    def categories(self, tab: PickerTab) -> tuple[PickerCategory, ...]:
        """Grades, families or set categories that the power accepts; may be empty."""

    def sets(self, category: str, wish: Wish) -> tuple[SetView, ...]:
        """Sets of a category."""

    def pieces(self, tab: PickerTab, category: str, wish: Wish) -> tuple[PieceView, ...]:
        """What a tab other than the sets offers."""

    def search(self, text: str, wish: Wish) -> tuple[PieceView, ...]:
        """Everything that fits the words, best first, ordered by `group`."""

    def set_of(self, enhancement: EnhancementId, wish: Wish) -> SetView | None:
        """The set a piece belongs to."""

    def limits(self, tab: PickerTab, enhancement: EnhancementId | None) -> LevelLimits:
        """Levels possible for a piece, or for the tab."""

    def make(self, enhancement: EnhancementId, category: str, wish: Wish) -> SlottedEnhancement:
        """The piece as it would be slotted; `category` is the grade on the regular tab."""

    def deltas(
        self, enhancement: EnhancementId, category: str, wish: Wish
    ) -> tuple[tuple[str, bool], ...]:
        """What the piece would change, as (text, good); asked between frames, row by row."""
