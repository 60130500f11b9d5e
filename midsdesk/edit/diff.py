"""What differs between two builds: a view repaints only that."""

from dataclasses import dataclass

from midsdesk.model.build import Build


@dataclass(frozen=True, slots=True)
class Delta:
    """The difference of two builds.

    Attributes:
        entries: Indices of entries that differ; all of the longer build where `reordered`.
        reordered: Entries were added, removed or moved, so indices mean something else.
        character: Archetype, origin, alignment, name, comment or powersets differ.
    """

    entries: tuple[int, ...]
    reordered: bool
    character: bool

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return not (self.entries or self.reordered or self.character)


def diff(before: Build, after: Build) -> Delta:
    """Compare two builds entry by entry."""
    character = any(
        getattr(before, name) != getattr(after, name)
        for name in ("archetype", "origin", "alignment", "name", "comment", "powersets")
    )
    if len(before.entries) != len(after.entries):
        longest = max(len(before.entries), len(after.entries))
        return Delta(tuple(range(longest)), reordered=True, character=character)
    changed = tuple(
        index
        for index, (old, new) in enumerate(zip(before.entries, after.entries, strict=True))
        if old is not new and old != new
    )
    return Delta(changed, reordered=False, character=character)
