"""SData.json and SData.mhd: the constants of a server.

Both give the same members: those of `layout.SERVER_DATA` without the header, five maxima only the
JSON has, and `enabled_incarnates`. What is left out gets the program's default.

Source: the format description, section 10.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from importer.mhd import binary
from importer.mhd.binary import shortest_decimal
from importer.mhd.errors import BadJsonError, TrailingBytesError
from importer.mhd.headers import require_header
from importer.mhd.json_text import JsonText
from importer.mhd.layout import INCARNATE_SWITCH, SERVER_DATA, ListOf
from importer.source import Finding

HEADER: Final = "Mids Reborn Server Data"
_INCARNATES: Final = ListOf(INCARNATE_SWITCH, stored_less_one=False)

# Speeds in feet per second, heights and perception in feet, to-hit as a fraction, levels from 1.
_DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "manifest_uri": "",
        "base_to_hit": 0.75,
        "base_fly_speed": 31.5,
        "base_jump_speed": 21.0,
        "base_jump_height": 4.0,
        "base_run_speed": 21.0,
        "base_perception": 500.0,
        "max_fly_speed": 86.0,
        "max_jump_speed": 114.4,
        "max_run_speed": 135.67,
        "max_slots": 67,
        "enable_inherent_slotting": False,
        "health_slots": 2,
        "health_slot_1_level": 8,
        "health_slot_2_level": 16,
        "stamina_slots": 2,
        "stamina_slot_1_level": 12,
        "stamina_slot_2_level": 22,
    }
)
# Maxima that follow from a base value where the file does not give them.
_DERIVED: Final[Mapping[str, tuple[str, float]]] = MappingProxyType(
    {
        "max_jump_height": ("base_jump_height", 50.0),
        "max_max_fly_speed": ("base_fly_speed", 8.19),
        "max_max_jump_speed": ("base_jump_speed", 7.917),
        "max_max_run_speed": ("base_run_speed", 8.398),
    }
)
_ENABLED: Final = ("Alpha", "Destiny", "Hybrid", "Interface", "Judgement", "Lore")
_DISABLED: Final = ("Genesis", "Omega", "Stance", "Vitae")


def _member(name: str) -> str:
    """Return the JSON's name: `health_slot_1_level` is `HealthSlot1Level`."""
    return "".join(part.capitalize() for part in name.split("_"))


def values_of(content: JsonText) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the constants SData.json gives, and a finding for each of a wrong kind.

    Raises:
        BadJsonError: The file is no JSON object.
    """
    if not isinstance(content.value, dict):
        raise BadJsonError(None, "No JSON object")
    findings: list[Finding] = []
    found: dict[str, Any] = {}
    for name, default in _DEFAULTS.items():
        found[name] = _checked(content.value, _member(name), default, findings)
    for name, (base, factor) in _DERIVED.items():
        default = _derived(found[base], factor)
        found[name] = _checked(content.value, _member(name), default, findings)
    switches = content.value.get("EnabledIncarnates")
    if not isinstance(switches, dict):
        switches = {}
    found["enabled_incarnates"] = {
        **_default_incarnates(),
        **{name: value for name, value in switches.items() if isinstance(value, bool)},
    }
    return found, tuple(findings)


def decode_binary(data: bytes) -> tuple[dict[str, Any], list[list[Any]] | None]:
    """Read SData.mhd.

    Returns:
        The fields of `layout.SERVER_DATA`, and the incarnate switches as pairs of name and bool;
        None where the file ends before them.

    Raises:
        CodecError: With the byte position.
    """
    require_header(data, HEADER)
    values, at = binary.read(SERVER_DATA, data, 0)
    switches = None
    if at != len(data):
        pairs, at = binary.read(_INCARNATES, data, at)
        switches = [list(pair) for pair in pairs]
    if at != len(data):
        raise TrailingBytesError(at, f"{len(data) - at} bytes too many")
    return dict(zip(SERVER_DATA.names, values, strict=True)), switches


def encode_binary(fields: Mapping[str, Any], switches: list[list[Any]] | None) -> bytes:
    """Write SData.mhd: `encode_binary(*decode_binary(data)) == data`."""
    out = bytearray()
    binary.write(SERVER_DATA, [fields[name] for name in SERVER_DATA.names], out)
    if switches is not None:
        binary.write(_INCARNATES, switches, out)
    return bytes(out)


def values_of_binary(fields: Mapping[str, Any], switches: list[list[Any]] | None) -> dict[str, Any]:
    """Return the constants SData.mhd gives, with the members only the JSON has at their default."""
    found = {name: _plain(fields[name]) for name in _DEFAULTS}
    found |= {name: _derived(found[base], factor) for name, (base, factor) in _DERIVED.items()}
    found["enabled_incarnates"] = {**_default_incarnates(), **dict(switches or ())}
    return found


def _plain(value: Any) -> Any:
    return shortest_decimal(value) if isinstance(value, float) else value


def _derived(base: float, factor: float) -> float:
    return round(base * factor, 4)


def _default_incarnates() -> dict[str, bool]:
    return dict.fromkeys(_ENABLED, True) | dict.fromkeys(_DISABLED, False)


def _checked(members: Mapping[str, Any], member: str, default: Any, findings: list[Finding]) -> Any:
    value = members.get(member)
    if value is None:
        return default
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return _as_float(value, default)
    if type(value) is type(default):
        return value
    message = f"{member} is {str(value)[:40]!r}; {default!r} is assumed"
    findings.append(Finding("warning", "", member, message, f"Correct {member} in SData.json."))
    return default


def _as_float(value: int, default: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return default
