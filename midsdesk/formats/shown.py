"""What readers of texts say a line became: a power with its slots, a piece with its level."""

from collections.abc import Sequence

from midsdesk.model.build import Slot, SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import EnhancementKind, RelativeLevel


def power_shown(name: str, slots: Sequence[Slot]) -> str:
    """A power and how many slots it has, such as "Fire Ball, 6 slots"."""
    count = len(slots)
    return f"{name}, {count} {'slot' if count == 1 else 'slots'}" if count else name


def piece_shown(catalog: Catalog, piece: SlottedEnhancement) -> str:
    """A piece with its set and level, such as "Apocalypse: Damage (50+5)"."""
    known = catalog.enhancement(piece.enhancement)
    if known is None:
        return piece.enhancement
    owner = catalog.enhancement_set(known.set_id) if known.set_id else None
    name = f"{owner.display_name}: {known.name}" if owner is not None else known.name
    if known.kind not in (EnhancementKind.INVENTION, EnhancementKind.SET):
        return name
    over = int(piece.relative_level) - int(RelativeLevel.EVEN)
    return f"{name} ({piece.level}{f'+{over}' if over > 0 else ''})"
