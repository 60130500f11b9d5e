"""Slots and pieces of a .mbd, with patience.

Source: build files, sections 3.2, 3.7 and 15.
"""

import json
from typing import Any

from midsdesk.formats.aliases import piece_candidates
from midsdesk.formats.issues import Candidate, Choice, Part, Severity
from midsdesk.formats.mbd_words import GRADES, RELATIVE_LEVELS
from midsdesk.formats.members import Members, Notes
from midsdesk.formats.uids import find_by_long_name, find_by_uid
from midsdesk.model.build import MAX_SLOTS_IN_POWER, Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.model.vocab import EnhancementKind, Grade, RelativeLevel

TOP_LEVEL = 50
NO_LEVEL = 1
_TOP_PIECE_LEVEL = 52
_MOST_LOOKED_UP = 8


class SlotReader:
    """Reads the slots of entries."""

    def __init__(self, catalog: Catalog, notes: Notes) -> None:
        self._catalog = catalog
        self._notes = notes
        self._alike: dict[str, tuple[Candidate, ...]] = {}

    def read(self, members: Members, shown: str, index: int) -> tuple[Slot, ...]:
        """The slots of the entry that will stand at `index` of the build."""
        values = members.items("SlotEntries")
        if len(values) > MAX_SLOTS_IN_POWER:
            self._notes.add(
                shown,
                f"{len(values)} slots",
                f"are too many; the first {MAX_SLOTS_IN_POWER} are kept.",
                Severity.LOST,
            )
        slots: list[Slot] = []
        for number, value in enumerate(values[:MAX_SLOTS_IN_POWER]):
            place = f"{shown}, slot {number + 1}"
            if isinstance(value, dict):
                where = (index, len(slots))
                slots.append(self._slot(Members(value, place, self._notes), place, where))
            else:
                self._notes.add(place, value, "is no slot; it is left out.", Severity.LOST)
        return tuple(slots)

    def _slot(self, members: Members, place: str, where: tuple[int, int]) -> Slot:
        level = members.number("Level", NO_LEVEL, 0, TOP_LEVEL)
        inherent = members.flag("IsInherent")
        main, main_kept = self._piece(members.take("Enhancement"), place, (*where, False))
        other, other_kept = self._piece(
            members.take("FlippedEnhancement"), f"{place}, alternate", (*where, True)
        )
        extras = members.rest()
        if main_kept is not None:
            extras["Enhancement"] = main_kept
        if other_kept is not None:
            extras["FlippedEnhancement"] = other_kept
        return Slot(level, main, other, inherent, json.dumps(extras) if extras else "")

    def _piece(
        self, value: Any, place: str, where: tuple[int, int, bool]
    ) -> tuple[SlottedEnhancement | None, dict[str, Any] | None]:
        """The piece, and what to write back where the game data do not know it."""
        if value is None:
            return None, None
        if not isinstance(value, dict):
            self._notes.add(place, value, "is no piece; the slot stays empty.", Severity.LOST)
            return None, None
        members = Members(value, place, self._notes)
        uid, long_name = members.text("Uid"), members.text("Enhancement")
        if not uid and not long_name:
            if "Uid" in value and value.get("IoLevel"):
                outcome = "a piece without a name; the slot stays empty."
                self._notes.add(place, "", outcome, Severity.LOST)
            return None, None
        known = find_by_uid(self._catalog, uid) if uid else None
        if known is None and long_name:
            known = find_by_long_name(self._catalog, long_name)
        if known is None:
            self._unknown(members, uid or long_name, place, where)
            return None, value
        if uid and known.id.lower() != uid.lower():
            self._notes.add(place, uid, f"is taken for {known.id}.", Severity.INFO)
        return self._known_piece(members, known, place), None

    def _unknown(
        self, members: Members, name: str, place: str, where: tuple[int, int, bool]
    ) -> None:
        outcome = "is unknown to the game data; the slot stays empty."
        self._notes.add(place, name, outcome, Severity.LOST)
        candidates = self._candidates(name)
        if not candidates:
            return
        index, slot, alternate = where
        stored = members.number("IoLevel", NO_LEVEL, 0, _TOP_PIECE_LEVEL)
        piece = SlottedEnhancement(
            enhancement=EnhancementId(""),
            level=stored + 1,
            grade=self._word(members.text("Grade", "None"), GRADES, Grade.NONE, place),
            relative_level=self._relative(members, place),
            obtained=members.flag("Obtained"),
        )
        self._notes.choices.append(
            Choice(
                place, name, outcome, candidates, Part.PIECE, index, slot, alternate, piece=piece
            )
        )

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        if name not in self._alike and len(self._alike) < _MOST_LOOKED_UP:
            self._alike[name] = piece_candidates(self._catalog, name)
        return self._alike.get(name, ())

    def _relative(self, members: Members, place: str) -> RelativeLevel:
        word = members.text("RelativeLevel", "Even")
        found: RelativeLevel = self._word(word, RELATIVE_LEVELS, RelativeLevel.EVEN, place)
        return found

    def _known_piece(self, members: Members, known: Enhancement, place: str) -> SlottedEnhancement:
        levelled = known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET)
        stored = members.number("IoLevel", NO_LEVEL, 0, _TOP_PIECE_LEVEL)
        grade = self._word(members.text("Grade", "None"), GRADES, Grade.NONE, place)
        if known.kind == EnhancementKind.NORMAL and grade == Grade.NONE:
            grade = Grade.SINGLE
        relative = self._relative(members, place)
        obtained = members.flag("Obtained")
        extras = members.rest()
        if not levelled and stored != NO_LEVEL:
            extras["IoLevel"] = stored
        return SlottedEnhancement(
            enhancement=EnhancementId(known.id),
            level=stored + 1 if levelled else TOP_LEVEL,
            grade=grade,
            relative_level=relative,
            obtained=obtained,
            extras=json.dumps(extras) if extras else "",
        )

    def _word(self, word: str, known: dict[str, Any], default: Any, place: str) -> Any:
        if word.lower() in known:
            return known[word.lower()]
        shown = default.name.replace("_", " ").lower()
        self._notes.add(place, word, f"is an unknown word; {shown} is taken.")
        return default
