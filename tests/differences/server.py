"""What the server itself says of a power: which attributes it touches, read off the raw files."""

import json
import zipfile
from collections.abc import Iterator
from typing import Any

from importer.readers.server_export.attribs import meaning
from tests.differences.measure import UNKNOWN, Key
from tests.helpers.shared import SERVER_EXPORT


class Server:
    """The raw export, power by power."""

    def __init__(self) -> None:
        self._zip = zipfile.ZipFile(SERVER_EXPORT)
        self._known: dict[str, frozenset[Key]] = {}

    def close(self) -> None:
        """Let the file go."""
        self._zip.close()

    def own(self, name: str, key: Key, today: bool) -> str:
        """Of which kind an effect is that one side alone has.

        `today`: The side of today has it. The other kinds would be faults of the reader: an effect
        the server does not give, or one it gives that was not read.
        """
        has = key in self.attributes(name)
        if today:
            return "the server's power got it" if has else UNKNOWN
        return UNKNOWN if has else "the server's power lost it"

    def attributes(self, name: str) -> frozenset[Key]:
        """Everything a power touches; nothing for one whose file the export has lost."""
        if name not in self._known:
            path = "powers/" + name.lower().replace(".", "/") + ".json"
            try:
                power = json.loads(self._zip.read(path))
            except (KeyError, ValueError):
                power = {}
            groups = [*power.get("activation_effects", ()), *power.get("effects", ())]
            self._known[name] = frozenset(
                (found.attribute, found.damage_type, found.status, found.modifies)
                for template in _templates(groups)
                for attrib in template["attribs"]
                if (found := meaning(attrib, template["aspect"])) is not None
            )
        return self._known[name]


def _templates(groups: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for group in groups:
        yield from group.get("templates") or ()
        yield from _templates(group.get("child_effects") or [])
