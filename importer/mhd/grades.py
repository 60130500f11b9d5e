"""TypeGrades.json: set types, enhancement grades, special kinds of enhancement.

Other files name an entry by its position. Source: the format description, section 12.
"""

from typing import Any, Final

from importer.mhd.errors import BadJsonError, HeaderError
from importer.mhd.json_text import JsonText

NAME: Final = "Mids Reborn Types and Grades"
_LISTS: Final = (
    ("SetTypes", "set_types"),
    ("EnhancementGrades", "enhancement_grades"),
    ("SpecialEnhancementTypes", "special_enhancement_types"),
)
_MEMBERS: Final = (("Name", "name"), ("ShortName", "short_name"), ("Description", "description"))


def values_of(content: JsonText) -> dict[str, list[dict[str, str]]]:
    """Return the three lists; every entry has name, short_name and description, perhaps empty.

    Raises:
        HeaderError: The file does not call itself what it must.
        BadJsonError: A list or an entry is of a wrong kind: leaving it out would move the others.
    """
    members = content.value
    if not isinstance(members, dict) or members.get("Name") != NAME:
        raise HeaderError(None, f'Not a types and grades file (its "Name" is not "{NAME}")')
    return {name: _entries(members.get(member) or [], member) for member, name in _LISTS}


def _entries(items: Any, member: str) -> list[dict[str, str]]:
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise BadJsonError(None, f"{member} is no list of objects")
    entries = [{name: each.get(key) or "" for key, name in _MEMBERS} for each in items]
    for number, entry in enumerate(entries, 1):
        if not all(isinstance(value, str) for value in entry.values()):
            raise BadJsonError(None, f"{member}: entry {number} has a member that is no text")
    return entries
