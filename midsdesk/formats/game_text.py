"""Reading the text that the game writes for `/build_save_file`.

It lists picks and pieces, but neither slot levels nor powersets: those are dealt and derived.
Source: build files, section 11.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from midsdesk.errors import BuildFormatError
from midsdesk.formats.aliases import power_candidates
from midsdesk.formats.forms import Reading, Source
from midsdesk.formats.game_text_names import exchange_partner, exchanged, resolve
from midsdesk.formats.game_text_pieces import read_piece
from midsdesk.formats.game_text_write import UNNAMED
from midsdesk.formats.issues import Candidate, Choice, Part, Severity
from midsdesk.formats.members import MAX_TEXT, Notes, clean
from midsdesk.formats.report_alike import pieces_like
from midsdesk.formats.report_place import (
    TOP_LEVEL,
    Placer,
    deal_levels,
    is_pick,
    stands_in_picked_set,
)
from midsdesk.formats.report_sets import derived_powersets
from midsdesk.formats.shown import piece_shown, power_shown
from midsdesk.model.build import (
    MAX_SLOTS_IN_POWER,
    Build,
    DataSetName,
    PowerEntry,
    Slot,
    SlottedEnhancement,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Archetype, Power
from midsdesk.model.ids import EnhancementId
from midsdesk.model.vocab import Activation, Alignment, ClassKind

_HEAD: Final = re.compile(r"^(.*): Level (\d{1,6}) (\S+) (Class_\w+)\s*$")
_PROFILE: Final = "character profile:"
_BADGES: Final = "badges earned:"
_RULE: Final = re.compile(r"^-{6,}$")
_POWER: Final = re.compile(r"^Level (\d{1,6}): (\S+) (\S+) (\S+)\s*$")
_PIECE: Final = re.compile(r"^\s+(\S{1,200})(?: \((\d{1,6})(?:\+(\d{1,6}))?\))?\s*$")
_MOST_POWERS, _MOST_ODD, _MOST_LOOKED_UP = 512, 200, 12
_TAIL_GROUPS: Final = ("inherent", "incarnate", "temporary_powers", "prestige")
_REDIRECTS: Final = "redirects"


@dataclass(slots=True)
class _Line:
    """A power line with the slot lines below it, each with its number in the text."""

    number: int
    text: str
    level: int
    group: str
    powerset: str
    name: str
    slots: list[tuple[int, str]] = field(default_factory=list)

    @property
    def full(self) -> str:
        return f"{self.group}.{self.powerset}.{self.name}"


def read(source: Source, catalog: Catalog) -> Reading:
    """Read the text.

    Raises:
        BuildFormatError: The first line has no level, origin and class, the archetype is unknown,
            or there are far too many lines.
    """
    notes = Notes()
    # Line numbers are those of the file, empty lines above included.
    lines = source.text.rstrip().splitlines()
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    notes.line = first + 1
    build = _read_head(lines[first].strip() if lines else "", catalog, notes)
    powers = _powers(lines[first + 1 :], first + 2, notes)
    reader = _Reader(catalog, notes, build)
    entries = reader.entries(powers)
    archetype = catalog.archetype(build.archetype)
    powersets = derived_powersets(catalog, archetype, entries) if archetype else build.powersets
    notes.line = 0
    build = replace(build, powersets=powersets, entries=deal_levels(entries, catalog, notes))
    notes.add(
        "Slots",
        "",
        "The game's text does not tell at which levels slots were bought; they were dealt anew.",
        Severity.INFO,
    )
    understood = tuple(notes.understood)
    return Reading(build, source.form, tuple(notes.issues), tuple(notes.choices), understood)


def _read_head(line: str, catalog: Catalog, notes: Notes) -> Build:
    found = _HEAD.match(line)
    if found is None:
        raise BuildFormatError(
            "The first line does not name level, origin and class, as a text of the game does: "
            f"“{clean(line[:60], lines=False)}”. Copy the whole text."
        )
    name, level, origin, class_name = found.groups()
    archetype = catalog.archetype(class_name)
    if archetype is None:
        raise BuildFormatError(
            f"The game data in use have no archetype “{class_name[:60]}”. "
            "Open the build with the game data it was made for."
        )
    if not 1 <= int(level) <= TOP_LEVEL:
        notes.add("Level", level, "is no level of a character; the powers' levels count.")
    if archetype.origins and origin not in archetype.origins:
        notes.add("Origin", origin, f"is unknown; {archetype.origins[0]} is taken.")
        origin = archetype.origins[0]
    if len(name) > MAX_TEXT:
        raise BuildFormatError("The name is far too long; the text is damaged.")
    shown = clean(name, lines=False)
    if shown != name:
        notes.add("Name", name, "held control characters; they were removed.")
    who = f"{shown}: level {level} {origin} {archetype.display_name}"
    notes.take(notes.line, line, who)
    return Build(
        archetype=archetype.id,
        origin=origin,
        alignment=_side(archetype),
        name="" if shown == UNNAMED else shown,
        pick_count=len(catalog.ruleset.pick_levels),
        made_with=DataSetName(catalog.name, catalog.version),
    )


def _side(archetype: Archetype) -> Alignment:
    heroic = archetype.kind in (ClassKind.HERO, ClassKind.HERO_EPIC)
    return Alignment.HERO if heroic else Alignment.VILLAIN


def _powers(lines: list[str], start: int, notes: Notes) -> list[_Line]:
    powers: list[_Line] = []
    rules = odd = 0
    for number, line in enumerate(lines, start):
        text = line.strip()
        notes.line = number
        if text.lower() == _BADGES:
            notes.take(number, text, "badges and what follows; not part of a build")
            break
        found = _POWER.match(line.rstrip())
        if found is not None:
            level, group, powerset, name = found.groups()
            powers.append(_Line(number, text, int(level), group, powerset, name))
        elif powers and line[:1].isspace() and _PIECE.match(line):
            powers[-1].slots.append((number, line))
        elif _RULE.match(text):
            rules += 1
        elif text and text.lower() != _PROFILE:
            odd += 1
            if odd <= _MOST_ODD:
                outcome = "was not understood; it is passed over."
                notes.add(f"Line {number}", line, outcome, Severity.LOST)
        if len(powers) > _MOST_POWERS:
            raise BuildFormatError("The text is damaged or no build: it lists too many powers.")
    notes.line = 0
    if rules < 2 or not powers:
        notes.add("Text", "", "A rule or the end is missing; the text may be cut short.")
    return powers


class _Reader:
    """Turns the lines into entries."""

    def __init__(self, catalog: Catalog, notes: Notes, build: Build) -> None:
        self._catalog = catalog
        self._notes = notes
        self._placer = Placer(catalog, notes)
        archetype = catalog.archetype(build.archetype)
        if archetype is None:
            raise BuildFormatError("The game data in use lack the archetype of the build.")
        self._archetype = archetype
        self._sets: dict[str, None] = {}
        self._looked_up = 0

    def entries(self, powers: list[_Line]) -> tuple[PowerEntry, ...]:
        known: list[tuple[_Line, Power | None]] = []
        for line in powers:
            if line.level == 0 or line.group.lower() == _REDIRECTS:
                self._pass_over(line)
                continue
            power = resolve(self._catalog, line.group, line.powerset, line.name)
            if power is not None and self._is_granted(power):
                self._pass_over(line)
                continue
            self._sets.setdefault(power.powerset if power else f"{line.group}.{line.powerset}")
            known.append((line, power))
        known = self._as_exchanged(known)
        # The text lists powersets one after the other; picks go by their levels.
        for line, power in sorted(known, key=lambda each: each[0].level):
            self._place(line, power)
        return self._placer.entries()

    def _pass_over(self, line: _Line) -> None:
        self._notes.take(line.number, line.text, "comes with another power; needs no place")

    def _is_granted(self, power: Power) -> bool:
        """Something of a powerset that nobody can pick: it comes with another power."""
        return stands_in_picked_set(self._catalog, power) and not is_pick(self._catalog, power)

    def _as_exchanged(
        self, known: list[tuple[_Line, Power | None]]
    ) -> list[tuple[_Line, Power | None]]:
        proven = {
            partner.id: power.id
            for line, power in known
            if power is not None
            and (partner := exchanged(self._catalog, power, line.level)) is not None
        }
        if not proven:
            return known
        affected = {*proven, *proven.values()}
        self._notes.add(
            "Powers", ", ".join(sorted(affected)), "stand for one another in the game's text."
        )
        return [
            (line, exchange_partner(self._catalog, power) if power.id in affected else power)
            if power is not None
            else (line, power)
            for line, power in known
        ]

    def _place(self, line: _Line, power: Power | None) -> None:
        self._notes.line = line.number
        level = max(1, min(line.level, TOP_LEVEL))
        if level != line.level:
            self._notes.add(line.name, str(line.level), f"is no level; {level} is taken.")
        if power is None:
            self._unknown(line, level)
            return
        place = power.display_name
        slots, doubts = self._slots(line.slots, level, place)
        self._notes.line = line.number
        index = self._placer.add(power, level, slots, _starts_lit(power))
        if index is not None:
            self._notes.take(line.number, line.text, power_shown(place, slots))
            self._notes.choices += [
                replace(choice, index=index) for choice in doubts if choice.slot < len(slots)
            ]

    def _unknown(self, line: _Line, level: int) -> None:
        slots, _ = self._slots(line.slots, level, line.name)
        self._notes.line = line.number
        self._looked_up += 1
        candidates: tuple[Candidate, ...] = ()
        if self._looked_up <= _MOST_LOOKED_UP:
            candidates = power_candidates(
                self._catalog, line.full, self._archetype, tuple(self._sets)
            )
        pick = line.group.lower() not in _TAIL_GROUPS
        self._placer.unknown(line.full, level, slots, candidates, pick=pick)

    def _slots(
        self, lines: list[tuple[int, str]], level: int, place: str
    ) -> tuple[list[Slot], list[Choice]]:
        slots: list[Slot] = []
        doubts: list[Choice] = []
        for number, (at, line) in enumerate(lines):
            self._notes.line = at
            where = f"{place}, slot {number + 1}"
            found = _PIECE.match(line)
            token = found.group(1) if found else "EMPTY"
            piece = None
            if found is not None and token.upper() != "EMPTY" and number < MAX_SLOTS_IN_POWER:
                piece, doubt = self._piece(found, where, number)
                doubts += doubt
            slots.append(Slot(level, piece))
            if piece is not None:
                self._notes.take(at, line, piece_shown(self._catalog, piece))
            elif token.upper() == "EMPTY":
                self._notes.take(at, line, "an empty slot")
        return slots, doubts

    def _piece(
        self, found: re.Match[str], where: str, number: int
    ) -> tuple[SlottedEnhancement | None, list[Choice]]:
        token, level, boosters = found.groups()
        given, boosts = int(level or TOP_LEVEL), int(boosters or 0)
        piece = read_piece(self._catalog, token, given, boosts, where, self._notes)
        if piece is not None:
            return piece, []
        outcome = "is unknown to the game data; the slot stays empty."
        self._notes.add(where, token, outcome, Severity.LOST)
        candidates = pieces_like(self._catalog, token)
        if not candidates:
            return None, []
        kept = SlottedEnhancement(EnhancementId(token), max(1, min(given, TOP_LEVEL)))
        at = self._notes.line
        return None, [
            Choice(where, token, outcome, candidates, Part.PIECE, 0, number, piece=kept, line=at)
        ]


def _starts_lit(power: Power) -> bool:
    """Whether a power counts at once: passive ones, and toggles that start lit."""
    return power.activation == Activation.AUTO or power.always_toggle
