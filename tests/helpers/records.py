"""Records made from a layout: a smallest one, and any (Hypothesis)."""

from typing import Any

from hypothesis import strategies as st

from importer.mhd.layout import Item, ListOf, Optional, Record, Repeated, Scalar

_SCALARS: dict[Scalar, st.SearchStrategy[Any]] = {
    Scalar.I32: st.integers(-(2**31), 2**31 - 1),
    Scalar.DATE: st.integers(-(2**63), 2**63 - 1),
    Scalar.F32: st.floats(width=32, allow_nan=False),
    Scalar.BOOL: st.booleans(),
    Scalar.STR: st.one_of(st.text(max_size=6), st.just("é" * 70)),
}
_EMPTY = {Scalar.I32: 0, Scalar.DATE: 0, Scalar.F32: 0.0, Scalar.BOOL: False, Scalar.STR: ""}


def any_of(item: Item) -> st.SearchStrategy[Any]:
    """Every value `item` can have, with short lists."""
    match item:
        case Scalar():
            return _SCALARS[item]
        case ListOf():
            return st.lists(any_of(item.item), max_size=2).map(tuple)
        case Optional():
            return st.none() | any_of(item.item)
        case Repeated():
            few = st.tuples(any_of(item.item), any_of(item.item))
            return few.map(lambda pair: pair * (item.times // 2) + pair[: item.times % 2])
        case Record():
            return st.tuples(*(any_of(each.kind) for each in item.fields))


def smallest_of(item: Item, filled: int = 0) -> Any:
    """The value that takes the fewest bytes; with `filled`, lists hold that many items."""
    match item:
        case Scalar():
            return _EMPTY[item]
        case ListOf():
            return (smallest_of(item.item, filled),) * filled
        case Optional():
            return smallest_of(item.item, filled) if filled else None
        case Repeated():
            return (smallest_of(item.item, filled),) * item.times
        case Record():
            return tuple(smallest_of(each.kind, filled) for each in item.fields)
