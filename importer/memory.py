"""Memory habits of a program that holds millions of small values for a few seconds."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Spare the search for cycles: millions of tuples, none of them in one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # What is left goes to the old generation at once, unsearched: after a cancel the
            # first small collection would otherwise look through all of it.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
