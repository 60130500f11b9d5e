"""Names of things as players know them."""

from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement


def power_title(name: str, catalog: Catalog) -> str:
    """Return the name of a power, made from its full name if the catalog lacks it."""
    power = catalog.power(name)
    return power.display_name if power else name.rpartition(".")[2].replace("_", " ")


def set_title(name: str, catalog: Catalog) -> str:
    """Return the name of an enhancement set."""
    family = catalog.enhancement_set(name)
    return family.display_name.strip() if family else name.replace("_", " ")


def piece_title(piece: Enhancement, catalog: Catalog) -> str:
    """Return the name of an enhancement with its set: "Luck of the Gambler: Defense"."""
    if piece.set_id:
        return f"{set_title(piece.set_id, catalog)}: {piece.name}"
    return piece.name
