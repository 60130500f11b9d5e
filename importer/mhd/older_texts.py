"""What older data folders have under other names: levels, set types, constants of the server.

A folder is an older one if it has SetTypes.mhd and no TypeGrades.json: the one took over from the
other in April 2022. Source: the format description, sections 11 and 16.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from importer.mhd import server_data
from importer.mhd.json_text import decode as decode_json
from importer.source import Finding

_GRADES: Final = (
    ("None", "None"),
    ("Training Origin", "TO"),
    ("Dual Origin", "DO"),
    ("Single Origin", "SO"),
    ("Invention Origin", "IO"),
    ("Invention Origin Sets", "SetO"),
)
_SPECIAL: Final = (
    ("None", "None"),
    ("Hamidon Origin", "HO"),
    ("Hydra Origin", "HyO"),
    ("Titan Origin", "TnO"),
    ("D-Sync Origin", "DSyncO"),
)


def is_older(forms: Collection[str]) -> bool:
    """Whether a folder with files of these forms is of the time before April 2022."""
    return "grades" not in forms and "set_types" in forms


def covered(forms: Collection[str]) -> frozenset[str]:
    """The forms a newer folder must have that this one can do without."""
    if not is_older(forms):
        return frozenset()
    found = {"grades", "server_data"} - set(forms)
    if "old_levels" in forms:
        found |= {"levels", "respec_levels"} - set(forms)
    return frozenset(found)


def completed(texts: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """The texts of a folder with what an older one lacks, made of what it has."""
    found = dict(texts)
    findings: list[Finding] = []

    def note(name: str, message: str) -> None:
        findings.append(Finding("info", name, "", message))

    for form in covered(found.keys()):
        if form in ("levels", "respec_levels"):
            found[form] = found["old_levels"]
    if "old_levels" in found and found.get("respec_levels") is found["old_levels"]:
        note("Levels.mhd", "The folder is of before 2021; both modes give slots by this table")
    if is_older(texts.keys()):
        found["grades"] = _grades(found["set_types"])
        note("SetTypes.mhd", "The folder is of before April 2022; set types are taken from here")
        if "server_data" not in found:
            found["server_data"], _ = server_data.values_of(decode_json(b"{}"))
            note("SData.json", "The folder is older than this file; the usual constants are used")
    return found, findings


def _grades(set_types: list[dict[str, Any]]) -> dict[str, list[dict[str, str]]]:
    by_id = {int(each["id"]): each for each in set_types}
    last = max(by_id, default=-1)
    return {
        "set_types": [
            _entry(
                str(by_id.get(number, {}).get("name", "")),
                str(by_id.get(number, {}).get("short_name", "")),
            )
            for number in range(min(last + 1, 1000))
        ],
        "enhancement_grades": [_entry(*each) for each in _GRADES],
        "special_enhancement_types": [_entry(*each) for each in _SPECIAL],
    }


def _entry(name: str, short_name: str) -> dict[str, str]:
    return {"name": name, "short_name": short_name, "description": ""}
