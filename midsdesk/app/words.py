"""Head of the window and word lists: who the character is, which powers there are to take."""

from functools import partial

from midsdesk.app.document import Document
from midsdesk.app.views import Choice, Identity, Word, WordList, WordState
from midsdesk.edit.character import lock_reason, powersets_for
from midsdesk.model.build import ANCILLARY, POOL_PLACES, PRIMARY, SECONDARY, Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power, Powerset
from midsdesk.model.ids import PowerId
from midsdesk.model.vocab import Alignment
from midsdesk.rules.check import Violation
from midsdesk.rules.requirements import class_refusal, powersets_clash, unmet

# Before anything is asked for, the lists answer for the last pick.
_TOP_LEVEL = 49
_PLACES = (PRIMARY, SECONDARY, *POOL_PLACES, ANCILLARY)
_TITLES = {PRIMARY: "Primary", SECONDARY: "Secondary", ANCILLARY: "Ancillary"}
_VILLAINOUS = frozenset({Alignment.VILLAIN, Alignment.ROGUE, Alignment.LOYALIST})


def identity(document: Document) -> Identity:
    """Who the character is, with the choices of each selector."""
    return document.memo.value("identity", (document.build,), partial(_identity, document))


def word_lists(document: Document) -> tuple[WordList, ...]:
    """The seven powerset places with their words and states."""
    key = (document.build, document.requested_level)
    return document.memo.value("words", key, partial(_word_lists, document))


def _identity(document: Document) -> Identity:
    build, catalog = document.build, document.catalog
    archetype = catalog.archetype(build.archetype)
    names = archetype.origins if archetype else ()
    return Identity(
        name=build.name,
        level=build.level,
        archetype=build.archetype,
        archetype_name=archetype.display_name if archetype else build.archetype,
        archetypes=tuple(
            Choice(item.id, item.display_name) for item in catalog.archetypes() if item.playable
        ),
        archetype_locked=any(not entry.is_empty for entry in build.picks),
        origin=build.origin,
        origins=tuple(Choice(name, name) for name in names),
        alignment=build.alignment.name.capitalize(),
        alignments=tuple(
            Choice(side.name.capitalize(), side.name.capitalize()) for side in Alignment
        ),
        villain=build.alignment in _VILLAINOUS,
    )


def _word_lists(document: Document) -> tuple[WordList, ...]:
    build = document.build
    illegal: dict[int, Violation] = {}
    for violation in document.violations:
        if violation.entry is not None and violation.slot is None:
            illegal.setdefault(violation.entry, violation)
    placed = {entry.power: index for index, entry in enumerate(build.entries) if entry.power}
    return tuple(_word_list(document, place, illegal, placed) for place in _PLACES)


def _word_list(
    document: Document, place: int, illegal: dict[int, Violation], placed: dict[PowerId, int]
) -> WordList:
    build, catalog = document.build, document.catalog
    powerset = catalog.powerset(build.powersets[place]) if build.powersets[place] else None
    reason = lock_reason(build, catalog, place)
    words: list[Word] = []
    if powerset is not None:
        trunk = catalog.powerset(powerset.trunk) if powerset.trunk else None
        clash = _clash(build, catalog, place, powerset)
        for part in (trunk, powerset):
            if part is None:
                continue
            if trunk is not None or clash:
                words.append(Word(PowerId(""), part.display_name, 0, WordState.HEADING, clash))
            words += [
                _word(document, power, illegal, placed)
                for power in catalog.powers(part.id)
                if power.level > 0 and not class_refusal(power, build.archetype)
            ]
    return WordList(
        place=place,
        title=_TITLES.get(place, f"Pool {place - POOL_PLACES[0] + 1}"),
        powerset=powerset.id if powerset else build.powersets[place],
        choices=_choices(build, catalog, place),
        locked=bool(reason),
        lock_reason=reason,
        words=tuple(words),
    )


def _choices(build: Build, catalog: Catalog, place: int) -> tuple[Choice, ...]:
    choices = []
    for item in powersets_for(catalog, build.archetype, place):
        clash = _clash(build, catalog, place, item)
        choices.append(Choice(item.id, item.display_name, not clash, clash))
    return tuple(choices)


def _clash(build: Build, catalog: Catalog, place: int, powerset: Powerset) -> str:
    """Why a powerset cannot stand beside the primary or secondary; "" if it can."""
    for other_place in (PRIMARY, SECONDARY):
        name = build.powersets[other_place]
        other = catalog.powerset(name) if name and other_place != place else None
        if place in (PRIMARY, SECONDARY, ANCILLARY) and powersets_clash(powerset, other):
            shown = other.display_name if other else name
            return f"{powerset.display_name} and {shown} exclude each other."
    return ""


def _word(
    document: Document, power: Power, illegal: dict[int, Violation], placed: dict[PowerId, int]
) -> Word:
    build, requested = document.build, document.requested_level
    reference = requested or _TOP_LEVEL
    index = placed.get(power.id)
    if index is None:
        reason = unmet(power, build, reference, document.catalog)
        if not reason and not any(entry.is_empty for entry in build.picks):
            reason = f"all {build.pick_count} picks are taken"
        state = WordState.UNAVAILABLE if reason else WordState.AVAILABLE
        return Word(power.id, power.display_name, power.level, state, reason)
    if index in illegal:
        return Word(
            power.id, power.display_name, power.level, WordState.ILLEGAL, illegal[index].reason
        )
    late = bool(requested) and requested < power.level
    state = WordState.TAKEN_LATE if late else WordState.TAKEN
    return Word(power.id, power.display_name, power.level, state)
