"""What a .mdbuild holds: a build, variants of it, and notes."""

from dataclasses import dataclass

from midsdesk.model.build import Build


@dataclass(frozen=True, slots=True)
class Variant:
    """A further build of the same character, with a title and notes of its own."""

    title: str
    build: Build
    notes: str = ""
    extras: str = ""


@dataclass(frozen=True, slots=True)
class NativeFile:
    """What a .mdbuild holds. `extras`: members this program does not know, as JSON text."""

    build: Build
    variants: tuple[Variant, ...] = ()
    notes: str = ""
    extras: str = ""
