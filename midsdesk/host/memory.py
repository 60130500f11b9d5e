"""Keep the collector of reference cycles out of the way.

The game data are some million objects that stay until the end. Looking through them again and
again for cycles takes a tenth of a second each time, in the middle of whatever the user does.
"""

import gc

# Objects made before the young are looked through. Python's 700 is one calculation.
_YOUNG = 50_000


def settle() -> None:
    """Take everything that is in memory now as staying for good; call it when all is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
