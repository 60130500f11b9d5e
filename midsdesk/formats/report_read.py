"""Reading report texts: the reconstruction of a build from names of powers and pieces.

Picks, slot levels and pieces come back; grades, relative levels, lights and the second build were
never in the text. Source: build files, sections 8 and 12.
"""

import re
from dataclasses import replace
from typing import Final

from midsdesk.errors import BuildFormatError
from midsdesk.formats.forms import Reading, Source
from midsdesk.formats.issues import Choice, Part, Severity
from midsdesk.formats.members import MAX_TEXT, Notes, clean
from midsdesk.formats.report_lines import MOST_POWERS, SIDES, PowerLine, Report, take_apart
from midsdesk.formats.report_markup import plain_text
from midsdesk.formats.report_names import PowerNames, SetNames, folded, power_names
from midsdesk.formats.report_place import TOP_LEVEL, Placer
from midsdesk.formats.report_slots import SlotTexts, codes_in, looks_like_codes
from midsdesk.formats.shown import power_shown
from midsdesk.model.build import (
    ANCILLARY,
    PLACES,
    POOL_PLACES,
    PRIMARY,
    SECONDARY,
    Build,
    DataSetName,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Powerset
from midsdesk.model.ids import PowersetId
from midsdesk.model.vocab import Activation, Alignment, ClassKind, PowersetKind

_EMPTY: Final = "[empty]"
_PASSED_OVER: Final = ("fitness",)
_GAP: Final = re.compile(r"\t+|\s*--\s+|\s{2,}")
_TABS: Final = re.compile(r"\t+")
_MOST_ODD: Final = 20


def read(source: Source, catalog: Catalog) -> Reading:
    """Read a report, with or without mark-up, short or long.

    Raises:
        BuildFormatError: It does not say level, origin and archetype, the archetype is unknown,
            or it lists no power.
    """
    report = take_apart(plain_text(source.text))
    notes = Notes()
    archetype = _archetype(report, catalog)
    if not report.powers or len(report.powers) > MOST_POWERS:
        raise BuildFormatError("The report lists no powers, or far too many. Copy the whole post.")
    reader = _Reader(catalog, notes, archetype)
    build = reader.build(report)
    for number, line in report.heads:
        notes.take(number, line, line.partition(":")[2].strip() or line)
    for number, line in report.odd[:_MOST_ODD]:
        notes.line = number
        outcome = "was not understood; it is passed over."
        notes.add(f"Line {number}", line, outcome, Severity.LOST)
    notes.line = 0
    notes.add(
        "Build",
        "",
        "This is a reconstruction from a report: grades, relative levels, boosters and lights "
        "were not in the text.",
    )
    understood = tuple(notes.understood)
    return Reading(build, source.form, tuple(notes.issues), tuple(notes.choices), understood)


def _archetype(report: Report, catalog: Catalog) -> Archetype:
    if not report.archetype:
        raise BuildFormatError(
            "The report has no line with level, origin and archetype. Copy the whole post."
        )
    wanted = folded(report.archetype)
    for each in catalog.archetypes():
        if each.playable and folded(each.display_name) == wanted:
            return each
    raise BuildFormatError(
        f"The game data in use have no archetype “{report.archetype[:60]}”. "
        "Open the build with the game data it was made for."
    )


class _Reader:
    """Makes a build of the parts of a report."""

    def __init__(self, catalog: Catalog, notes: Notes, archetype: Archetype) -> None:
        self._catalog = catalog
        self._notes = notes
        self._archetype = archetype
        self._placer = Placer(catalog, notes)
        self._slots = SlotTexts(catalog, notes)

    def build(self, report: Report) -> Build:
        powersets = self._powersets(report)
        chosen = [each for each in powersets if each is not None]
        names = power_names(self._catalog, self._archetype, chosen)
        behind = False
        for line in report.powers:
            behind = self._power(line, names, behind=behind)
        return Build(
            archetype=self._archetype.id,
            origin=self._origin(report.origin),
            alignment=self._side(report.side),
            name=self._name(report.name),
            powersets=tuple(each.id if each else PowersetId("") for each in powersets),
            entries=self._placer.entries(),
            pick_count=len(self._catalog.ruleset.pick_levels),
            made_with=DataSetName(self._catalog.name, self._catalog.version),
        )

    def _name(self, name: str) -> str:
        shown = clean(name[:MAX_TEXT], lines=False)
        if shown != name:
            self._notes.add("Name", name, "held control characters; they were removed.")
        return shown

    def _origin(self, origin: str) -> str:
        origins = self._archetype.origins
        for each in origins:
            if each.lower() == origin.lower():
                return each
        if not origins:
            return origin
        self._notes.add("Origin", origin, f"is unknown; {origins[0]} is taken.")
        return origins[0]

    def _side(self, side: str) -> Alignment:
        if side in SIDES:
            return Alignment[side.upper()]
        heroic = self._archetype.kind in (ClassKind.HERO, ClassKind.HERO_EPIC)
        return Alignment.HERO if heroic else Alignment.VILLAIN

    def _powersets(self, report: Report) -> list[Powerset | None]:
        places: list[Powerset | None] = [None] * PLACES
        names = SetNames(self._catalog, self._archetype)
        pools = list(POOL_PLACES)
        for label, name in report.sets:
            place, kind, group = self._place_of(label, pools)
            if folded(name) in _PASSED_OVER or not name:
                continue
            if place is None:
                self._notes.add(
                    "Power pools", name, "is one too many; it is left out.", Severity.LOST
                )
                continue
            if kind == PowersetKind.POOL:
                pools.remove(place)
            places[place] = names.find(name, kind, group)
            if places[place] is None:
                self._unknown_set(names, place, name, kind, group)
        return places

    def _place_of(self, label: str, pools: list[int]) -> tuple[int | None, PowersetKind, str]:
        if label.startswith("primary"):
            return PRIMARY, PowersetKind.PRIMARY, self._archetype.primary_group
        if label.startswith("secondary"):
            return SECONDARY, PowersetKind.SECONDARY, self._archetype.secondary_group
        if label.startswith("power"):
            return pools[0] if pools else None, PowersetKind.POOL, ""
        return ANCILLARY, PowersetKind.ANCILLARY, ""

    def _unknown_set(
        self, names: SetNames, place: int, name: str, kind: PowersetKind, group: str
    ) -> None:
        where = f"Powerset {place + 1}"
        outcome = "is unknown to the game data; the place stays empty."
        self._notes.add(where, name, outcome, Severity.LOST)
        candidates = names.candidates(name, kind, group)
        if candidates:
            choice = Choice(where, name, outcome, candidates, Part.POWERSET, place)
            self._notes.choices.append(choice)

    def _power(self, line: PowerLine, names: PowerNames, *, behind: bool) -> bool:
        """Place one line; return whether the picks are over."""
        level = min(max(1, line.level), TOP_LEVEL)
        name, codes = _split(line.rest, names)
        self._notes.line = line.number
        original = f"Level {line.level}: {line.rest}"
        if folded(name) == _EMPTY:
            self._placer.hold(level)
            self._notes.take(line.number, original, "an empty pick")
            return behind
        shown = clean(name[:120], lines=False) or f"Level {level}"
        if level != line.level:
            self._notes.add(shown, str(line.level), f"is no level; {level} is taken.")
        texts = codes_in(codes) or line.below
        at = [line.number] * len(texts) if codes else line.at
        power = names.find(name)
        self._slots.power = power
        slots, doubts = self._slots.slots(texts, level, shown, at, long=not codes)
        self._notes.line = line.number
        if power is None:
            taken = [entry.power for entry in self._placer.entries()]
            candidates = names.candidates(name, taken)
            self._placer.unknown(shown, level, slots, candidates, pick=not behind)
            return behind
        lit = power.activation == Activation.AUTO or power.always_toggle
        index = self._placer.add(power, level, slots, lit)
        if index is None:
            return behind
        self._notes.take(line.number, original, power_shown(power.display_name, slots))
        self._notes.choices += [
            replace(choice, index=index) for choice in doubts if choice.slot < len(slots)
        ]
        return behind or index >= len(self._catalog.ruleset.pick_levels)


def _split(rest: str, names: PowerNames) -> tuple[str, str]:
    """The name of a power, and the codes behind it, "" if there are none on its line."""
    rest = rest.strip()
    if folded(rest).startswith(_EMPTY):
        return _EMPTY, ""
    tab = "\t" in rest
    # A name may hold two spaces itself; a tab ends it for certain.
    found = (_TABS if tab else _GAP).search(rest)
    name = "" if tab else names.beginning(rest)
    if found is not None and found.start() > len(name):
        name = rest[: found.start()]
    if not name:
        name = rest
    codes = rest[len(name) :].strip()
    codes = codes[2:].strip() if codes.startswith("-- ") else codes
    if codes and not looks_like_codes(codes):
        return rest, ""
    return name, codes
