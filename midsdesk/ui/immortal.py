"""Keeps the interpreter's `None` alive under Qt on Python 3.11."""

import ctypes
import sys

_PLENTY = 1 << 40


def keep_none_alive() -> None:
    """Give `None` so many references that it can never run out of them; harmless twice.

    WORKAROUND PySide6 6.12.0 on Python 3.11: may go when 3.12 is the oldest Python, or when
    PySide6 counts again. Measured: every Qt method without a result gives back a reference to
    `None` it never took, since the wheel is built for interpreters whose `None` is immortal
    (PEP 683). After some ten thousand calls, that is seconds of painting, the interpreter dies
    with "none_dealloc: deallocating None".
    """
    if sys.version_info < (3, 12) and sys.getrefcount(None) < _PLENTY // 2:
        ctypes.c_ssize_t.from_address(id(None)).value += _PLENTY
