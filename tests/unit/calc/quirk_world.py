"""A world of made powers for tests of quirks: a small build, and what is read off it.

The powers are made: an effect of scale 0.1 is 0.1, as all stand on a table of ones.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from midsdesk.calc.calculation import Calculation
from midsdesk.calc.engine import Engine
from midsdesk.calc.quirks import Quirk
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Effect, Enhancement, Entity, Power, PowerAttributes
from midsdesk.model.ids import ArchetypeId, EnhancementId, EntityId, PowerId, PowersetId
from midsdesk.model.settings import CalcSettings, Rules
from midsdesk.model.totals import FinalEffect, PowerNumbers
from midsdesk.model.vocab import (
    Activation,
    Attribute,
    DamageType,
    EffectArea,
    Entities,
    Scaling,
    ToWho,
)
from tests.helpers.characters import Piece, entry, piece
from tests.helpers.gamedata import packed_catalog

HOST = "Scrapper_Melee.Claws.Strike"
OTHER = "Scrapper_Melee.Claws.Slash"
LENT = "Scrapper_Melee.Claws.Spin"
PET, PET_2 = "Pets.Made.First", "Pets.Made.Second"
NESTED = "Pets.Nested.First"
PROC = "Boosts.Crafted_Positrons_Blast_F.Crafted_Positrons_Blast_F"
EDICT = "Boosts.Crafted_Edict_of_the_Master_F.Crafted_Edict_of_the_Master_F"
LUCK = ("Crafted_Luck_of_the_Gambler_A", "Crafted_Luck_of_the_Gambler_B")
FAILS = (("Taken:Nobody.Has.This", "True"),)

Measure = Callable[[Calculation], float]


def effect(attribute: Attribute, scale: float = 1.0, **changes: Any) -> Effect:
    """An effect on oneself, on a table of ones, with nothing special about it."""
    found = packed_catalog().power("Inherent.Fitness.Health")
    assert found is not None
    values: dict[str, Any] = {
        "attribute": int(attribute),
        "damage_type": 0,
        "status": 0,
        "modifies": 0,
        "effect_class": 0,
        "to_who": int(ToWho.SELF),
        "pv_mode": 0,
        "scaling": int(Scaling.MAGNITUDE),
        "modifier_table": "Melee_Ones",
        "scale": scale,
        "magnitude": 1.0,
        "duration": 0.0,
        "probability": 1.0,
        "ppm": 0.0,
        "ticks": 0,
        "delay": 0.0,
        "stacking": False,
        "buffable": True,
        "suppression": 0,
        "special_case": 0,
        "effect_id": "",
        "reward": "",
        "summon": "",
        "conditions": (),
        **changes,
    }
    return replace(found.effects[0], **values)


def formula(text: str, scale: float = 1.0, **changes: Any) -> Effect:
    """A regeneration buff whose number a formula gives."""
    changes = {"scaling": int(Scaling.EXPRESSION), "magnitude_expression": text, **changes}
    return effect(Attribute.REGENERATION, scale, **changes)


def defense(scale: float = 0.1, **changes: Any) -> Effect:
    changes = {"damage_type": int(DamageType.SMASHING), **changes}
    return effect(Attribute.DEFENSE, scale, **changes)


def strength_of(attribute: Attribute, scale: float, **changes: Any) -> Effect:
    return effect(Attribute.ENHANCEMENT, scale, modifies=int(attribute), **changes)


def damage(points: float = 100.0, **changes: Any) -> Effect:
    """Smashing damage; tables of damage are negative."""
    changes = {"damage_type": int(DamageType.SMASHING), "to_who": int(ToWho.TARGET), **changes}
    return effect(Attribute.DAMAGE, -points, **changes)


def power(name: str, *effects: Effect, **changes: Any) -> Power:
    """An auto power that accepts everything: 10 s, 10 points, cast in 1 s."""
    found = packed_catalog().power(HOST)
    assert found is not None
    values: dict[str, Any] = {
        "activation": int(Activation.AUTO),
        "accuracy": 1.0,
        "range": 80.0,
        "endurance_cost": 10.0,
        "cast_time": 1.0,
        "recharge_time": 10.0,
        "base_recharge_time": 10.0,
        "activate_period": 10.0,
        "effect_area": int(EffectArea.CHARACTER),
        "radius": 0.0,
        "arc": 0,
        "enhancement_classes": tuple(range(1, 27)),
        "click_buff": False,
        "ignored_enhancements": (),
        "ignored_buffs": (),
        **changes,
    }
    return replace(found, id=PowerId(name), effects=effects, **values)


CLICK = int(Activation.CLICK)
BOOST = int(Activation.GLOBAL_BOOST)


class World:
    """The packed catalog with made powers, pets and tables."""

    def __init__(self, powers: Iterable[Power]) -> None:
        self.key = "made"
        self._powers = {each.id.lower(): each for each in powers}

    def __getattr__(self, name: str) -> Any:
        return getattr(packed_catalog(), name)

    def power(self, name: str) -> Power | None:
        return self._powers.get(name.lower()) or packed_catalog().power(name)

    def powers(self, powerset: str) -> tuple[Power, ...]:
        made = tuple(each for each in self._powers.values() if each.powerset == powerset)
        return made or packed_catalog().powers(powerset)

    def entity(self, name: str) -> Entity | None:
        if name == "Made":
            classes, sets = "Class_Blaster", "Pets.Made"
        elif name == "Nested":
            classes, sets = "Class_Tanker", "Pets.Nested"
        else:
            return packed_catalog().entity(name)
        return Entity(EntityId(name), name, False, ArchetypeId(classes), (PowersetId(sets),), ())

    def enhancement(self, name: str) -> Enhancement | None:
        """A piece; every crafted one has an attuned twin."""
        found = packed_catalog().enhancement(name)
        if found is None and name.startswith("Attuned_"):
            crafted = packed_catalog().enhancement(name.replace("Attuned_", "Crafted_"))
            return crafted and replace(crafted, id=EnhancementId(name))
        return found

    def modifier(self, table: str, level: int, column: int) -> float:
        if table == "By_Level":
            return float(level)
        if table == "By_Class":
            return 10.0 + column
        return packed_catalog().modifier(table, level, column)


@dataclass(frozen=True)
class Case:
    """A build of made powers, what is measured, and the answers of both rulesets."""

    measure: Measure
    mids: float
    game: float
    powers: tuple[Power, ...]
    pieces: tuple[Piece, ...] = ()
    stacks: int = 0
    slot_level: int = 1
    settings: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, rules: Rules, quirks: frozenset[Quirk] | None = None) -> float:
        """What is measured under a ruleset, or under just these quirks."""
        build = Build(ArchetypeId("Class_Scrapper"), entries=tuple(self._entries()))
        engine = Engine(cast(Catalog, World(self.powers)))
        settings = CalcSettings(rules=rules, **self.settings)
        return self.measure(engine.calculate(build, settings, quirks))

    def _entries(self) -> Iterable[PowerEntry]:
        for each in self.powers:
            if each.id in (HOST, OTHER):
                own = each.id == HOST
                yield entry(
                    each.id,
                    self.pieces if own else (),
                    stacks=self.stacks if own else 0,
                    slot_level=self.slot_level if own else 1,
                )


def host(found: Calculation) -> PowerNumbers:
    numbers = found.power(0)
    assert numbers is not None
    return numbers


def first(found: Calculation) -> FinalEffect:
    return host(found).effects[0]


def magnitude(found: Calculation) -> float:
    return first(found).magnitude


def smashing_defense(found: Calculation) -> float:
    return found.totals.defense[DamageType.SMASHING]


def hit(found: Calculation) -> float:
    return host(found).enhanced.damage


def last_ticks(found: Calculation) -> float:
    return host(found).effects[-1].ticks


def changed_recharge(seconds: float) -> PowerAttributes:
    values: dict[str, Any] = dict.fromkeys(PowerAttributes.__dataclass_fields__, -1)
    return PowerAttributes(**{**values, "recharge_time": seconds})


def summoning(**changes: Any) -> Power:
    """A click that lays a patch for 15 s and takes over what it does."""
    summon = effect(Attribute.SUMMON, summon="Made", duration=15.0, to_who=int(ToWho.TARGET))
    values: dict[str, Any] = {
        "activation": CLICK,
        "absorbs_summon_effects": True,
        "absorbs_summon_attributes": False,
        "entities_auto_hit": 0,
    }
    return power(HOST, summon, **{**values, **changes})


def of_pet(name: str, *effects: Effect, **changes: Any) -> Power:
    return power(name, *effects, **{"entities_affected": int(Entities.FOE), **changes})


def lending(*lent: Effect) -> tuple[Power, Power]:
    """An auto that grants what a boost power holds to all powers, as an Interface does."""
    grant = effect(Attribute.GRANT_POWER, summon=LENT, duration=4.3)
    return power(OTHER, grant), power(LENT, *lent, activation=BOOST)


PROC_PIECE = piece("Crafted_Positrons_Blast_F")


def proc() -> Power:
    """What the piece brings: 100 points, three times a minute."""
    return power(PROC, damage(ppm=3.0))
