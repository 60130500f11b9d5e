"""Coverage-guided fuzzing of the readers with Atheris: only a validation error may come out.

`make fuzz-guided`; needs Linux on x86-64. `python -m tests.fuzz.guided builds -runs=100000` takes
libFuzzer's own options; a crash leaves its input in the current folder.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["midsdesk", "importer"]):
    from importer.mhd.folder_files import decode_file
    from midsdesk.errors import BuildFormatError, SourceFormatError
    from midsdesk.formats import forms

from tests.formats.whole_builds import CATALOG, make
from tests.helpers.data_folder import small_files


def builds(data: bytes) -> None:
    """Feed the one reader of builds."""
    try:
        forms.read(data, CATALOG)
    except BuildFormatError:
        return


_KINDS = tuple(small_files(0))


def data_files(data: bytes) -> None:
    """Feed the codec of database files; the first byte chooses the kind."""
    if not data:
        return
    try:
        decode_file("file", _KINDS[data[0] % len(_KINDS)], data[1:])
    except SourceFormatError:
        return


TARGETS: dict[str, Callable[[bytes], None]] = {"builds": builds, "data": data_files}


def _seeds(folder: Path) -> None:
    """Write sound builds of every form that can be read, as a start."""
    folder.mkdir(parents=True, exist_ok=True)
    for form in set(forms.WRITERS) & set(forms.READERS):
        (folder / form.name.lower()).write_bytes(forms.write(make(1), form, CATALOG))


def main() -> None:
    """Run one target until libFuzzer's options end it."""
    name = sys.argv[1] if len(sys.argv) > 1 else "builds"
    corpus = Path("build") / "fuzz" / name
    if name == "builds":
        _seeds(corpus)
    else:
        corpus.mkdir(parents=True, exist_ok=True)
    atheris.Setup([sys.argv[0], str(corpus), *sys.argv[2:]], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
