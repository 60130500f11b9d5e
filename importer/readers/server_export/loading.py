"""All powers of an export, category by category, in the order of their sets."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from importer.progress import Progress
from importer.readers.server_export import slim
from importer.readers.server_export.conditions import KnownPower, World
from importer.readers.server_export.files import Export
from importer.readers.server_export.groups import flat
from importer.source import Finding
from midsdesk.errors import SourceFormatError


@dataclass(slots=True)
class PowersetFile:
    """One powerset: its index and the full names of its powers in order."""

    name: str
    index: Mapping[str, Any]
    powers: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its full name in small letters."""
        return self.name.lower()


@dataclass(slots=True)
class Loaded:
    """What stands in the folder of powers.

    Attributes:
        powersets: In order of categories and sets.
        powers: Full name in small letters -> the power, made slim.
    """

    powersets: list[PowersetFile] = field(default_factory=list)
    powers: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def members(self) -> dict[str, list[str]]:
        """Return powerset in small letters -> full names of its powers."""
        return {each.key: each.powers for each in self.powersets}


def load(export: Export, progress: Progress) -> Loaded:
    """Read every powerset that has an index; flaws of single files are findings."""
    found = Loaded()
    categories = export.folders("powers")
    files = sum(len(export.folders(f"powers/{category}")) for category in categories)
    done = 0
    for category in categories:
        for powerset in export.folders(f"powers/{category}"):
            progress.step(done, files)
            done += 1
            _powerset(export, f"powers/{category}/{powerset}", found, progress)
    progress.step(files, files)
    return found


def _powerset(export: Export, folder: str, found: Loaded, progress: Progress) -> None:
    files = export.members(folder)
    try:
        index = export.load(f"{folder}/index.json")
    except SourceFormatError as cause:
        if files:
            found.findings.append(Finding("warning", folder, "index.json", str(cause)))
        return
    read: dict[str, dict[str, Any]] = {}
    for file in files:
        progress.check()
        try:
            values = slim.power(export.load(file))
            read[values["full_name"].lower()] = values
        except (SourceFormatError, KeyError, TypeError, AttributeError) as cause:
            message = f"The power cannot be read ({cause})."
            found.findings.append(Finding("error", file, "", message, "Fetch the export again."))
    _bring_back(export, folder, index, read, found)
    _order(folder, index, read, found)


def _bring_back(
    export: Export,
    folder: str,
    index: Mapping[str, Any],
    read: dict[str, dict[str, Any]],
    found: Loaded,
) -> None:
    """Stand in for powers whose files a colon in their name has cost, with name and level only."""
    shown = index.get("power_display_names") or ()
    for position, name in enumerate(index.get("power_names") or ()):
        stem = name.lower().rpartition(".")[2].partition(":")[0]
        if name.lower() in read or ":" not in name or not export.has_stump(f"{folder}/{stem}"):
            continue
        display = shown[position] if position < len(shown) else ""
        read[name.lower()] = slim.stand_in(name, display)
        message = "Its file was lost in the export: the name has a colon. It has no effects."
        hint = "A Mids folder given with --attach brings it back."
        found.findings.append(Finding("warning", folder, f"power {name}", message, hint))


def _order(
    folder: str, index: Mapping[str, Any], read: dict[str, dict[str, Any]], found: Loaded
) -> None:
    """Bring the powers into the order of the set's list; what it does not list comes last."""
    levels = index.get("available_level") or ()
    listed = [name.lower() for name in index.get("power_names") or ()]
    for name in listed:
        if name not in read:
            message = f"The set lists {name}, and its file is missing."
            found.findings.append(
                Finding(severity_of(folder.split("/")[1]), folder, "power_names", message)
            )
    order = [name for name in listed if name in read]
    order += [name for name in read if name not in listed]
    if not order:
        return
    for position, name in enumerate(listed):
        if name in read and position < len(levels):
            read[name]["available_level"] = levels[position]
    name = read[order[0]]["full_name"].rpartition(".")[0]
    powers = [read[each]["full_name"] for each in order]
    found.powersets.append(PowersetFile(name, index, powers))
    found.powers.update((each, read[each]) for each in order)


# Categories no player picks powers of.
_BEHIND: Final = frozenset(
    {
        "pets",
        "villain_pets",
        "mastermind_pets",
        "kheldian_pets",
        "redirects",
        "temporary_powers",
        "prestige",
        "inspirations",
        "incarnate_i20",
        "incarnate_alphastrike",
        "boosts",
    }
)


def severity_of(category: str) -> str:
    """A power a player picks that is missing stops the import; others are left out."""
    return "warning" if category in _BEHIND else "error"


def world(loaded: Loaded, owners: Mapping[str, str]) -> World:
    """Return what conditions ask of all powers.

    Args:
        loaded: The powers.
        owners: Category in small letters -> class that owns it, in small letters.
    """
    powers: dict[str, KnownPower] = {}
    setters: dict[str, list[str]] = defaultdict(list)
    for key, values in loaded.powers.items():
        category = key.partition(".")[0]
        own = owners.get(category)
        classes = frozenset((own,)) if own else frozenset()
        offered = values["available_level"] >= 0 and not values.get("auto_issue")
        picked = bool(own or category in ("pool", "epic")) and offered
        powers[key] = KnownPower(values["full_name"], picked, classes)
        for mode in _modes(values):
            setters[mode.lower()].append(values["full_name"])
    return World(powers, {mode: tuple(sorted(set(names))) for mode, names in setters.items()})


def _modes(values: Mapping[str, Any]) -> Iterator[str]:
    for part in ("effects", "activation_effects"):
        for _, template in flat(values[part]):
            if template.get("mode_name") and "Set_Mode" in template["attribs"]:
                yield template["mode_name"]
