"""What a power does, in words and by group, and what its pets do."""

from collections.abc import Iterator, Sequence

from midsdesk.app.numbers import plain
from midsdesk.app.views import EffectBlock, EffectText
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.describe import EffectLine, describe, lines_of
from midsdesk.calc.pets import Pet, PetPower, all_pets
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Power
from midsdesk.model.totals import FinalEffect

_MOST_EFFECTS = 60
_MOST_OF_A_PET = 3


def effect_blocks(
    effects: Sequence[FinalEffect], host: Power, catalog: Catalog
) -> tuple[EffectBlock, ...]:
    """The effects of a power by group, those in force first."""
    left, found = _MOST_EFFECTS, []
    for group in describe(effects, host, catalog):
        lines = sorted(group.lines, key=lambda line: not line.in_force)[:left]
        left -= len(lines)
        if lines:
            found.append(EffectBlock(group.group, tuple(_text(line) for line in lines)))
    return tuple(found)


def _text(line: EffectLine) -> EffectText:
    lengthened = abs(line.duration - line.base_duration) > 1e-9
    kind = "duration" if lengthened and line.magnitude == line.base_magnitude else "magnitude"
    return EffectText(
        text=line.text,
        key=f"effect.{line.effects[0]}.{kind}" if line.magnitude or line.duration else "",
        in_force=line.in_force,
        enhanced=line.enhanced,
    )


def pet_blocks(calculation: Calculation, entry: int) -> tuple[EffectBlock, ...]:
    """A block for each pet of an entry, with a line for each power it has in this build."""
    blocks = []
    for number, pet in enumerate(all_pets(calculation, entry)):
        lines = tuple(_pet_lines(number, pet, calculation.context.catalog))
        if lines:
            blocks.append(EffectBlock(_heading(pet), lines))
    return tuple(blocks)


def _heading(pet: Pet) -> str:
    many = f" × {pet.count}" if pet.count > 1 else ""
    life = f", {plain(pet.life, 0)} s" if pet.life else ""
    return f"{pet.name}{many}{life}"


def _pet_lines(number: int, pet: Pet, catalog: Catalog) -> Iterator[EffectText]:
    for each in pet.powers:
        lines = lines_of(each.numbers.effects, each.power, catalog)
        words = [line.text for line in lines if line.in_force][:_MOST_OF_A_PET]
        if words:
            text = f"{each.power.display_name}: {'; '.join(words)}"
            if not each.upgraded:
                text += f"; needs {each.upgrade_name}"
            yield EffectText(
                text=text,
                key=f"pet.{number}.{each.entry}.damage" if each.numbers.enhanced.damage else "",
                in_force=each.upgraded,
                enhanced=_is_enhanced(each),
            )


def _is_enhanced(each: PetPower) -> bool:
    numbers = each.numbers
    return abs(numbers.enhanced.damage - numbers.base.damage) > 1e-9
