"""The slots of a power in a report: by short codes, or by long names, one a line.

Source: build files, sections 8 and 12.
"""

import re
from typing import Final

from midsdesk.formats.game_text_pieces import top_level
from midsdesk.formats.issues import Candidate, Choice, Part, Severity
from midsdesk.formats.members import Notes
from midsdesk.formats.report_alike import pieces_like
from midsdesk.formats.short_names import Code, short_names
from midsdesk.formats.shown import piece_shown
from midsdesk.formats.uids import find_by_long_name
from midsdesk.model.build import MAX_SLOTS_IN_POWER, Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement, Power
from midsdesk.model.ids import EnhancementId
from midsdesk.model.vocab import EnhancementKind, Grade
from midsdesk.rules.slotting import accepts

_CODE_END: Final = re.compile(r"\((A|\d{1,6})\)\s*(?:,|$)")
_LONGEST_CODE: Final = 200
_LONG_LEVEL: Final = re.compile(r"^(.*?)\s*(?:: Level (\d{1,6}))?\s*$")
_EMPTY: Final = "empty"
_TOP: Final = 50
_SINGLE_KINDS: Final = (EnhancementKind.NORMAL, EnhancementKind.SPECIAL)


def codes_in(text: str) -> list[tuple[str, str]]:
    """The slots that a text of codes lists: level and code of each."""
    codes = []
    start = 0
    for found in _CODE_END.finditer(text):
        code = text[start : found.start()].strip()
        start = found.end()
        if 0 < len(code) <= _LONGEST_CODE:
            codes.append((found.group(1), code))
    return codes


def looks_like_codes(text: str) -> bool:
    """Whether a text ends like a list of codes does."""
    return _CODE_END.search(text) is not None and text.rstrip().endswith(")")


class SlotTexts:
    """Turns the slots of one report into slots of a build.

    Attributes:
        power: Whose slots are read, None for one nobody knows: of several pieces a code may mean,
            those are meant that it takes.
    """

    def __init__(self, catalog: Catalog, notes: Notes) -> None:
        self.power: Power | None = None
        self._catalog = catalog
        self._notes = notes
        self._names = short_names(catalog)

    def slots(
        self,
        texts: list[tuple[str, str]],
        level: int,
        place: str,
        lines: list[int],
        *,
        long: bool,
    ) -> tuple[list[Slot], list[Choice]]:
        """The slots of a power, and what of them a person should decide.

        Args:
            texts: Level ("A" for the power's own) and piece of each.
            lines: Number of the line each stands in.
            long: The pieces go by their long names, one a line.
        """
        slots: list[Slot] = []
        doubts: list[Choice] = []
        for number, ((at, text), line) in enumerate(zip(texts, lines, strict=True)):
            self._notes.line = line
            where = f"{place}, slot {number + 1}"
            bought = level if at == "A" else min(max(1, int(at)), _TOP)
            if at != "A" and bought != int(at):
                self._notes.add(where, at, f"is no level; {bought} is taken.")
            piece = None
            if number < MAX_SLOTS_IN_POWER and text.strip().lower() != _EMPTY:
                piece, doubt = self._piece(text.strip(), where, number, long=long)
                doubts += doubt
            slots.append(Slot(bought, piece))
            if long and piece is not None:
                self._notes.take(line, f"({at}) {text}", piece_shown(self._catalog, piece))
            elif long and text.strip().lower() == _EMPTY:
                self._notes.take(line, f"({at}) {text}", "an empty slot")
        return slots, doubts

    def _piece(
        self, text: str, where: str, number: int, *, long: bool
    ) -> tuple[SlottedEnhancement | None, list[Choice]]:
        code = self._by_long_name(text) if long else self._names.read(text)
        if not code.pieces and not long:
            named = self._by_long_name(text)
            code = named if named.pieces else code
        if not code.pieces:
            return None, self._unknown(text, where, number, code.level)
        pieces = self._fitting(code.pieces)
        piece = self._slotted(pieces[0], code.level, where)
        if len(pieces) == 1:
            return piece, []
        return piece, [self._doubt(text, where, number, pieces, piece)]

    def _fitting(self, pieces: tuple[Enhancement, ...]) -> tuple[Enhancement, ...]:
        """Those that the power takes; all of them where it takes none, or nobody knows it."""
        power = self.power
        if power is None or len(pieces) == 1:
            return pieces
        return tuple(each for each in pieces if accepts(power, each, self._catalog)) or pieces

    def _by_long_name(self, text: str) -> Code:
        found = _LONG_LEVEL.match(text)
        name, level = (found.group(1), found.group(2)) if found else (text, None)
        known = None
        for each in _long_forms(name):
            known = known or find_by_long_name(self._catalog, each)
        return Code((known,) if known else (), int(level) if level else None)

    def _slotted(self, piece: Enhancement, level: int | None, where: str) -> SlottedEnhancement:
        if piece.kind in _SINGLE_KINDS:
            return SlottedEnhancement(piece.id, _TOP, Grade.SINGLE)
        top = top_level(piece)
        taken = top if level is None else min(max(1, level), _TOP)
        if level is not None and taken != level:
            self._notes.add(where, str(level), f"is no level of a piece; {taken} is taken.")
        return SlottedEnhancement(piece.id, taken)

    def _unknown(self, text: str, where: str, number: int, level: int | None) -> list[Choice]:
        outcome = "is unknown to the game data; the slot stays empty."
        self._notes.add(where, text, outcome, Severity.LOST)
        candidates = self._like(text)
        if not candidates:
            return []
        piece = SlottedEnhancement(EnhancementId(""), min(max(1, level or _TOP), _TOP))
        at = self._notes.line
        return [
            Choice(where, text, outcome, candidates, Part.PIECE, 0, number, piece=piece, line=at)
        ]

    def _like(self, text: str) -> tuple[Candidate, ...]:
        """Pieces of the set that the code names, else those of a like id."""
        head = text.partition("-")[0].strip()
        owner = next(
            (
                each
                for each in self._catalog.enhancement_sets()
                if head and each.short_name.lower() == head.lower()
            ),
            None,
        )
        if owner is None:
            return pieces_like(self._catalog, text)
        pieces = [self._catalog.enhancement(each) for each in owner.pieces]
        return tuple(
            Candidate(piece.id, f"{owner.display_name}: {piece.name}", "it is of the set named")
            for piece in pieces
            if piece is not None
        )

    def _doubt(
        self,
        text: str,
        where: str,
        number: int,
        pieces: tuple[Enhancement, ...],
        piece: SlottedEnhancement,
    ) -> Choice:
        names = []
        for each in pieces:
            owner = self._catalog.enhancement_set(each.set_id) if each.set_id else None
            shown = f"{owner.display_name}: {each.name}" if owner else each.name
            names.append(Candidate(each.id, shown, "the code means several pieces"))
        outcome = f"means several pieces; {names[0].name} was taken."
        self._notes.add(where, text, outcome)
        at = self._notes.line
        return Choice(
            where, text, outcome, tuple(names), Part.PIECE, 0, number, piece=piece, line=at
        )


def _long_forms(name: str) -> list[str]:
    """How a long name of a report may be looked up: "Set - Aspects" or "Accuracy IO"."""
    forms = []
    if name.endswith(" IO"):
        forms.append(f"Invention: {name[:-3]}")
    head, dash, aspects = name.partition(" - ")
    if dash:
        forms.append(f"{head}: {aspects}")
    while dash:
        # A set's name may hold the dash itself.
        more, dash, rest = aspects.partition(" - ")
        head, aspects = f"{head} - {more}", rest
        if dash:
            forms.append(f"{head}: {aspects}")
    return [*forms, name]
