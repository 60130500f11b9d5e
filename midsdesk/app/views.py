"""What the window shows, as plain values: it draws these and decides nothing.

`midsdesk.app.present` makes them from a document. They are frozen and comparable, so a view
repaints only what changed.
"""

from dataclasses import dataclass
from enum import StrEnum

from midsdesk.model.ids import EnhancementId, EnhancementSetId, PowerId, PowersetId


class WordState(StrEnum):
    """State of a power in a pick list; see the design, section 3.1."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    TAKEN = "taken"
    TAKEN_LATE = "taken_late"
    ILLEGAL = "illegal"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Word:
    """One row of a pick list. `reason` says why it is unavailable or illegal, "" otherwise."""

    power: PowerId
    name: str
    level: int
    state: WordState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a selector."""

    id: str
    name: str
    enabled: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """A powerset place with its words.

    Attributes:
        place: 0 primary, 1 secondary, 3 to 6 pools, 7 ancillary.
        powerset: The chosen one, "" for none. locked: it may not change; `lock_reason` says why.
    """

    place: int
    title: str
    powerset: PowersetId
    choices: tuple[Choice, ...]
    locked: bool
    lock_reason: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Head of the window: who the character is."""

    name: str
    level: int
    archetype: str
    archetype_name: str
    archetypes: tuple[Choice, ...]
    archetype_locked: bool
    origin: str
    origins: tuple[Choice, ...]
    alignment: str
    alignments: tuple[Choice, ...]
    villain: bool


class Lamp(StrEnum):
    """Light of a bar."""

    NONE = "none"
    ON = "on"
    OFF = "off"


class SlotFrame(StrEnum):
    """How a slot is framed; the values are the names of the icon files without their ending."""

    EMPTY = "slot-empty"
    TRAINING = "ring-training"
    DUAL = "ring-dual"
    SINGLE = "ring-single"
    INVENTION = "ring-invention"
    SPECIAL = "ring-special"
    SET = "frame-set"
    ATTUNED = "frame-attuned"
    SUPERIOR = "frame-superior"
    ARCHETYPE = "frame-archetype"
    ARCHETYPE_SUPERIOR = "frame-archetype-superior"
    PVP = "frame-pvp"


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot of a bar.

    Attributes:
        frame: Icon. color: token of the frame ("rarity.rare", "kind.single" ...).
        letters: Set letters, "" where `glyph` (an icon name such as "attr-damage") is drawn.
        level: Enhancement level to write, "" for none. relative: "+5", "-3" or "".
        bought_at: Level of the slot. spoken: whole text for screen readers and cards.
        inactive: Does not count. problem: reason it is illegal, "" otherwise.
    """

    frame: SlotFrame
    color: str
    letters: str
    glyph: str
    level: str
    relative: str
    bought_at: int
    name: str
    spoken: str
    inactive: bool = False
    problem: str = ""


class BarKind(StrEnum):
    """Which part of the grid a bar belongs to, and whether it holds a power."""

    PICK = "pick"
    EMPTY = "empty"
    NEXT = "next"
    INHERENT = "inherent"


@dataclass(frozen=True, slots=True)
class Bar:
    """One power bar.

    Attributes:
        entry: Index in `Build.entries`.
        activation: "click", "toggle", "auto" or "".
        ghost_level: Level a further slot would cost, 0 where none may be bought.
        ghost_reason: Why none may be bought, "" otherwise.
        included: False draws the bar as excluded.
    """

    entry: int
    kind: BarKind
    level: int
    name: str
    power: PowerId
    activation: str
    included: bool
    lamp: Lamp
    proc_lamp: Lamp
    problem: str
    slots: tuple[SlotView, ...]
    ghost_level: int
    ghost_reason: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Grid:
    """All bars. `picks` fill columns from the top; `others` stand under the gold line."""

    picks: tuple[Bar, ...]
    others: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One row of the totals.

    Attributes:
        key: Stable name ("defense.ranged"). text: value with unit as shown.
        fill, cap, soft_cap, over: positions on the bar from 0 to 1; None where there is no mark.
            `over` is where the value above the cap ends.
        negative: The bar runs left of zero with length `fill`.
        color: token ("stat.defense").
    """

    key: str
    name: str
    text: str
    color: str
    fill: float
    cap: float | None = None
    soft_cap: float | None = None
    over: float | None = None
    negative: bool = False
    at_cap: bool = False
    spoken: str = ""
    delta: str = ""
    delta_good: bool | None = None


@dataclass(frozen=True, slots=True)
class TotalsGroup:
    """Rows under one heading; `note` stands at the right of the heading ("soft cap 45")."""

    key: str
    title: str
    note: str
    rows: tuple[TotalsRow, ...]


class PickerTab(StrEnum):
    """The five cells of the picker, in their fixed order."""

    NONE = "none"
    REGULAR = "regular"
    INVENTION = "invention"
    SPECIAL = "special"
    SET = "set"


@dataclass(frozen=True, slots=True)
class PieceView:
    """One choice of the picker.

    Attributes:
        slot: How it would look in the slot.
        detail: Second line. refused: why it may not go here, "" if it may.
        deltas: At most a few (text, good) pairs of what it would change.
        group: Heading it stands under in a search.
    """

    enhancement: EnhancementId
    name: str
    detail: str
    slot: SlotView
    refused: str = ""
    group: str = ""
    deltas: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class SetView:
    """A set offered by the picker. `slotted` pieces of it sit in the power already."""

    id: EnhancementSetId
    name: str
    slot: SlotView
    level_range: str
    slotted: int
    pieces: tuple[PieceView, ...]
    bonus_lines: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class PickerCategory:
    """A row of the right column: a set category, a grade, a family."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A value pair of the info panel. `better` None means as the base."""

    key: str
    name: str
    text: str
    base_text: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class StrengthRow:
    """Strength of one attribute: slotted, after diversification, final. `band` 0 to 3 of ED.

    Attributes:
        key: Of the explanation of `final`, "" for none.
    """

    name: str
    slotted: str
    after_ed: str
    final: str
    band: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class DamageView:
    """Damage measured in one way.

    Attributes:
        key: Of its explanation. name: on the switch ("Second"). final, base, slotted: untouched,
            with its own slots, with everything.
        note: A further line ("in server ticks 240.1"), "" for none.
    """

    key: str
    name: str
    base: float
    slotted: float
    final: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class EffectText:
    """One effect in words.

    Attributes:
        key: Of the explanation of its number, "" for none.
        in_force: It counts at present. enhanced: slots or globals changed it.
    """

    text: str
    key: str = ""
    in_force: bool = True
    enhanced: bool = False


@dataclass(frozen=True, slots=True)
class EffectBlock:
    """A heading with its effects."""

    title: str
    effects: tuple[EffectText, ...]


@dataclass(frozen=True, slots=True)
class PowerInfo:
    """Content of the info panel for one power.

    Attributes:
        summary: Generated from its effects by our own code.
        damages: Empty for powers that do none; `damage_text` by type.
        effects: In plain words, by group.
        sets: (set name, pieces, of, bonus lines as (slotted, text, active)).
        entry: Index in the build, None for a power that is not in it.
    """

    title: str
    activation: str
    summary: str
    figures: tuple[FigureRow, ...] = ()
    damages: tuple[DamageView, ...] = ()
    damage_text: str = ""
    strengths: tuple[StrengthRow, ...] = ()
    effects: tuple[EffectBlock, ...] = ()
    sets: tuple[tuple[str, int, int, tuple[tuple[int, str, bool], ...]], ...] = ()
    entry: int | None = None
