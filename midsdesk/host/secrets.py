"""Secrets of the user: in the system's keyring; where there is none, in memory only, and said.

A keyring may ask the user, or hang: it is called on a thread with a limit of time. Never a file.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final, TypeVar

log = logging.getLogger("midsdesk.host")
T = TypeVar("T")
_LIMIT_S: Final = 5.0
_SERVICE: Final = "midsdesk"
# Backends that forget at once, and those that would ask on a terminal or write plain files.
_USELESS: Final = ("keyring.backends.fail", "keyring.backends.null", "keyrings.")


class Secret:
    """One secret under a name. Fulfils `midsdesk.sync.ports.TokenStore`."""

    def __init__(self, name: str, limit_s: float = _LIMIT_S) -> None:
        self._name = name
        self._limit_s = limit_s
        self._memory: str | None = None
        self._lasting = self._within(_usable, False)

    @property
    def lasting(self) -> bool:
        """Whether it will still be there after the program has ended."""
        return self._lasting

    def read(self) -> str | None:
        """The secret."""
        if self._memory is None and self._lasting:
            self._memory = self._within(self._read, None)
        return self._memory

    def write(self, secret: str) -> None:
        """Keep a secret; has done so when it returns."""
        self._memory = secret
        if self._lasting and not self._within(lambda: self._write(secret), False):
            log.warning("the keyring does not keep the sign-in; it lasts as long as the program")
            self._lasting = False

    def forget(self) -> None:
        """Keep none."""
        self._memory = None
        if self._lasting:
            self._within(self._forget, None)

    def _read(self) -> str | None:
        import keyring  # noqa: PLC0415 - loaded when it is needed, not at every start

        return keyring.get_password(_SERVICE, self._name)

    def _write(self, secret: str) -> bool:
        import keyring  # noqa: PLC0415

        keyring.set_password(_SERVICE, self._name, secret)
        return keyring.get_password(_SERVICE, self._name) == secret

    def _forget(self) -> None:
        import keyring  # noqa: PLC0415

        keyring.delete_password(_SERVICE, self._name)

    def _within(self, work: Callable[[], T], otherwise: T) -> T:
        """Do something with the keyring, within the limit of time."""
        found = [otherwise]

        def run() -> None:
            try:
                found[0] = work()
            except Exception as error:  # noqa: BLE001 - backends raise what they like
                log.info("the keyring failed: %s", type(error).__name__)

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._limit_s)
        return otherwise if thread.is_alive() else found[0]


def _usable() -> bool:
    import keyring  # noqa: PLC0415

    backend = type(keyring.get_keyring())
    name = f"{backend.__module__}.{backend.__qualname__}"
    return not name.startswith(_USELESS)
