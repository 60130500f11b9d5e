"""What stands where in the binary Mids files, declared once.

Everything else is derived from these tables: the reader and writer (`importer.mhd.binary`), the
smallest size of a record (the guard against absurd counts), the validation (`importer.schema`),
and the JSON export. A record is a plain tuple in the order of its fields.

Source: the format description of Mids Reborn 3.7.11's data folder, sections 2 to 10.
"""

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final, TypeAlias


class Scalar(Enum):
    """A field of one value; the value is its `struct` code, empty for text."""

    I32 = "i"
    F32 = "f"
    BOOL = "?"
    DATE = "q"
    STR = ""

    @property
    def size(self) -> int:
        """Bytes it takes at least."""
        return {"i": 4, "f": 4, "?": 1, "q": 8, "": 1}[self.value]


@dataclass(frozen=True)
class ListOf:
    """A counted list.

    Attributes:
        item: What it holds.
        stored_less_one: The count in the file is the real one minus one. It is so for most lists,
            and no rule says for which.
    """

    item: "Item"
    stored_less_one: bool = True


@dataclass(frozen=True)
class Optional:
    """A bool, then the item if the bool is true; None otherwise."""

    item: "Record"


@dataclass(frozen=True)
class Repeated:
    """Exactly `times` items, with no count in the file."""

    item: "Item"
    times: int


@dataclass(frozen=True)
class Field:
    """One named field of a record."""

    name: str
    kind: "Item"


@dataclass(frozen=True)
class Record:
    """An ordered list of fields.

    Attributes:
        name: What a person calls one such record; used in messages.
        fields: In file order.
        key: Name of the field that identifies a record to a person, if there is one.
    """

    name: str
    fields: tuple[Field, ...]
    key: str | None = field(default=None)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Field names in order."""
        return tuple(each.name for each in self.fields)

    @cached_property
    def position(self) -> dict[str, int]:
        """Index of a field in the tuple."""
        return {name: index for index, name in enumerate(self.names)}

    @cached_property
    def smallest(self) -> int:
        """Bytes the shortest possible record takes; bounds every count."""
        return sum(smallest(each.kind) for each in self.fields)


Item: TypeAlias = Scalar | ListOf | Optional | Repeated | Record


def smallest(item: Item) -> int:
    """Return the fewest bytes `item` can take in a file."""
    match item:
        case Scalar():
            return item.size
        case ListOf():
            return 4
        case Optional():
            return 1
        case Repeated():
            return item.times * smallest(item.item)
        case Record():
            return item.smallest


I32, F32, BOOL, DATE, STR = Scalar.I32, Scalar.F32, Scalar.BOOL, Scalar.DATE, Scalar.STR
_STRINGS: Final = ListOf(STR)
_NUMBERS: Final = ListOf(I32)


def _fields(text: str, **special: Item) -> tuple[Field, ...]:
    """Read `name:i name:f name:b name:s name:*` into fields; `*` is looked up in `special`."""
    codes: dict[str, Item] = {
        "i": I32,
        "f": F32,
        "b": BOOL,
        "d": DATE,
        "s": STR,
        "S": _STRINGS,
        "I": _NUMBERS,
    }
    pairs = (part.split(":") for part in text.split())
    return tuple(Field(name, special[name] if code == "*" else codes[code]) for name, code in pairs)


ARCHETYPE: Final = Record(
    "archetype",
    _fields(
        "display_name:s hit_points:i hit_points_cap:f description:s resistance_cap:f origins:S"
        " class_name:s class_type:i column:i short_description:s primary_group:s secondary_group:s"
        " playable:b recharge_cap:f damage_cap:f recovery_cap:f regeneration_cap:f base_recovery:f"
        " base_regeneration:f base_threat:f perception_cap:f"
    ),
    key="class_name",
)

POWERSET: Final = Record(
    "powerset",
    _fields(
        "display_name:s archetype_index:i kind:i image:s full_name:s set_name:s description:s"
        " sub_name:s archetype:s trunk:s linked_secondary:s exclusive:*",
        exclusive=ListOf(Record("exclusive powerset", _fields("powerset:s powerset_index:i"))),
    ),
    key="full_name",
)

EFFECT_CONDITION: Final = Record("condition", _fields("key:s value:s"))

_POWER_ATTRIBUTES: Final = (
    "accuracy:f activate_period:f arc:i cast_time:f effect_area:i endurance_cost:f"
    " interrupt_time:f max_targets:i radius:f range:f recharge_time:f range_secondary:f"
)
ORIGINAL_VALUES: Final = Record("original values", _fields(_POWER_ATTRIBUTES))
MODIFIED_VALUES: Final = Record("modified values", _fields(_POWER_ATTRIBUTES))

EFFECT: Final = Record(
    "effect",
    _fields(
        "power:s unique_id:i effect_class:i attribute:i damage_type:i status:i modifies:i"
        " summon:s delay:f ticks:i stacking:i probability:f suppression:i buffable:b resistible:b"
        " special_case:i ignores_variable:b ignores_scaling:b pv_mode:i to_who:i percent_override:i"
        " scale:f magnitude:f duration:f scaling:i aspect:i modifier_table:s near_ground:b"
        " cancel_on_miss:b requires_to_hit:b only_class:s only_class_index:i"
        " duration_expression:s magnitude_expression:s probability_expression:s reward:s"
        " effect_id:s ignores_ed:b redirect:s ppm:f power_attribute:i original:* modified:*"
        " conditions:*",
        original=ORIGINAL_VALUES,
        modified=MODIFIED_VALUES,
        conditions=ListOf(EFFECT_CONDITION, stored_less_one=False),
    ),
)

_PAIR: Final = Record("pair of powers", _fields("first:s second:s"))

POWER: Final = Record(
    "power",
    _fields(
        "static_index:i full_name:s group_name:s set_name:s power_name:s display_name:s available:i"
        " required_classes:S excluded_classes:S required_powers:* forbidden_powers:*"
        " modes_required:i modes_disallowed:i power_type:i accuracy:f attack_types:i"
        " exclusive_groups:S entities_affected:i entities_auto_hit:i target:i needs_line_of_sight:b"
        " range:f target_secondary:i range_secondary:f endurance_cost:f interrupt_time:f"
        " cast_time:f recharge_time:f base_recharge_time:f activate_period:f effect_area:i radius:f"
        " arc:i max_targets:i max_boosts:s cast_flags:i ai_report:i charges:i usage_time:i"
        " life_time:i life_time_in_game:i number_allowed:i do_not_save:b boosts_allowed:S"
        " cast_through_hold:b ignores_strength:b short_description:s description:s"
        " enhancement_classes:I set_types:I click_buff:b always_toggle:b level:i"
        " allow_front_loading:b variable_enabled:b variable_override:b variable_name:s"
        " variable_min:i variable_max:i sub_powers:S ignored_enhancements:I ignored_buffs:I"
        " skip_max:b inherent_type:i display_location:i exclusive_auto:b exclusive_ignored:b"
        " absorb_summon_effects:b absorb_summon_attributes:b show_summon_anyway:b"
        " never_auto_update:b never_auto_update_requirements:b include_flag:b forced_class:s"
        " sort_override:b boost_boostable:b boost_use_player_level:b effects:* hidden:b active:b"
        " taken:b stacks:i variable_start:i",
        required_powers=ListOf(_PAIR),
        forbidden_powers=ListOf(_PAIR),
        effects=ListOf(EFFECT),
    ),
    key="full_name",
)

ENTITY: Final = Record(
    "entity",
    _fields(
        "uid:s display_name:s kind:i class_name:s powersets:* upgrade_powers:*",
        powersets=ListOf(STR, stored_less_one=False),
        upgrade_powers=ListOf(STR, stored_less_one=False),
    ),
    key="uid",
)

ENHANCEMENT_EFFECT: Final = Record(
    "enhancement effect",
    _fields(
        "mode:i buff_mode:i enhances:i enhances_status:i schedule:i multiplier:f effect:*",
        effect=Optional(EFFECT),
    ),
)

ENHANCEMENT: Final = Record(
    "enhancement",
    _fields(
        "static_index:i name:s short_name:s description:s kind:i special_kind:i classes:I image:s"
        " set_index:i set_uid:s effect_chance:f level_min:i level_max:i unique:b exclusive_group:i"
        " buff_mode:i effects:* uid:s recipe:s superior:b is_proc:b is_scalable:b",
        effects=ListOf(ENHANCEMENT_EFFECT),
    ),
    key="uid",
)

_BONUS_POWER: Final = Record("bonus power", _fields("power:s power_index:i"))

SET_BONUS: Final = Record(
    "set bonus",
    _fields("special:i text:s pv_mode:i slotted:i powers:*", powers=ListOf(_BONUS_POWER)),
)
SPECIAL_BONUS: Final = Record(
    "special bonus", _fields("special:i text:s powers:*", powers=ListOf(_BONUS_POWER))
)

ENHANCEMENT_SET: Final = Record(
    "enhancement set",
    _fields(
        "display_name:s short_name:s uid:s description:s set_type:i image:s level_min:i"
        " level_max:i enhancement_indices:I bonuses:* special_bonuses:*",
        bonuses=ListOf(SET_BONUS),
        special_bonuses=ListOf(SPECIAL_BONUS),
    ),
    key="uid",
)

RECIPE_INGREDIENT: Final = Record("recipe slot", _fields("salvage:s count:i salvage_index:i"))
RECIPE_LEVEL: Final = Record(
    "recipe entry",
    _fields(
        "level:i buy_cost:i craft_cost:i buy_cost_memorized:i craft_cost_memorized:i ingredients:*",
        ingredients=ListOf(RECIPE_INGREDIENT),
    ),
)
RECIPE: Final = Record(
    "recipe",
    _fields(
        "rarity:i internal_name:s external_name:s enhancement:s levels:* generic:b virtual:b"
        " hidden:b",
        levels=ListOf(RECIPE_LEVEL),
    ),
    key="internal_name",
)

SALVAGE: Final = Record(
    "salvage",
    _fields("internal_name:s external_name:s rarity:i level_min:i level_max:i origin:i"),
    key="internal_name",
)

COMPARE_OVERRIDE: Final = Record("comparison override", _fields("powerset:s power:s text:s"))

MODIFIER_TABLE: Final = Record(
    "modifier table",
    _fields("id:s base_index:i rows:*", rows=Repeated(ListOf(F32), 55)),
    key="id",
)

SERVER_DATA: Final = Record(
    "server data",
    _fields(
        "header:s manifest_uri:s max_slots:i base_fly_speed:f base_jump_height:f base_jump_speed:f"
        " base_perception:f base_run_speed:f base_to_hit:f max_fly_speed:f max_jump_speed:f"
        " max_run_speed:f enable_inherent_slotting:b health_slots:i health_slot_1_level:i"
        " health_slot_2_level:i stamina_slots:i stamina_slot_1_level:i stamina_slot_2_level:i"
    ),
)
INCARNATE_SWITCH: Final = Record("incarnate switch", _fields("name:s enabled:b"))

POWERS_HEAD: Final = Record("head", _fields("header:s version:s year:i"))
POWERS_HEAD_REST: Final = Record("head", _fields("issue:i page:i page_word:s"))
ENHANCEMENTS_HEAD: Final = Record("head", _fields("header:s version:f"))
RECIPES_HEAD: Final = Record("head", _fields("header:s source_1:s source_2:s revision_date:d"))
MODIFIERS_HEAD: Final = Record(
    "head",
    _fields("header:s revision:i revision_date:d source_index:s source_tables:s"),
)
