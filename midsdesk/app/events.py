"""The event hub: who wants to know is told, in the order they asked."""

from collections.abc import Callable
from typing import Generic, TypeVar

E = TypeVar("E")


class Hub(Generic[E]):
    """One kind of event and its listeners. Listeners may come and go while one is delivered."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[E], None]] = []

    def subscribe(self, listener: Callable[[E], None]) -> Callable[[], None]:
        """Call `listener` for every event from now on; returns what ends that."""
        self._listeners.append(listener)

        def cancel() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return cancel

    def emit(self, event: E) -> None:
        """Tell everybody."""
        for listener in tuple(self._listeners):
            listener(event)
