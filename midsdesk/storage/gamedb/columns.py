"""What stands in a game database, declared once.

The names are those of the source's records, so that nothing is dropped on the way in and all of
it can be given back: a source's list becomes a table, `position` is the place in that list, and
repeated keys stay. References between records are names, as the sources have them; what a name
leads to is found when it is needed. Columns a source does not know are NULL.

From these declarations come the tables (`tables`), the inserts (`writer`), the readers' queries
(`reader`) and the dump (`dump`). This module imports nothing heavy: the window starts with it.
"""

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

APPLICATION_ID: Final = 0x4D444744  # "MDGD", in the head of the SQLite file
SCHEMA_VERSION: Final = 2


class Kind(Enum):
    """What a column holds."""

    KEY = "p"  # whole number, primary key
    INTEGER = "i"
    FLAG = "b"  # 0 or 1
    SINGLE = "f"  # a single, exact; a column without affinity, which keeps even a negative zero
    TEXT = "s"
    JSON = "j"  # JSON text; NULL for an empty list
    BLOB = "x"


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    kind: Kind
    nullable: bool


@dataclass(frozen=True, slots=True)
class Index:
    """One index; `where` limits it to some rows."""

    name: str
    columns: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its columns in order, and the indices made after all rows are in."""

    name: str
    columns: tuple[Column, ...]
    indices: tuple[Index, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)


def _columns(text: str) -> tuple[Column, ...]:
    """Read `name:kind`, with a question mark where the value may be missing."""
    columns = []
    for part in text.split():
        name, _, code = part.partition(":")
        kind = Kind(code[0])
        columns.append(Column(name, kind, code.endswith("?") or kind is Kind.JSON))
    return tuple(columns)


_SPECS: Final = (
    TableSpec("meta", _columns("name:s value:s")),
    TableSpec("source_files", _columns("position:p name:s form:s head:j raw:x?")),
    TableSpec("texts", _columns("position:p form:s value:j")),
    TableSpec(
        "archetypes",
        _columns(
            "position:p display_name:s hit_points:i hit_points_cap:f description:s"
            " resistance_cap:f origins:j class_name:s class_type:i column:i short_description:s"
            " primary_group:s secondary_group:s playable:b recharge_cap:f damage_cap:f"
            " recovery_cap:f regeneration_cap:f base_recovery:f base_regeneration:f base_threat:f"
            " perception_cap:f extra:j"
        ),
    ),
    TableSpec(
        "powersets",
        _columns(
            "position:p display_name:s archetype_index:i kind:i image:s full_name:s set_name:s"
            " description:s sub_name:s archetype:s trunk:s linked_secondary:s exclusive:j extra:j"
        ),
    ),
    TableSpec(
        "powers",
        # `powerset` is the position of the set the full name says, NULL if there is none.
        _columns(
            "position:p powerset:i? static_index:i full_name:s group_name:s set_name:s"
            " power_name:s display_name:s available:i required_classes:j excluded_classes:j"
            " required_powers:j forbidden_powers:j modes_required:i modes_disallowed:i"
            " power_type:i accuracy:f attack_types:i exclusive_groups:j entities_affected:i"
            " entities_auto_hit:i target:i needs_line_of_sight:b range:f target_secondary:i"
            " range_secondary:f endurance_cost:f interrupt_time:f cast_time:f recharge_time:f"
            " base_recharge_time:f activate_period:f effect_area:i radius:f arc:i max_targets:i"
            " max_boosts:s cast_flags:i ai_report:i charges:i usage_time:i life_time:i"
            " life_time_in_game:i number_allowed:i do_not_save:b boosts_allowed:j"
            " cast_through_hold:b ignores_strength:b short_description:s description:s"
            " enhancement_classes:j set_types:j click_buff:b always_toggle:b level:i"
            " allow_front_loading:b variable_enabled:b variable_override:b variable_name:s"
            " variable_min:i variable_max:i sub_powers:j ignored_enhancements:j ignored_buffs:j"
            " skip_max:b inherent_type:i display_location:i exclusive_auto:b exclusive_ignored:b"
            " absorb_summon_effects:b absorb_summon_attributes:b show_summon_anyway:b"
            " never_auto_update:b never_auto_update_requirements:b include_flag:b forced_class:s"
            " sort_override:b boost_boostable:b boost_use_player_level:b hidden:b active:b"
            " taken:b stacks:i variable_start:i requirement_expression:s? extra:j"
        ),
        (
            Index("powers_by_set", ("powerset", "position", "full_name")),
            Index("powers_by_static_index", ("static_index",)),
        ),
    ),
    TableSpec(
        "effects",
        # Of a power, or of a line of an enhancement. `owner` is the name the effect itself
        # carries, NULL where it is the power's. The `parsed` columns have room for expressions
        # and conditions taken apart by a later source; the texts stay beside them. `original` and
        # `modified` are the twelve values of `model.game.PowerAttributes`, in that order.
        _columns(
            "position:p power:i? line:i? ordinal:i owner:s? unique_id:i effect_class:i attribute:i"
            " damage_type:i status:i modifies:i summon:s delay:f ticks:i stacking:i probability:f"
            " suppression:i buffable:b resistible:b special_case:i ignores_variable:b"
            " ignores_scaling:b pv_mode:i to_who:i percent_override:i scale:f magnitude:f"
            " duration:f scaling:i aspect:i modifier_table:s near_ground:b cancel_on_miss:b"
            " requires_to_hit:b only_class:s only_class_index:i duration_expression:s"
            " magnitude_expression:s probability_expression:s reward:s effect_id:s ignores_ed:b"
            " redirect:s ppm:f power_attribute:i original:j modified:j conditions:j"
            " parsed_conditions:j parsed_expressions:j extra:j"
        ),
        (
            Index("effects_by_power", ("power",)),
            Index("effects_by_line", ("line",), where="line IS NOT NULL"),
        ),
    ),
    TableSpec(
        "entities",
        _columns(
            "position:p uid:s display_name:s kind:i class_name:s powersets:j upgrade_powers:j"
            " extra:j"
        ),
    ),
    TableSpec(
        "enhancements",
        _columns(
            "position:p static_index:i name:s short_name:s description:s kind:i special_kind:i"
            " classes:j image:s set_index:i set_uid:s effect_chance:f level_min:i level_max:i"
            " unique:b exclusive_group:i buff_mode:i uid:s recipe:s superior:b is_proc:b"
            " is_scalable:b extra:j"
        ),
    ),
    TableSpec(
        "enhancement_lines",
        _columns(
            "position:p enhancement:i mode:i buff_mode:i enhances:i enhances_status:i schedule:i"
            " multiplier:f"
        ),
        (Index("lines_by_enhancement", ("enhancement",)),),
    ),
    TableSpec(
        "enhancement_sets",
        _columns(
            "position:p display_name:s short_name:s uid:s description:s set_type:i image:s"
            " level_min:i level_max:i enhancement_indices:j extra:j"
        ),
    ),
    TableSpec(
        "set_bonuses",
        # Of a number of pieces (`slotted`), or of one piece: then `pv_mode`, `slotted` are NULL.
        _columns(
            "position:p enhancement_set:i of_piece:b special:i text:s pv_mode:i? slotted:i?"
            " powers:j"
        ),
        (Index("bonuses_by_set", ("enhancement_set",)),),
    ),
    TableSpec(
        "recipes",
        _columns(
            "position:p rarity:i internal_name:s external_name:s enhancement:s generic:b virtual:b"
            " hidden:b"
        ),
    ),
    TableSpec(
        "recipe_levels",
        _columns(
            "position:p recipe:i level:i buy_cost:i craft_cost:i buy_cost_memorized:i"
            " craft_cost_memorized:i ingredients:j"
        ),
        (Index("levels_by_recipe", ("recipe",)),),
    ),
    TableSpec(
        "salvage",
        _columns(
            "position:p internal_name:s external_name:s rarity:i level_min:i level_max:i origin:i"
        ),
    ),
    TableSpec("effect_ids", _columns("position:p name:s")),
    TableSpec("comparisons", _columns("position:p powerset:s power:s text:s")),
    TableSpec(
        "modifier_tables",
        # `archetype` is empty where a table holds a column for each archetype, else the one class
        # it is for. `row_lengths` cuts `numbers` (little-endian singles) into levels.
        _columns("position:p id:s base_index:i archetype:s row_lengths:j numbers:x"),
    ),
)

TABLES: Final = MappingProxyType({spec.name: spec for spec in _SPECS})
