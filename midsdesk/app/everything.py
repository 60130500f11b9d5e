"""Search over everything: the game, what is in the build, and what the program can do.

Each row knows what Enter does with it; nothing is done here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from midsdesk.app.document import Document
from midsdesk.app.pieces import full_name, piece_slot
from midsdesk.app.search import Hit, Search, parse
from midsdesk.app.views import SlotView
from midsdesk.edit.powers import pick_for
from midsdesk.model.build import Build, SlottedEnhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.rules.requirements import power_name, unmet
from midsdesk.rules.slotting import piece_refusal

_MOST_OF_A_KIND: Final = 8
_ASKED: Final = 60
_WORD: Final = re.compile(r"[\w+/'-]+")


class Act(StrEnum):
    """What Enter does with a row."""

    GO = "go"
    TAKE = "take"
    SLOT = "slot"
    PICK = "pick"
    RUN = "run"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing found.

    Attributes:
        name, detail: To show. icon: its name, "" where `slot` is drawn instead.
        act, promise: What Enter does, and that in words.
        target: Name of the power, piece, set or command it is about.
        entry, slot: Where it is or would go in the build, -1 for nowhere.
        refusal: Why Enter cannot do it, "" if it can.
    """

    name: str
    detail: str
    icon: str
    act: Act
    promise: str
    target: str
    entry: int = -1
    slot: int = -1
    view: SlotView | None = None
    keys: str = ""
    refusal: str = ""

    @property
    def spoken(self) -> str:
        """For screen readers."""
        return ", ".join(
            part for part in (self.name, self.detail, self.refusal or self.promise) if part
        )


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind under a heading."""

    kind: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A command of the program: its name in the menus, its text and its keys."""

    name: str
    text: str
    keys: str
    icon: str = ""
    enabled: bool = True


KINDS: Final = (
    ("all", "All"),
    ("powers", "Powers"),
    ("sets", "Sets"),
    ("pieces", "Pieces"),
    ("bonuses", "Bonuses"),
    ("commands", "Commands"),
)


def find(
    text: str,
    document: Document | None,
    search: Search,
    commands: Sequence[Known],
    kind: str = "all",
) -> tuple[Section, ...]:
    """Return what a text means, the best kind first; for an empty text the commands.

    Args:
        kind: One of `KINDS`; the others are left out.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    found: list[Section] = []
    if words:
        build = document.build if document is not None else None
        hits = search.find(text, build, _ASKED)
        found = _of_game(hits, document) if document is not None else []
        if document is not None:
            slotted = tuple(_slotted(text, hits, document))
            if slotted:
                found.insert(min(1, len(found)), Section("pieces", "Slotted", slotted))
    rows = tuple(_commands(words, commands))
    if rows:
        section = Section("commands", "Commands", rows)
        exact = words and any(row.name.lower().startswith(" ".join(words)) for row in rows)
        found.insert(0 if exact else len(found), section)
    if kind != "all":
        found = [section for section in found if section.kind == kind]
    limit = _ASKED if kind != "all" else _MOST_OF_A_KIND
    return tuple(Section(each.kind, each.title, each.rows[:limit]) for each in found)


def matches(name: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a text stand in a name: (start, length) in order, for the eye."""
    low, spans = name.lower(), []
    for word in _WORD.findall(text.lower()):
        at = low.find(word)
        if at >= 0:
            spans.append((at, len(word)))
        elif word.isalpha():
            spans += _initials(low, word)
    return tuple(sorted(set(spans)))


def _initials(name: str, word: str) -> list[tuple[int, int]]:
    """Places of first letters that spell an abbreviation, as "lotg" in Luck of the Gambler."""
    starts = [match.start() for match in re.finditer(r"\b\w", name)]
    for first in range(len(starts)):
        wanted = starts[first : first + len(word)]
        if "".join(name[at] for at in wanted) == word:
            return [(at, 1) for at in wanted]
    return []


def _of_game(hits: Iterable[Hit], document: Document) -> list[Section]:
    titles = {
        "power": ("powers", "Powers"),
        "powerset": ("powers", "Powersets"),
        "piece": ("pieces", "Pieces"),
        "set": ("sets", "Sets"),
        "bonus": ("bonuses", "Set bonuses"),
    }
    rows: dict[str, list[Row]] = {}
    for hit in hits:
        rows.setdefault(hit.kind, []).append(_row(hit, document))
    # The character's own powers before those of the same name that others have.
    rows.get("power", []).sort(key=lambda row: row.act is Act.SHOW)
    return [Section(*titles[kind], tuple(found)) for kind, found in rows.items()]


def _row(hit: Hit, document: Document) -> Row:
    match hit.kind:
        case "power":
            return _power(hit, document)
        case "piece":
            return _piece(hit, document)
        case "set" | "bonus":
            return _set(hit, document)
    return Row(hit.name, hit.detail, "act-folder", Act.SHOW, "show", hit.id)


def _power(hit: Hit, document: Document) -> Row:
    build, catalog = document.build, document.catalog
    power = catalog.power(hit.id)
    entry = build.find(hit.id)
    if entry is not None:
        level = build.entries[entry].level
        detail = f"{hit.detail}, taken at {level}" if level else hit.detail
        return Row(hit.name, detail, "state-taken", Act.GO, "go to its bar", hit.id, entry)
    own = {name.lower() for name in build.powersets if name}
    if power is None or power.powerset.lower() not in own:
        return Row(hit.name, hit.detail, "state-unavailable", Act.SHOW, "show", hit.id)
    index = pick_for(build, catalog, power.id, document.next_pick_level)
    if index is None:
        reason = "no empty pick is left for it"
        return Row(
            hit.name, hit.detail, "state-unavailable", Act.SHOW, "show", hit.id, refusal=reason
        )
    level = build.entries[index].level
    reason = unmet(power, build, level, catalog)
    detail = ", ".join(part for part in (hit.detail, reason) if part)
    icon = "state-unavailable" if reason else "state-available"
    return Row(hit.name, detail, icon, Act.TAKE, f"take at {level}", hit.id, index)


def _piece(hit: Hit, document: Document) -> Row:
    catalog = document.catalog
    known = catalog.enhancement(hit.id)
    if known is None:
        return Row(hit.name, hit.detail, "act-sets", Act.SHOW, "show", hit.id)
    view = piece_slot(SlottedEnhancement(EnhancementId(hit.id)), catalog)
    name, places = full_name(known, catalog), _places(hit.id, document.build)
    detail = (
        f"slotted {len(places)} times" if len(places) > 1 else "slotted" if places else "not used"
    )
    free = _free_slot(document, hit.id)
    if free is None:
        reason = "no empty slot takes it"
        return Row(name, detail, "", Act.SLOT, "", hit.id, view=view, refusal=reason)
    host = power_name(document.build.entries[free[0]].power, catalog)
    return Row(name, detail, "", Act.SLOT, f"slot in {host}", hit.id, *free, view=view)


def _free_slot(document: Document, piece: str) -> tuple[int, int] | None:
    """The first empty slot that takes a piece."""
    known = document.catalog.enhancement(piece)
    if known is None:
        return None
    for index, entry in enumerate(document.build.entries):
        for number, slot in enumerate(entry.slots):
            if slot.enhancement is None:
                if not piece_refusal(document.build, index, number, known, document.catalog):
                    return index, number
                break
    return None


def _places(piece: str, build: Build) -> list[tuple[int, int]]:
    return [
        (index, number)
        for index, entry in enumerate(build.entries)
        for number, slot in enumerate(entry.slots)
        if slot.enhancement is not None and slot.enhancement.enhancement == piece
    ]


def _set(hit: Hit, document: Document) -> Row:
    catalog = document.catalog
    family = catalog.enhancement_set(hit.id)
    if family is None or not family.pieces:
        return Row(hit.name, hit.detail, "act-sets", Act.SHOW, "", hit.id)
    detail = hit.detail
    if hit.kind == "set":
        span = f"{family.level_min} to {family.level_max}"
        if family.level_min == family.level_max:
            span = str(family.level_min)
        detail = f"{hit.detail}, level {span}"
    place = _holding(document.build, set(family.pieces))
    if place is not None:
        return Row(hit.name, detail, "act-sets", Act.PICK, "open its slot", hit.id, *place)
    for piece in family.pieces:
        free = _free_slot(document, piece)
        if free is not None:
            host = power_name(document.build.entries[free[0]].power, catalog)
            return Row(hit.name, detail, "act-sets", Act.PICK, f"choose for {host}", hit.id, *free)
    reason = "no empty slot takes it"
    return Row(hit.name, detail, "act-sets", Act.PICK, "", hit.id, refusal=reason)


def _holding(build: Build, pieces: set[EnhancementId]) -> tuple[int, int] | None:
    for index, entry in enumerate(build.entries):
        for number, slot in enumerate(entry.slots):
            if slot.enhancement is not None and slot.enhancement.enhancement in pieces:
                return index, number
    return None


def _slotted(text: str, hits: Iterable[Hit], document: Document) -> Iterable[Row]:
    """Yield the slots that hold a piece that was found, or one of a set that was found."""
    if parse(text).usable:
        return
    catalog, build = document.catalog, document.build
    sets = {hit.id for hit in hits if hit.kind == "set"}
    pieces = {hit.id for hit in hits if hit.kind == "piece"}
    for index, entry in enumerate(build.entries):
        for number, slot in enumerate(entry.slots):
            held = slot.enhancement
            known = catalog.enhancement(held.enhancement) if held is not None else None
            if held is None or known is None or not (known.id in pieces or known.set_id in sets):
                continue
            yield Row(
                power_name(entry.power, catalog),
                f"{full_name(known, catalog)}, slot {number + 1} of {len(entry.slots)}",
                "",
                Act.GO,
                "go to slot",
                known.id,
                index,
                number,
                view=piece_slot(held, catalog),
            )


def _commands(words: Sequence[str], commands: Sequence[Known]) -> Iterable[Row]:
    for each in commands:
        text = each.text.lower()
        if all(word in text for word in words):
            refusal = "" if each.enabled else "not possible now"
            yield Row(
                each.text,
                "",
                each.icon or "act-more",
                Act.RUN,
                "",
                each.name,
                keys=each.keys,
                refusal=refusal,
            )
