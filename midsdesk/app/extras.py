"""What can be added beside the picks: accolades, incarnate, temporary and prestige powers.

Lists of words for the window that adds them; which of them are taken, and why others cannot be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from midsdesk.app.document import Document
from midsdesk.app.views import Word, WordState
from midsdesk.edit.others import is_prestige, side_of
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.vocab import Activation, Alignment, PowersetKind
from midsdesk.rules.requirements import class_refusal

# The six slots of the game, in the order they open.
_SLOTS: Final = ("Alpha", "Judgement", "Interface", "Lore", "Destiny", "Hybrid")
_HEROES: Final = (Alignment.HERO, Alignment.VIGILANTE)
_VILLAINS: Final = (Alignment.VILLAIN, Alignment.ROGUE)
KINDS: Final = (
    ("accolades", "Accolades"),
    ("incarnate", "Incarnate"),
    ("temporary", "Temporary"),
    ("prestige", "Prestige"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One list: of an incarnate slot, or of a whole kind. `one`: taking one removes another."""

    key: str
    title: str
    one: bool
    rows: tuple[Word, ...]


def pages(document: Document, kind: str) -> tuple[Page, ...]:
    """The pages of one of `KINDS`."""
    key = (document.build, kind)
    return document.memo.value(f"extras {kind}", key, partial(_pages, document, kind))


def counts(document: Document) -> tuple[int, int, int, int]:
    """How many of each of `KINDS` the build holds."""
    found = {key: 0 for key, _ in KINDS}
    for entry in document.build.others:
        power = document.catalog.power(entry.power) if entry.power else None
        family = document.catalog.powerset(power.powerset) if power is not None else None
        if power is None or family is None:
            continue
        if is_prestige(power):
            found["prestige"] += 1
        elif family.kind == PowersetKind.ACCOLADE:
            found["accolades"] += 1
        elif family.kind == PowersetKind.INCARNATE:
            found["incarnate"] += 1
        elif family.kind == PowersetKind.TEMPORARY:
            found["temporary"] += 1
    return found["accolades"], found["incarnate"], found["temporary"], found["prestige"]


def _pages(document: Document, kind: str) -> tuple[Page, ...]:
    catalog = document.catalog
    if kind == "incarnate":
        return tuple(
            Page(slot, slot, True, tuple(_rows(document, _sorted(catalog, f"Incarnate.{slot}"))))
            for slot in _SLOTS
            if catalog.powerset(f"Incarnate.{slot}") is not None
        )
    choose = {"accolades": _accolades, "temporary": _temporary, "prestige": _prestige}[kind]
    title = dict(KINDS)[kind]
    return (Page(kind, title, False, tuple(_rows(document, choose(document)))),)


def _sorted(catalog: Catalog, powerset: str) -> list[Power]:
    return sorted(catalog.powers(powerset), key=lambda power: power.display_name)


def _accolades(document: Document) -> list[Power]:
    """Those of the character's side, and those of no side."""
    other = _other_side(document.build.alignment)
    return [
        power
        for power in _of_kind(document.catalog, PowersetKind.ACCOLADE)
        if _helps(power) and (other is None or side_of(power.id) != other)
    ]


def _other_side(alignment: Alignment) -> Alignment | None:
    if alignment in _HEROES:
        return Alignment.VILLAIN
    return Alignment.HERO if alignment in _VILLAINS else None


def _temporary(document: Document) -> list[Power]:
    return [
        power
        for power in _of_kind(document.catalog, PowersetKind.TEMPORARY)
        if _helps(power) and not is_prestige(power) and not power.id.startswith("Inspirations.")
    ]


def _prestige(document: Document) -> list[Power]:
    catalog = document.catalog
    families = [
        each
        for each in catalog.powersets()
        if each.id.startswith("Prestige.") or each.id == "Inherent.Inherent"
    ]
    return [
        power
        for each in families
        for power in catalog.powers(each.id)
        if is_prestige(power) and power.effects and not power.hidden
    ]


def _of_kind(catalog: Catalog, kind: PowersetKind) -> Iterable[Power]:
    for family in catalog.powersets():
        if family.kind == kind:
            yield from catalog.powers(family.id)


def _helps(power: Power) -> bool:
    """Return whether a power can do something for the character while it is on."""
    runs = power.activation in (Activation.AUTO, Activation.TOGGLE) or power.click_buff
    return bool(power.effects) and runs and not power.hidden


def _rows(document: Document, powers: Iterable[Power]) -> Iterable[Word]:
    seen: set[str] = set()
    for power in powers:
        taken = document.build.find(power.id) is not None
        if power.display_name in seen and not taken:
            continue
        seen.add(power.display_name)
        refusal = class_refusal(power, document.build.archetype)
        state = WordState.UNAVAILABLE if refusal else WordState.AVAILABLE
        yield Word(
            power.id,
            power.display_name,
            0,
            WordState.TAKEN if taken else state,
            "" if taken else refusal,
        )
