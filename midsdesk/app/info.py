"""The info panel: one power's numbers and what it does, in words.

Source: design, section 3.6; calculation reference A, section 8.
"""

from functools import partial

from midsdesk.app.document import Document
from midsdesk.app.info_effects import effect_blocks, pet_blocks
from midsdesk.app.info_numbers import damage_text, damages, figures, plain_figures, strengths
from midsdesk.app.numbers import plain
from midsdesk.app.picker import bonus_lines
from midsdesk.app.views import PowerInfo
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.describe_summary import summary
from midsdesk.calc.power_view import power_view
from midsdesk.calc.power_view_alone import alone
from midsdesk.model.game import Power
from midsdesk.model.vocab import Activation, PowersetKind, label
from midsdesk.rules.requirements import power_name


def power_info(document: Document, power: str = "", entry: int | None = None) -> PowerInfo | None:
    """Content of the panel for an entry, or for a power by name; None for an empty pick.

    A power that is in the build is shown as the build has it, another one as it would be without
    slots.
    """
    if entry is None and power:
        entry = document.build.find(power)
    name = power
    if entry is not None:
        if not 0 <= entry < len(document.build.entries):
            return None
        name = document.build.entries[entry].power
    if not name:
        return None
    key = (document.build, document.settings, name, entry)
    return document.memo.value("info", key, partial(_info, document, name, entry))


def _info(document: Document, name: str, entry: int | None) -> PowerInfo:
    catalog = document.catalog
    power = catalog.power(name)
    title = power_name(name, catalog)
    if entry is not None:
        title = f"[{document.build.entries[entry].level}] {title}"
    if power is None:
        return PowerInfo(title, "", "Unknown to the game data.", entry=entry)
    activation = label(Activation, power.activation)
    origin = _origin(document, power)
    calculation = document.calculation
    if not isinstance(calculation, Calculation):
        return PowerInfo(title, activation, origin, plain_figures(power), entry=entry)
    place = entry
    if place is None:
        calculation, place = alone(calculation, [power]), 0
    view, numbers = power_view(calculation, place), calculation.power(place)
    if view is None or numbers is None:
        return PowerInfo(title, activation, origin, plain_figures(power), entry=entry)
    return PowerInfo(
        title=title,
        activation=activation,
        summary=f"{summary(numbers.effects, view.power, catalog)} {origin}".strip(),
        figures=figures(view),
        damages=damages(view),
        damage_text=damage_text(view),
        strengths=strengths(view) if entry is not None else (),
        effects=(
            *effect_blocks(numbers.effects, view.power, catalog),
            *pet_blocks(calculation, place),
        ),
        sets=_sets(document, entry) if entry is not None else (),
        entry=entry,
    )


def _origin(document: Document, power: Power) -> str:
    """Return "Primary, Fire Blast, from level 18."."""
    powerset = document.catalog.powerset(power.powerset)
    if powerset is None:
        return ""
    said = f"{label(PowersetKind, powerset.kind).capitalize()}, {powerset.display_name}"
    if power.level > 0:
        said += f", from level {plain(power.level, 0)}"
    return f"{said}."


def _sets(
    document: Document, entry: int
) -> tuple[tuple[str, int, int, tuple[tuple[int, str, bool], ...]], ...]:
    catalog = document.catalog
    archetype = catalog.archetype(document.build.archetype)
    found = []
    for active in document.calculation.sets:
        owner = catalog.enhancement_set(active.set_id) if active.entry == entry else None
        if owner is not None:
            count = len(active.pieces)
            lines = bonus_lines(owner, count, catalog, archetype)
            found.append((owner.display_name.strip(), count, len(owner.pieces), lines))
    return tuple(found)
