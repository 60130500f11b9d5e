"""What the tree may hold, and what it may never name."""

import re
from pathlib import Path

import pytest

from tests.contracts.checkout import ROOT, files, texts

FOLDERS = {
    ".ci", ".github", "docs", "importer", "midsdesk", "packaging", "resources", "tests",
}  # fmt: skip
ROOT_FILES = {
    ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile",
    "README.md", "pyproject.toml", "requirements.lock",
}  # fmt: skip
LONGEST_IMPORTER_FILE = 500

# Put together here, so that this file does not hold what it looks for.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"),
        ("yarnpkg", "com"), ("deb", "debian", "org"), ("ftp", "debian", "org"),
        ("security", "debian", "org"), ("archive", "ubuntu", "com"), ("crates", "io"),
        ("anaconda", "org"), ("proxy", "golang", "org"), ("docker", "io"), ("ghcr", "io"),
    )
)  # fmt: skip
REGISTRY_OPTIONS = tuple("--" + name for name in ("index-url", "extra-index-url", "find-links"))
MACHINE_PATHS = tuple(
    "/" + "/".join(parts) + "/" for parts in (("work",), ("root",), ("opt", "pypi"))
)


def test_only_known_folders_and_files_stand_at_the_top() -> None:
    tops = {path.relative_to(ROOT).parts for path in files()}
    assert {parts[0] for parts in tops if len(parts) > 1} <= FOLDERS
    assert {parts[0] for parts in tops if len(parts) == 1} <= ROOT_FILES


def test_packaging_is_no_package() -> None:
    """With an `__init__.py` it would shadow the library of that name."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize(
    "needles",
    [
        pytest.param(REGISTRY_HOSTS, id="host of a package registry"),
        pytest.param(REGISTRY_OPTIONS, id="option that names a package index"),
        pytest.param(MACHINE_PATHS, id="path of one machine"),
    ],
)
def test_no_file_names(needles: tuple[str, ...]) -> None:
    found = re.compile("|".join(rf"(?<!\w){re.escape(needle)}" for needle in needles))
    named = {f"{name}: {hit[0]}" for name, text in texts() for hit in found.finditer(text)}
    assert not named


def test_no_file_names_this_checkout() -> None:
    """Outside an environment that somebody keeps at `/`, no file knows where it lies."""
    place = str(ROOT)
    assert [name for name, text in texts() if len(place) > 1 and place in text] == []


def test_importer_files_are_short() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in files()
        if path.suffix == ".py" and path.is_relative_to(ROOT / "importer")
    }
    assert _longer_than(LONGEST_IMPORTER_FILE, lengths) == {}


def _longer_than(limit: int, lengths: dict[Path, int]) -> dict[str, int]:
    return {path.name: lines for path, lines in lengths.items() if lines > limit}


def test_lock_has_hashes_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 40
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry for entry in entries if not re.match(r"[a-z0-9.-]+==[\w.+!]+ ", entry)] == []
    assert "://" not in text
