"""Make this checkout runnable: the environment in .venv, and on Linux the libraries that Qt needs.

`make setup`, `make run` and `make test` all start here. The first run installs what
requirements.lock names, hashes checked; later runs find their stamp and end at once.

Standard library only, for it runs before anything is installed. Needs Python 3.11 or newer and pip,
and takes every package through pip, so pip's own configuration on this machine is obeyed.
"""

import compileall
import contextlib
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "requirements.lock"
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP: Final = VENV / "setup-stamp.txt"

OLDEST_PYTHON: Final = (3, 11)
# From this version on, pip can install into an environment that has no pip of its own.
OLDEST_OUTER_PIP: Final = (22, 3)

# What Qt loads, and the Debian package that has it. Found by trying in a bare Debian 12.
QT_LIBRARIES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libbrotlidec.so.1": "libbrotli1",
}
# For windows under X11, and for the tests that open them under Xvfb. Without these the program
# still imports, computes and draws its preview picture, and those tests say why they skip.
X11_LIBRARIES: Final = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
X11_PROGRAMS: Final = {"Xvfb": "xvfb", "xauth": "xauth"}


class SetupError(Exception):
    """Setup cannot go on; the message says what the person at the keyboard can do."""


@dataclass(frozen=True)
class Missing:
    """What the machine lacks, as Debian packages."""

    needed: tuple[str, ...]
    useful: tuple[str, ...]


def main() -> int:
    """Set up what is missing, print what was done, and return the exit code."""
    try:
        if sys.version_info < OLDEST_PYTHON:
            raise SetupError(
                f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. "
                "Start again with a newer one: make PYTHON=python3.11"
            )
        complete = is_complete()
        if sys.platform == "linux":
            provide_system_libraries(first_time=not complete)
        if not complete:
            with only_one_setup():
                provide_environment()
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


# The environment -----------------------------------------------------------------------------


def fingerprint() -> str:
    """Return a text that changes when the environment has to be made again."""
    digest = hashlib.sha256()
    for file in (LOCK, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(file.read_bytes())
    # The folder is part of it: an editable install points at the checkout's own place.
    return f"{digest.hexdigest()} {sys.version_info[:2]} {ROOT}"


def is_complete() -> bool:
    """Tell whether the last setup ran to its end and nothing it depends on has changed since."""
    try:
        return PYTHON.exists() and STAMP.read_text(encoding="utf-8") == fingerprint()
    except OSError:
        return False


@contextlib.contextmanager
def only_one_setup() -> Iterator[None]:
    """Wait while another setup of this checkout is at work: the system ends the lock with it."""
    if os.name == "nt":
        yield
        return
    import fcntl  # noqa: PLC0415 - Windows has none

    with (ROOT / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def provide_environment() -> None:
    """Create .venv where it is missing or unusable, and fill it."""
    if is_complete():  # another setup did it while this one waited
        return
    started = time.monotonic()
    STAMP.unlink(missing_ok=True)
    if not environment_works():
        say("making .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(VENV)
    pip = find_pip()
    say("installing what requirements.lock names (one minute or so, the first time)")
    run_pip(pip, "--require-hashes", "-r", str(LOCK))
    run_pip(pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    for package in ("midsdesk", "importer"):
        compileall.compile_dir(ROOT / package, quiet=2, workers=1)
    STAMP.write_text(fingerprint(), encoding="utf-8")
    say(f"ready after {time.monotonic() - started:.0f} s")


def environment_works() -> bool:
    """Tell whether .venv runs, and runs the same series of Python (3.11, say) as this."""
    ask = "import sys; print(*sys.version_info[:2])"
    want = " ".join(map(str, sys.version_info[:2]))
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == want


def find_pip() -> list[str]:
    """Return the words that start a pip which installs into .venv.

    The pip of the Python that runs this is best: it costs nothing, and needs no `ensurepip`,
    which Debian leaves out. Else a pip already in .venv; else `ensurepip` puts one there.
    """
    outer = [sys.executable, "-m", "pip"]
    if pip_version(outer) >= OLDEST_OUTER_PIP:
        return [*outer, "--python", str(PYTHON)]
    inner = [str(PYTHON), "-m", "pip"]
    if not pip_version(inner):
        subprocess.run([PYTHON, "-m", "ensurepip", "--upgrade"], capture_output=True, check=False)
    if not pip_version(inner):
        raise SetupError(
            "pip is needed and this Python has none (on Debian: apt-get install python3-pip)."
        )
    return inner


def pip_version(pip: list[str]) -> tuple[int, ...]:
    """Return pip's version as numbers; empty if it does not run."""
    answer = subprocess.run([*pip, "--version"], capture_output=True, text=True, check=False)
    words = answer.stdout.split()
    if answer.returncode or len(words) < 2:
        return ()
    return tuple(int(part) for part in words[1].split(".")[:2] if part.isdigit())


def run_pip(pip: list[str], *arguments: str) -> None:
    """Install with pip; of its own words only errors go to the screen."""
    install = [*pip, "install", "-qq", "--no-input", "--no-user", "--disable-pip-version-check"]
    done = subprocess.run([*install, *arguments], check=False)
    if done.returncode:
        raise SetupError(
            "pip could not install the packages; its own message stands above. "
            "Without a network, point pip at a folder of wheels (PIP_NO_INDEX, PIP_FIND_LINKS)."
        )


# System libraries ----------------------------------------------------------------------------


def provide_system_libraries(*, first_time: bool) -> None:
    """Install the libraries that Qt needs, or name them.

    What is only useful is looked for the first time alone, so that a machine which cannot have
    it is not asked again at every start.
    """
    missing = missing_packages(useful_too=first_time)
    if not missing.needed and not missing.useful:
        return
    if may_install():
        install_debian_packages(missing)
        missing = missing_packages(useful_too=False)
    if missing.needed:
        raise SetupError(
            "Qt needs system libraries that are not here. On Debian or Ubuntu:\n"
            f"    sudo apt-get install --no-install-recommends {' '.join(missing.needed)}\n"
            "On another system, install what holds "
            + ", ".join(so for so, package in QT_LIBRARIES.items() if package in missing.needed)
            + "."
        )


def missing_packages(*, useful_too: bool) -> Missing:
    """Try to load each library and return the packages of those that are not there."""
    needed = [package for so, package in QT_LIBRARIES.items() if not loads(so)]
    useful = []
    if useful_too:
        useful = [package for so, package in X11_LIBRARIES.items() if not loads(so)]
        useful += [deb for program, deb in X11_PROGRAMS.items() if not shutil.which(program)]
    return Missing(tuple(needed), tuple(useful))


def loads(soname: str) -> bool:
    """Tell whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def may_install() -> bool:
    """Tell whether this process can install Debian packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian_packages(missing: Missing) -> None:
    """Install Debian packages; what does not go in is found by looking again.

    Two steps, so that a package some release does not have takes no needed one with it.
    """
    run_apt("update")
    for packages in (missing.needed, missing.useful):
        if packages:
            say(f"installing system libraries: {' '.join(packages)}")
            run_apt("install", "-y", "--no-install-recommends", *packages)


def run_apt(*arguments: str) -> None:
    """Run apt-get without questions; what it prints is shown only if it fails."""
    done = subprocess.run(
        ["apt-get", "-qq", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say(f"apt-get {arguments[0]} failed:\n{done.stdout.strip()}")


def say(text: str) -> None:
    """Report progress. On standard error: what a recipe prints stays its own."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
