"""The enhancement picker: what may go into a slot, by kind and category, or by search.

Source: design, section 3.5; feature inventory, section 2.4.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from midsdesk.app import commands
from midsdesk.app.document import Document
from midsdesk.app.effect_words import describe_power
from midsdesk.app.numbers import with_unit
from midsdesk.app.pieces import full_name, piece_slot, set_letters
from midsdesk.app.views import PickerCategory, PickerTab, PieceView, SetView
from midsdesk.errors import BusinessError
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Enhancement, EnhancementSet, Power
from midsdesk.model.totals import Statistic
from midsdesk.model.vocab import EnhancementKind, Grade, RelativeLevel
from midsdesk.rules.requirements import power_name
from midsdesk.rules.slotting import accepts, piece_refusal

_GRADES = (
    ("single", "Single origin", Grade.SINGLE),
    ("dual", "Dual origin", Grade.DUAL),
    ("training", "Training", Grade.TRAINING),
)
_KIND_OF_TAB = {
    PickerTab.REGULAR: EnhancementKind.NORMAL,
    PickerTab.INVENTION: EnhancementKind.INVENTION,
    PickerTab.SPECIAL: EnhancementKind.SPECIAL,
    PickerTab.SET: EnhancementKind.SET,
}
COMPLETES, STARTS, OTHERS = "Completes a set in this power", "Starts a set", "Other pieces"
REFUSED = "Cannot go here"
_GROUPS = (COMPLETES, STARTS, OTHERS, REFUSED)
_MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class PickerContent:
    """What the picker shows for one slot, tab, category and search.

    Attributes:
        title: "Blaze, slot 6 of 6". spoken: whole name of the dialog.
        tab, category: The ones in force; an unknown category falls back on the first.
        categories: Right column.
        pieces: Rows of a search, or single pieces. sets: the sets of a category.
        note: What to say where nothing is shown.
    """

    title: str
    spoken: str
    tab: PickerTab
    category: str
    categories: tuple[PickerCategory, ...]
    pieces: tuple[PieceView, ...]
    sets: tuple[SetView, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PieceChoice:
    """How pieces are offered: level from 1, relative level, grade of origin enhancements."""

    level: int = 50
    relative: RelativeLevel = RelativeLevel.EVEN
    grade: Grade = Grade.SINGLE


def picker(
    document: Document,
    entry: int,
    slot: int,
    tab: PickerTab = PickerTab.SET,
    category: str = "",
    search: str = "",
    choice: PieceChoice | None = None,
) -> PickerContent:
    """Return what the picker shows; with a search text the tab does not matter."""
    wanted = choice or PieceChoice()
    text = " ".join(search.lower().split())
    key = (document.build, entry, slot, tab, category, text, wanted)
    make = partial(_Picker(document, entry, slot, wanted).content, tab, category, text)
    return document.memo.value("picker", key, make)


def warm(document: Document) -> None:
    """Make what searching needs (some 100 ms, once a catalog and archetype), so no key waits."""
    archetype = document.catalog.archetype(document.build.archetype)
    _search_texts(_ByKey(document.catalog, archetype))


def first_tab(document: Document, entry: int, slot: int) -> PickerTab:
    """The tab that holds the piece now in the slot, sets for an empty one."""
    piece = document.build.entries[entry].slots[slot].enhancement
    known = document.catalog.enhancement(piece.enhancement) if piece else None
    for tab, kind in _KIND_OF_TAB.items():
        if known is not None and known.kind == kind:
            return tab
    return PickerTab.SET


def piece_deltas(
    document: Document, entry: int, slot: int, enhancement: str, choice: PieceChoice | None = None
) -> tuple[tuple[str, bool], ...]:
    """The best gain and the worst loss a piece would bring, as (text, good); costs a calculation.

    Empty where it may not go there or changes nothing that is shown.
    """
    wanted = choice or PieceChoice()
    try:
        command = commands.slot_enhancement(
            document, entry, slot, enhancement, wanted.level, wanted.relative, wanted.grade
        )
    except BusinessError:
        return ()
    preview = document.preview(command)
    if preview is None:
        return ()
    before = {item.key: item for item in document.calculation.statistics}
    changes = []
    for item in preview.statistics:
        old = before.get(item.key)
        if old is not None and abs(item.value - old.value) >= 0.005:
            share = (item.value - old.value) / max(abs(old.base), abs(old.cap or 0.0), 10.0)
            sense = -1 if item.key in ("endurance_use", "threat") else 1
            changes.append((share * sense, item, item.value - old.value))
    changes.sort(key=lambda change: change[0])
    chips = []
    if changes and changes[-1][0] > 0:
        chips.append((_chip(changes[-1][1], changes[-1][2]), True))
    if changes and changes[0][0] < 0:
        chips.append((_chip(changes[0][1], changes[0][2]), False))
    return tuple(chips)


def _chip(item: Statistic, change: float) -> str:
    decimals = 2 if abs(change) < 10 else 1
    number = with_unit(change, "", sign=True, decimals=decimals)
    group = item.key.partition(".")
    word = group[0].replace("_", " ") if group[1] and group[2] != "per_second" else ""
    unit = "/s" if item.unit == "/s" else ""
    return f"{number}{unit} {item.label.lower()} {word}".strip()


class _Picker:
    """Makes the content for one slot."""

    def __init__(self, document: Document, entry: int, slot: int, choice: PieceChoice) -> None:
        self._document = document
        self._catalog = document.catalog
        self._build = document.build
        self._entry = entry
        self._slot = slot
        self._choice = choice
        held = self._build.entries[entry]
        self._power = self._catalog.power(held.power)
        self._slotted = {
            slot.enhancement.enhancement for slot in held.slots if slot.enhancement is not None
        }
        self._archetype = self._catalog.archetype(self._build.archetype)

    def content(self, tab: PickerTab, category: str, search: str) -> PickerContent:
        held = self._build.entries[self._entry]
        name = power_name(held.power, self._catalog)
        place = f"slot {self._slot + 1} of {len(held.slots)}"
        shown = PickerContent(
            f"{name}, {place}", f"Enhance {name}, {place}", tab, category, (), (), ()
        )
        if self._power is None:
            return replace(shown, note="The game data do not know this power.")
        if search:
            return self._with_search(shown, search)
        if tab == PickerTab.SET:
            return self._with_sets(shown, self._power)
        if tab == PickerTab.NONE:
            return replace(shown, note="One click empties the slot.")
        return self._with_singles(shown, self._power)

    def _with_singles(self, shown: PickerContent, power: Power) -> PickerContent:
        kind = _KIND_OF_TAB[shown.tab]
        fitting = [
            item
            for item in self._catalog.enhancements()
            if item.kind == kind and accepts(power, item, self._catalog)
        ]
        if shown.tab == PickerTab.REGULAR:
            categories = tuple(PickerCategory(key, name, len(fitting)) for key, name, _ in _GRADES)
        elif shown.tab == PickerTab.SPECIAL:
            categories = self._families(fitting)
        else:
            categories = (PickerCategory("invention", "Inventions", len(fitting)),)
        category = _known(shown.category, categories)
        if shown.tab == PickerTab.SPECIAL:
            fitting = [item for item in fitting if str(item.special_kind) == category]
        grade = next((grade for key, _, grade in _GRADES if key == category), self._choice.grade)
        return replace(
            shown,
            category=category,
            categories=categories,
            pieces=tuple(self._piece(item, grade) for item in fitting),
            note="" if fitting else "This power takes none of these.",
        )

    def _families(self, fitting: list[Enhancement]) -> tuple[PickerCategory, ...]:
        names = self._catalog.special_kinds()
        counts: dict[int, int] = {}
        for item in fitting:
            counts[item.special_kind] = counts.get(item.special_kind, 0) + 1
        return tuple(
            PickerCategory(str(number), names[number].name, count)
            for number, count in sorted(counts.items())
            if 0 <= number < len(names)
        )

    def _with_sets(self, shown: PickerContent, power: Power) -> PickerContent:
        kinds = self._catalog.set_types()
        counts = {number: 0 for number in power.set_types if number < len(kinds)}
        for item in self._catalog.enhancement_sets():
            if item.set_type in counts:
                counts[item.set_type] += 1
        categories = tuple(
            PickerCategory(str(number), kinds[number].name, count)
            for number, count in counts.items()
            if count
        )
        category = _known(shown.category or self._category_in_use(), categories)
        sets = [item for item in self._catalog.enhancement_sets() if str(item.set_type) == category]
        sets.sort(key=lambda item: (item.level_min, item.display_name))
        return replace(
            shown,
            category=category,
            categories=categories,
            sets=tuple(self._set(item) for item in sets),
            note="" if categories else "This power takes no sets.",
        )

    def _category_in_use(self) -> str:
        for name in self._slotted:
            piece = self._catalog.enhancement(name)
            owner = self._catalog.enhancement_set(piece.set_id) if piece and piece.set_id else None
            if owner is not None:
                return str(owner.set_type)
        return ""

    def _set(self, item: EnhancementSet) -> SetView:
        pieces = tuple(
            self._piece(known, self._choice.grade)
            for name in item.pieces
            if (known := self._catalog.enhancement(name)) is not None
        )
        slotted = len(self._slotted.intersection(item.pieces))
        low, high = item.level_min, item.level_max
        return SetView(
            id=item.id,
            name=item.display_name.strip(),
            slot=replace(pieces[0].slot, name=item.display_name.strip(), level=""),
            level_range=str(low) if low == high else f"{low}–{high}",
            slotted=slotted,
            pieces=pieces,
            bonus_lines=bonus_lines(item, slotted, self._catalog, self._archetype),
        )

    def _piece(self, item: Enhancement, grade: Grade, group: str = "") -> PieceView:
        choice = self._choice
        piece = commands.make_piece(self._document, item.id, choice.level, choice.relative, grade)
        refused = piece_refusal(self._build, self._entry, self._slot, item, self._catalog)
        return PieceView(
            enhancement=item.id,
            name=full_name(item, self._catalog),
            detail=self._detail(item),
            slot=piece_slot(piece, self._catalog),
            refused=refused,
            group=REFUSED if refused and group else group,
        )

    def _detail(self, item: Enhancement) -> str:
        parts = []
        owner = self._catalog.enhancement_set(item.set_id) if item.set_id else None
        if owner is not None:
            kinds = self._catalog.set_types()
            if owner.set_type < len(kinds):
                parts.append(kinds[owner.set_type].name)
            parts.append(f"level {owner.level_min}–{owner.level_max}")
        if item.unique:
            parts.append("unique")
        if item.is_proc:
            parts.append("proc")
        return " · ".join(parts)

    def _with_search(self, shown: PickerContent, search: str) -> PickerContent:
        rows: dict[str, list[PieceView]] = {name: [] for name in _GROUPS}
        for item, group in self._found(search):
            view = self._piece(item, self._choice.grade, group)
            rows[view.group].append(view)
        pieces = [view for name in _GROUPS for view in rows[name]][:_MOST_FOUND]
        note = "" if pieces else f"No piece fits “{search}”."
        return replace(shown, pieces=tuple(pieces), note=note)

    def _found(self, search: str) -> Iterator[tuple[Enhancement, str]]:
        assert self._power is not None
        in_use = {
            piece.set_id
            for name in self._slotted
            if (piece := self._catalog.enhancement(name)) is not None and piece.set_id
        }
        found = [
            item
            for item_id in _matching(_ByKey(self._catalog, self._archetype), search)
            if (item := self._catalog.enhancement(item_id)) is not None
        ]
        fitting = [item for item in found if accepts(self._power, item, self._catalog)]
        # Where nothing fits, what was looked for is shown with the reason.
        for item in fitting or found:
            group = OTHERS
            if item.set_id:
                group = COMPLETES if item.set_id in in_use else STARTS
            yield item, group


def bonus_lines(
    item: EnhancementSet, slotted: int, catalog: Catalog, archetype: Archetype | None
) -> tuple[tuple[int, str, bool], ...]:
    """Bonuses of a set as (pieces needed, text, active)."""
    return tuple(
        (needed, text, slotted >= needed)
        for needed, text in _bonus_texts(_ByKey(catalog, archetype), item.id)
    )


def _known(category: str, categories: tuple[PickerCategory, ...]) -> str:
    keys = [item.key for item in categories]
    if category in keys:
        return category
    return keys[0] if keys else ""


class _ByKey:
    """Catalog and archetype as a key of a cache: equal when the content is."""

    def __init__(self, catalog: Catalog, archetype: Archetype | None) -> None:
        self.catalog = catalog
        self.archetype = archetype
        self._key = (catalog.key, archetype.id if archetype else "")

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByKey) and other._key == self._key


@lru_cache(maxsize=1024)
def _bonus_texts(key: _ByKey, set_id: str) -> tuple[tuple[int, str], ...]:
    item = key.catalog.enhancement_set(set_id)
    lines = []
    for bonus in item.bonuses if item else ():
        texts = []
        for name in bonus.powers:
            power = key.catalog.power(name)
            if power is not None:
                texts.append(describe_power(power, key.catalog, key.archetype))
        text = ", ".join(part for part in texts if part)
        if text:
            lines.append((bonus.slotted, text))
    return tuple(lines)


def _matching(key: _ByKey, search: str) -> list[str]:
    """Ids of what holds the text; where nothing does, of what holds all its words."""
    texts = _search_texts(key)
    found = [item for item, text in texts if search in text]
    words = search.split()
    return found or [item for item, text in texts if all(word in text for word in words)]


@lru_cache(maxsize=4)
def _search_texts(key: _ByKey) -> tuple[tuple[str, str], ...]:
    """(id, everything a search may match, in lower case) of every enhancement."""
    catalog = key.catalog
    by_set: dict[str, str] = {}
    for item in catalog.enhancement_sets():
        words = item.display_name.replace("-", " ").split()
        initials = "".join(word[0] for word in words)
        lines = " ".join(text for _, text in _bonus_texts(key, item.id))
        letters = set_letters(catalog, item.id)
        by_set[item.id.lower()] = f"{item.display_name} {initials} {letters} {lines}"
    return tuple(
        (item.id, f"{item.name} {item.short_name} {by_set.get(item.set_id.lower(), '')}".lower())
        for item in catalog.enhancements()
    )
