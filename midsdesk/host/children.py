"""Child processes: finding a sibling program, reading its JSON lines, ending it."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from midsdesk.errors import InternalError

_END_S = 0.25
_KEPT_ERROR_TEXT = 4000


def importer_command() -> list[str]:
    """How to start `midsdesk-import`: beside the frozen program, else as a module."""
    if getattr(sys, "frozen", False):
        suffix = ".exe" if sys.platform == "win32" else ""
        sibling = Path(sys.executable).with_name(f"midsdesk-import{suffix}")
        return [str(sibling)]
    return [sys.executable, "-m", "importer"]


class Child:
    """One running child. `run` blocks, `cancel` may come from another thread."""

    def __init__(self, command: Sequence[str], cwd: Path | None = None) -> None:
        self._command = list(command)
        self._cwd = cwd
        self._process: subprocess.Popen[str] | None = None
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """End the child at once; `run` then returns."""
        self._cancelled.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                process.kill()

    def run(self, on_object: Callable[[dict[str, Any]], None]) -> tuple[int, str]:
        """Run to the end, giving each JSON object of its output to `on_object`.

        Lines that are no JSON object are passed over.

        Returns:
            Exit code, and the end of its error output.

        Raises:
            InternalError: The program cannot be started.
        """
        if self._cancelled.is_set():
            return 130, ""
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program
                self._command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                cwd=self._cwd,
            )
        except OSError as cause:
            raise InternalError(
                f"{self._command[0]} could not be started; install midsdesk again."
            ) from cause
        self._process = process
        if self._cancelled.is_set():
            self.cancel()
        errors: list[str] = []
        reader = threading.Thread(target=_drain, args=(process, errors), daemon=True)
        reader.start()
        with process:
            try:
                assert process.stdout is not None
                for line in process.stdout:
                    _deliver(line, on_object)
            except BaseException:
                self.cancel()
                raise
            finally:
                reader.join()
        return process.returncode, "".join(errors)[-_KEPT_ERROR_TEXT:]


def _drain(process: subprocess.Popen[str], errors: list[str]) -> None:
    if process.stderr is not None:
        errors.extend(process.stderr)


def _deliver(line: str, on_object: Callable[[dict[str, Any]], None]) -> None:
    try:
        value = json.loads(line)
    except ValueError:
        return
    if isinstance(value, dict):
        on_object(value)
