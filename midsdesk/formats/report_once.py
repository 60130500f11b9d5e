"""What is made of a catalog once and kept: two catalogs of the same content share it."""

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from midsdesk.model.catalog import Catalog

_T = TypeVar("_T")
_KEPT: Final = 2


def once(make: Callable[[Catalog], _T]) -> Callable[[Catalog], _T]:
    """Remember what `make` gives for the catalogs used last."""
    kept: dict[str, _T] = {}

    @wraps(make)
    def made(catalog: Catalog) -> _T:
        key = catalog.key
        if key not in kept:
            while len(kept) >= _KEPT:
                kept.pop(next(iter(kept)), None)
            kept[key] = make(catalog)
        return kept[key]

    return made
