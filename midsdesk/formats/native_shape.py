"""The shape of a .mdbuild: the one declaration of which reader, writer and JSON Schema are made.

Members a program does not know are kept. Order here is the order in the file.
"""

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

FORMAT: Final = "mdbuild"
VERSION: Final = 1

_TEXT = _LONG_TEXT = 64 * 1024
Name = Annotated[str, Field(max_length=_TEXT)]
Level = Annotated[int, Field(ge=0, le=60)]
Kept = Annotated[dict[str, Any], Field(description="What another form's file held besides.")]


class Shape(BaseModel):
    """Base: strict about types, patient with unknown members."""

    model_config = ConfigDict(strict=True, extra="allow")


class PieceShape(Shape):
    """An enhancement in a slot."""

    enhancement: Name = Field(description="Id of the game data, such as Crafted_Accuracy.")
    level: Level = Field(50, description="Invention level, from 1.")
    grade: Annotated[
        str, Field(pattern="^(none|training|dual|single)$", description="Of origin pieces.")
    ] = "none"
    relative: Annotated[
        int, Field(ge=-4, le=5, description="Against the character's level; boosters. -4: none.")
    ] = 0
    obtained: bool = Field(False, description="The player owns it.")
    kept: Kept = {}


class SlotShape(Shape):
    """A slot; the pieces of both builds."""

    level: Level = Field(description="Level at which it was bought, from 1.")
    piece: PieceShape | None = None
    alternate: PieceShape | None = None
    inherent: bool = Field(False, description="Given by the realm.")
    kept: Kept = {}


class SubPowerShape(Shape):
    """A power inside a container power."""

    power: Name
    included: bool = False
    kept: Kept = {}


class EntryShape(Shape):
    """A power as taken; an empty pick has no power."""

    power: Name = Field("", description="Full name; empty for an empty pick.")
    level: Level = Field(description="Level of the pick or grant, from 1; 0 for none.")
    included: bool = Field(False, description="Counts in the totals.")
    procs_off: bool = Field(False, description="Chance effects of its pieces do not count.")
    stacks: Annotated[int, Field(ge=0, le=10_000)] = 0
    inherent_slots: Annotated[int, Field(ge=0, le=6)] = 0
    slots: Annotated[list[SlotShape], Field(max_length=12)] = []
    sub_powers: Annotated[list[SubPowerShape], Field(max_length=256)] = []
    kept: Kept = {}


class DataShape(Shape):
    """Which game data a build was made with."""

    name: Name = ""
    version: Name = ""


class BuildShape(Shape):
    """One build."""

    name: Annotated[str, Field(max_length=_LONG_TEXT)] = ""
    archetype: Name = Field(description="Class name, such as Class_Blaster.")
    origin: Name = ""
    alignment: Annotated[
        str, Field(pattern="^(hero|rogue|vigilante|villain|loyalist|resistance)$")
    ] = "hero"
    comment: Annotated[str, Field(max_length=_LONG_TEXT)] = ""
    made_with: DataShape = Field(default_factory=DataShape)
    powersets: Annotated[
        list[Name],
        Field(
            max_length=32,
            description="Primary, secondary, an unused place, four pools, ancillary.",
        ),
    ] = []
    picks: Annotated[list[EntryShape], Field(max_length=128)] = []
    others: Annotated[list[EntryShape], Field(max_length=512)] = Field(
        [], description="Inherents, incarnates, accolades and temporary powers."
    )
    kept: Kept = {}


class VariantShape(Shape):
    """A further build of the same character."""

    title: Name = ""
    notes: Annotated[str, Field(max_length=_LONG_TEXT)] = ""
    build: BuildShape


class FileShape(Shape):
    """A midsdesk build file."""

    format: Annotated[str, Field(pattern="^mdbuild$")] = FORMAT
    version: Annotated[int, Field(ge=1, le=1)] = VERSION
    notes: Annotated[str, Field(max_length=_LONG_TEXT)] = ""
    build: BuildShape
    variants: Annotated[list[VariantShape], Field(max_length=64)] = []


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    schema = FileShape.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:midsdesk:{FORMAT}-{VERSION}",
        **schema,
    }
