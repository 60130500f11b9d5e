"""What powers, powersets and pieces are called in reports."""

from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.vocab import EnhancementKind, Grade, RelativeLevel


def set_name(catalog: Catalog, powerset: str) -> str:
    """What a powerset is called; its full name where it is unknown."""
    known = catalog.powerset(powerset)
    return known.display_name if known is not None else powerset


def power_name(catalog: Catalog, power: str) -> str:
    """What a power is called; its full name where it is unknown."""
    known = catalog.power(power)
    return known.display_name if known is not None else power


def piece_name(catalog: Catalog, piece: SlottedEnhancement) -> str:
    """A piece with its set, level, boosters or grade, such as "Apocalypse: Damage (50+5)"."""
    known = catalog.enhancement(piece.enhancement)
    if known is None:
        return piece.enhancement
    owner = catalog.enhancement_set(known.set_id) if known.set_id else None
    name = f"{owner.display_name}: {known.name}" if owner is not None else known.name
    over = int(piece.relative_level) - int(RelativeLevel.EVEN)
    if known.kind in (EnhancementKind.INVENTION, EnhancementKind.SET):
        boosters = f"+{over}" if over > 0 else ""
        invention = " IO" if known.kind == EnhancementKind.INVENTION else ""
        return f"{name}{invention} ({piece.level}{boosters})"
    grade = f" {piece.grade.name.lower()} origin" if piece.grade != Grade.NONE else ""
    grade = "" if known.kind == EnhancementKind.SPECIAL else grade
    relative = f" ({over:+d})" if over and piece.relative_level != RelativeLevel.NONE else ""
    return f"{name}{grade}{relative}"
