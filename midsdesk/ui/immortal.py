"""Keeps the interpreter's singletons alive under Qt on Python 3.11."""

import ctypes
import sys

_PLENTY = 1 << 40
_SINGLETONS = (None, True, False, NotImplemented, ...)


def keep_none_alive() -> None:
    """Give `None`, `True` and the like so many references that they never run out; harmless twice.

    WORKAROUND PySide6 6.12.0 on Python 3.11: may go when 3.12 is the oldest Python, or when
    PySide6 counts again. Measured: every Qt method without a result gives back a reference to
    `None` it never took, and answers of yes and no do the same to `True` and `False`, since the
    wheel is built for interpreters whose singletons are immortal (PEP 683). After some ten
    thousand calls, that is seconds of painting, the interpreter dies with "none_dealloc:
    deallocating None".
    """
    if sys.version_info >= (3, 12):
        return
    for thing in _SINGLETONS:
        if sys.getrefcount(thing) < _PLENTY // 2:
            ctypes.c_ssize_t.from_address(id(thing)).value += _PLENTY
