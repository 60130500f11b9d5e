"""The sets & bonuses dock: what is slotted, what it gives, the rule of five, and the sum of it all.

Source: design, section 3.14.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from midsdesk.app.document import Document
from midsdesk.app.effect_words import describe_power
from midsdesk.app.numbers import spoken, with_unit
from midsdesk.app.pieces import piece_slot
from midsdesk.app.totals_view import total_names
from midsdesk.app.views import SlotView
from midsdesk.model.build import PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, EnhancementSet
from midsdesk.model.totals import ActiveSet, Statistic
from midsdesk.model.vocab import PvMode
from midsdesk.rules.problems_model import RULE_OF_FIVE
from midsdesk.rules.requirements import power_name

_LEAST: Final = 0.005


@dataclass(frozen=True, slots=True)
class BonusLine:
    """One bonus of a set in a power.

    Attributes:
        needed: Pieces it needs; 1 is what a piece gives wherever it sits.
        active: Enough pieces are slotted. over: it is a copy too many and does not count.
    """

    needed: int
    text: str
    active: bool
    over: bool = False

    @property
    def spoken(self) -> str:
        """For screen readers."""
        state = "over the rule of five" if self.over else "active" if self.active else "not active"
        pieces = "1 piece" if self.needed == 1 else f"{self.needed} pieces"
        return f"{pieces}: {spoken(self.text)}, {state}"


@dataclass(frozen=True, slots=True)
class SetRow:
    """A set slotted in a power.

    Attributes:
        entry, slot: Where its first piece sits. pieces: how many sit there, of `most`.
        note: What the head of its bonuses says under the name.
        lines: Its bonuses, in order. over: one of them is a copy too many.
    """

    entry: int
    slot: int
    name: str
    power: str
    view: SlotView
    pieces: int
    most: int
    note: str
    lines: tuple[BonusLine, ...]
    over: bool

    @property
    def spoken(self) -> str:
        """For screen readers."""
        text = f"{self.name} in {self.power}, {self.pieces} of {self.most} pieces"
        return f"{text}, a bonus is over the rule of five" if self.over else text


@dataclass(frozen=True, slots=True)
class FiveRow:
    """A bonus and how often it occurs.

    Attributes:
        sources: Names of the sets that give it. counted: pips that are filled.
        entry, slot: Of the first copy that is wasted, -1 for none.
    """

    text: str
    sources: str
    count: int
    counted: int
    entry: int = -1
    slot: int = -1

    @property
    def chip(self) -> str:
        """How many of the five."""
        return f"{self.count} of {RULE_OF_FIVE}"

    @property
    def over(self) -> bool:
        """There are copies too many."""
        return self.count > RULE_OF_FIVE

    @property
    def spoken(self) -> str:
        """For screen readers."""
        text = f"{spoken(self.text)} from {self.sources}, {self.chip}"
        return f"{text}, over the rule of five" if self.over else text


@dataclass(frozen=True, slots=True)
class SumRow:
    """What all sets together add to a total; `fill` is its part of the largest of its kind."""

    total: str
    name: str
    text: str
    fill: float
    color: str

    @property
    def spoken(self) -> str:
        """For screen readers."""
        return f"{self.name}, {spoken(self.text)} from sets"


@dataclass(frozen=True, slots=True)
class SetsView:
    """The dock."""

    rows: tuple[SetRow, ...]
    fives: tuple[FiveRow, ...]
    sums: tuple[SumRow, ...]

    def matching(self, text: str) -> "SetsView":
        """Only what holds all words of a text, in names, powers or bonuses."""
        words = text.lower().split()
        if not words:
            return self
        return SetsView(
            tuple(
                row
                for row in self.rows
                if _holds(words, row.name, row.power, *(line.text for line in row.lines))
            ),
            tuple(row for row in self.fives if _holds(words, row.text, row.sources)),
            tuple(row for row in self.sums if _holds(words, row.name)),
        )


def sets_view(document: Document) -> SetsView:
    """Everything about the sets of the open build."""
    key = (document.build, document.settings)
    return document.memo.value("sets", key, partial(_whole, document))


def _whole(document: Document) -> SetsView:
    catalog, build = document.catalog, document.build
    active = document.calculation.sets
    archetype = catalog.archetype(build.archetype)
    rows = [
        _row(index, entry, owner, slots, active, catalog, archetype, pvp=document.settings.pvp)
        for index, entry in enumerate(build.entries)
        for owner, slots in _slotted(entry, catalog)
    ]
    return SetsView(tuple(rows), _fives(document, archetype), _sums(document))


# --- sets ----------------------------------------------------------------------------------------


def _slotted(entry: PowerEntry, catalog: Catalog) -> list[tuple[EnhancementSet, list[int]]]:
    """The sets of a power in order of their first slots, each with its slots."""
    found: dict[str, list[int]] = {}
    for number, slot in enumerate(entry.slots):
        held = slot.enhancement
        piece = catalog.enhancement(held.enhancement) if held is not None else None
        if piece is not None and piece.set_id:
            found.setdefault(piece.set_id, []).append(number)
    owners = [(catalog.enhancement_set(name), slots) for name, slots in found.items()]
    return [(owner, slots) for owner, slots in owners if owner is not None]


def _row(
    index: int,
    entry: PowerEntry,
    owner: EnhancementSet,
    slots: list[int],
    active: Sequence[ActiveSet],
    catalog: Catalog,
    archetype: Archetype | None,
    *,
    pvp: bool,
) -> SetRow:
    counts = next(
        (each for each in active if each.entry == index and each.set_id == owner.id), None
    )
    held = [entry.slots[number].enhancement for number in slots]
    first = held[0]
    assert first is not None
    power = power_name(entry.power, catalog)
    lines = _lines(owner, counts, catalog, archetype, pvp=pvp)
    span = f"{owner.level_min} to {owner.level_max}"
    note = f"level {owner.level_max if owner.level_min == owner.level_max else span}, {power}"
    counting = len(counts.pieces) if counts is not None else 0
    if counting < len(slots):
        note += f", {len(slots) - counting} do not count at this level"
    return SetRow(
        entry=index,
        slot=slots[0],
        name=owner.display_name.strip(),
        power=power,
        view=piece_slot(first, catalog),
        pieces=len(slots),
        most=len(owner.pieces),
        note=note,
        lines=lines,
        over=any(line.over for line in lines),
    )


def _lines(
    owner: EnhancementSet,
    counts: ActiveSet | None,
    catalog: Catalog,
    archetype: Archetype | None,
    *,
    pvp: bool,
) -> tuple[BonusLine, ...]:
    pieces = counts.pieces if counts is not None else ()
    over: set[str] = set(counts.over_five if counts is not None else ())
    against = PvMode.PVE if pvp else PvMode.PVP
    found = []
    for place, powers in enumerate(owner.specials):
        held = place < len(owner.pieces) and owner.pieces[place] in pieces
        if held and powers:
            found.append(_line(1, powers, over, catalog, archetype, active=True))
    for bonus in owner.bonuses:
        active = len(pieces) >= max(2, bonus.slotted) and bonus.pv_mode != against
        found.append(_line(bonus.slotted, bonus.powers, over, catalog, archetype, active=active))
    return tuple(line for line in found if line.text)


def _line(
    needed: int,
    powers: Iterable[str],
    over: set[str],
    catalog: Catalog,
    archetype: Archetype | None,
    *,
    active: bool,
) -> BonusLine:
    names = [name for name in powers if name]
    texts = [_text(name, catalog, archetype) for name in names]
    wasted = active and any(name in over for name in names)
    return BonusLine(needed, ", ".join(text for text in texts if text), active, wasted)


def _text(name: str, catalog: Catalog, archetype: Archetype | None) -> str:
    power = catalog.power(name)
    if power is None:
        return ""
    return describe_power(power, catalog, archetype) or power.display_name.strip()


# --- rule of five --------------------------------------------------------------------------------


def _fives(document: Document, archetype: Archetype | None) -> tuple[FiveRow, ...]:
    """Bonuses by the number of copies; within that by their texts."""
    catalog = document.catalog
    copies: dict[str, list[ActiveSet]] = {}
    for each in document.calculation.sets:
        for name in each.bonus_powers:
            copies.setdefault(name, []).append(each)
    rows = [
        _five(text, given, document)
        for name, given in copies.items()
        if (text := _text(name, catalog, archetype))
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.text.lstrip("+"))))


def _five(text: str, given: list[ActiveSet], document: Document) -> FiveRow:
    catalog = document.catalog
    owners = dict.fromkeys(each.set_id for each in given)
    names = [
        owner.display_name.strip() for each in owners if (owner := catalog.enhancement_set(each))
    ]
    row = FiveRow(text, ", ".join(names), len(given), min(len(given), RULE_OF_FIVE))
    if not row.over:
        return row
    wasted = given[RULE_OF_FIVE]
    slots = document.build.entries[wasted.entry].slots
    last = max(
        (n for n, slot in enumerate(slots)
         if slot.enhancement is not None and slot.enhancement.enhancement in wasted.pieces),
        default=-1,
    )  # fmt: skip
    return replace(row, entry=wasted.entry, slot=last)


# --- sum -----------------------------------------------------------------------------------------


def _sums(document: Document) -> tuple[SumRow, ...]:
    """What the totals would lose without set bonuses, before caps."""
    without = document.numbers_under(replace(document.settings, ignore_set_bonuses=True))
    before = {item.key: item for item in without.statistics}
    now = {item.key: item for item in document.calculation.statistics}
    gains: list[tuple[str, str, float, Statistic]] = []
    for name in total_names():
        item, bare = now.get(name.key), before.get(name.key)
        if item is not None and bare is not None and item.uncapped - bare.uncapped > _LEAST:
            gains.append((name.full, name.color, item.uncapped - bare.uncapped, item))
    largest: dict[tuple[str, str], float] = {}
    for _, color, gain, item in gains:
        kind = (color, item.unit)
        largest[kind] = max(gain, largest.get(kind, 0.0))
    return tuple(
        SumRow(
            item.key,
            full,
            with_unit(gain, item.unit, sign=True),
            gain / largest[color, item.unit],
            color,
        )
        for full, color, gain, item in gains
    )


def _holds(words: Iterable[str], *texts: str) -> bool:
    text = " ".join(texts).lower()
    return all(word in text for word in words)
