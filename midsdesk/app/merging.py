"""Merging .mdbuild files: builds by the rules of the game, notes and variants around them.

What game data cannot read is never merged by guessing: both are kept.
"""

import json
from dataclasses import replace
from typing import TypeVar

from midsdesk.edit.merge import merge
from midsdesk.errors import BuildFormatError
from midsdesk.formats import native
from midsdesk.formats.native_file import NativeFile, Variant
from midsdesk.model.catalog import Catalog

T = TypeVar("T")


class BuildMerger:
    """Fulfils `midsdesk.sync.ports.Merger`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def merge(self, base: bytes, mine: bytes, theirs: bytes) -> bytes | None:
        """Both sides' changes in one build; None if they do not fit together."""
        try:
            files = [self._read(each) for each in (base, mine, theirs)]
        except BuildFormatError:
            return None
        old, one, other = files
        build = merge(old.build, one.build, other.build, self._catalog)
        if build is None:
            return None
        try:
            merged = NativeFile(
                build=build,
                notes=_one_side(old.notes, one.notes, other.notes),
                extras=_one_side(old.extras, one.extras, other.extras),
                variants=self._variants(old, one, other),
            )
        except ValueError:
            return None
        return native.encode(merged)

    def renamed(self, content: bytes, words: str) -> bytes:
        """The build with words added to its name."""
        try:
            value = json.loads(content)
            build = value["build"]
            build["name"] = f"{build.get('name', '')} ({words})".strip()
        except (ValueError, LookupError, TypeError, RecursionError):
            return content
        return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n".encode(errors="replace")

    def describe(self, content: bytes) -> tuple[str, str]:
        """Name and archetype, for lists."""
        try:
            build = json.loads(content)["build"]
            return str(build.get("name", "")), str(build.get("archetype", ""))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return "", ""

    def _read(self, content: bytes) -> NativeFile:
        file, notes = native.decode(content, self._catalog)
        if notes.issues and json.loads(native.encode(file)) != json.loads(content):
            # Something was repaired in reading; merged and written back it would be lost.
            raise BuildFormatError("The build cannot be read without loss.")
        return file

    def _variants(self, old: NativeFile, one: NativeFile, other: NativeFile) -> tuple[Variant, ...]:
        if one.variants == old.variants:
            return other.variants
        if other.variants in (old.variants, one.variants):
            return one.variants
        sides = [{each.title: each for each in file.variants} for file in (old, one, other)]
        titles = [[each.title for each in file.variants] for file in (old, one, other)]
        if any(len(set(each)) < len(each) for each in titles) or titles[1] != titles[2]:
            raise ValueError("variants were moved on both sides")
        merged = []
        for title in titles[1]:
            versions = [side.get(title) for side in sides]
            if versions[0] is None or versions[1] is None or versions[2] is None:
                merged.append(_one_side(*versions))
                continue
            base, mine, theirs = versions[0], versions[1], versions[2]
            build = merge(base.build, mine.build, theirs.build, self._catalog)
            if build is None:
                raise ValueError("a variant was changed on both sides")
            notes = _one_side(base.notes, mine.notes, theirs.notes)
            extras = _one_side(base.extras, mine.extras, theirs.extras)
            merged.append(replace(mine, build=build, notes=notes, extras=extras))
        return tuple(each for each in merged if each is not None)


def _one_side(base: T, mine: T, theirs: T) -> T:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    raise ValueError("both sides changed the same thing")
