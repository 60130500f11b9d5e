import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from midsdesk.app.exports import TARGETS, target_for, target_named
from midsdesk.cli import convert_files
from midsdesk.cli.convert_files import Failures, Targets, each, safe_stem
from midsdesk.cli.main import main
from midsdesk.errors import BuildFormatError, ValidationError
from midsdesk.formats import forms, mbd, share_code
from midsdesk.formats.forms import Form
from tests.formats.whole_builds import CATALOG, make
from tests.helpers.gamedata import packed_path

Command = Callable[..., int]


@pytest.fixture
def run() -> Command:
    def command(*args: object) -> int:
        words = [str(each) for each in args]
        return main([*words, "--data", str(packed_path())])

    return command


@pytest.fixture
def builds(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"build {number}.mbd" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(mbd.encode(make(number, name=f"Ash {number}"), CATALOG))
    return paths


@pytest.mark.parametrize("name", TARGETS)
def test_every_form_is_written(name: str, run: Command, builds: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = run("convert", *builds, out, "--to", name, "--totals", "--bonuses", "--code", "--quiet")
    written = sorted(out.iterdir())
    if name == "link":  # some builds are too long for one
        assert len(written) == 3 - (code != 0) * (3 - len(written))
    else:
        assert (code, len(written)) == (0, 3)
    form = TARGETS[name].form
    for number, path in enumerate(written):
        assert path.stat().st_size > 100
        if form is not None and forms.carries(form).read and not name.startswith("qr"):
            reading = forms.read(path.read_bytes(), CATALOG)
            assert reading.build.archetype == make(number).archetype


def test_one_bad_file_does_not_stop_the_rest(
    run: Command, builds: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builds[1].write_text("no build at all")
    out = tmp_path / "out"
    missing = tmp_path / "missing.mbd"
    assert run("convert", *builds, missing, out, "--to", "mdbuild") == 3
    assert [each.name for each in sorted(out.iterdir())] == ["build 0.mdbuild", "build 2.mdbuild"]
    said = capsys.readouterr().err
    assert "2 of 4 files converted, 2 failed." in said
    assert "build 1.mbd: There is no build in this" in said
    assert "does not exist" in said


def test_to_one_file_by_its_ending(run: Command, builds: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "ash.mdbuild"
    assert run("convert", builds[0], out) == 0
    assert forms.read(out.read_bytes(), CATALOG).build == make(0, name="Ash 0")
    assert run("convert", builds[0], out) == 1  # it is there already
    assert run("convert", builds[0], out, "--force") == 0
    assert run("convert", builds[0], builds[0], "--force") == 1  # over itself
    assert run("convert", builds[0], tmp_path / "ash.docx") == 1
    assert run("convert", builds[0]) == 1
    assert run("convert", builds[0], tmp_path / "x.mbd", "--to", "docx") == 1
    assert run("convert", builds[0], builds[1], builds[2]) == 1  # two into one file


def test_a_folder_goes_to_a_folder_and_names_never_meet(
    run: Command, builds: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "build 0.txt").write_text(share_code.encode(make(7)))
    (other / ".hidden").write_text("x")
    out = tmp_path / "out"
    assert run("convert", builds[0], other, f"{out}/", "--quiet") == 0
    assert sorted(each.name for each in out.iterdir()) == ["build 0 (2).mbd", "build 0.mbd"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("convert", empty, out) == 1


def test_to_the_console_and_from_it(
    run: Command,
    builds: list[Path],
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run("convert", builds[0], "-", "--to", "share-code") == 0
    code = capsysbinary.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(code)))
    assert run("convert", "-", "-") == 0
    assert capsysbinary.readouterr().out == builds[0].read_bytes()


def test_what_a_form_does_not_hold_is_told(
    run: Command, builds: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("convert", builds[0], tmp_path / "a.report.txt") == 0
    assert "a report does not hold" in capsys.readouterr().err


def test_inspect(
    run: Command, builds: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.mbd"
    bad.write_text("x\x1b[31m")
    assert run("inspect", *builds, bad, "--json") == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.get("form") for row in rows] == ["mbd", "mbd", "mbd", None]
    assert rows[0]["name"] == "Ash 0"
    assert len(rows[0]["picks"]) == 24
    assert rows[3]["error"]["code"] == "MD-VAL-010"
    assert run("inspect", *builds, bad) == 1
    said = capsys.readouterr()
    assert "3 of 4 files hold a build." in said.out
    assert "\x1b" not in said.out + said.err


def test_inspect_shows_what_is_doubtful(
    run: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text.txt"
    text = forms.write(make(3, name="Ash"), Form.GAME_TEXT, CATALOG).decode()
    first = next(line for line in text.splitlines() if line.startswith("\tCrafted_"))
    path.write_text(text.replace(first.split(" ")[0], "\tCrafted_Apocalypze_B", 1))
    assert run("inspect", path) == 0
    assert "“Crafted_Apocalypze_B” may be Apocalypse" in capsys.readouterr().out
    assert run("inspect", path, "--json") == 0
    (choice,) = json.loads(capsys.readouterr().out)["choices"]
    assert choice["candidates"][0]["id"] == "Crafted_Apocalypse_B"


def test_check(run: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    legal = tmp_path / "legal.mbd"
    sample = Path(__file__).parents[3] / "resources" / "samples" / "quiet-harbor.mbd"
    legal.write_bytes(sample.read_bytes())
    assert run("check", legal) == 0
    assert "legal.mbd: legal" in capsys.readouterr().out
    illegal = tmp_path / "illegal.mbd"
    illegal.write_bytes(sample.read_bytes().replace(b'"Level": 49,', b'"Level": 2,'))
    assert run("check", legal, illegal, tmp_path / "none.mbd") == 3
    assert "1 of 3 legal, 1 illegal, 1 unreadable." in capsys.readouterr().out
    assert run("check", illegal, "--json") == 1
    row = json.loads(capsys.readouterr().out)
    assert row["legal"] is False
    assert row["violations"][0]["reason"]
    assert run("check", tmp_path / "none.mbd", "--json") == 3
    assert "does not exist" in json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("..\\..\\x", "x"),
        ("a:b*c?.", "a b c"),
        ("CON", "CON build"),
        ("lpt1.x", "lpt1.x build"),
        ("", "build"),
        ("\x00\x1b", "build"),
        ("é" * 300, "é" * 100),
    ],
)
def test_names_of_files_are_safe(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


def test_targets_by_ending_and_name() -> None:
    assert target_for("x.REPORT.txt") is TARGETS["report"]
    assert target_for("x.mxd") is TARGETS["mxd"]
    assert target_for("x.unknown") is None
    assert target_named("Share_Code") is TARGETS["share-code"]
    with pytest.raises(ValidationError, match="No form is called"):
        target_named("x")


def test_progress_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    failures = Failures(quiet=True)

    def work(path: Path) -> None:
        if path.name == "1":
            raise BuildFormatError("x")
        if path.name == "2":
            raise OSError(5, "no luck")

    each([Path(str(number)) for number in range(30)], work, failures, out)
    assert "25/30" in out.getvalue()
    assert out.getvalue().endswith("30/30\n")
    assert (failures.count, failures.worst) == (2, 3)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="could not be written"):
        convert_files.write_beside(tmp_path / "no" / "where.mbd", b"x")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ValidationError, match="need a folder"):
        Targets(tmp_path / "file", [Path("a"), Path("b")], force=False)


def test_inspect_tells_every_line_or_field(
    run: Command, builds: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "text.txt"
    text.write_bytes(forms.write(make(0, name="Ash"), Form.GAME_TEXT, CATALOG))
    assert run("inspect", builds[0], text, "--report") == 0
    out = capsys.readouterr().out
    assert "[understood] Name: Ash 0 -> Ash 0" in out
    assert "[understood] line 1: Ash: Level" in out
    assert run("inspect", builds[0], "--report", "--json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    rows = json.loads(line)["report"]
    assert rows[0]["place"] == "Name"
    assert {row["mark"] for row in rows} <= {"understood", "note"}
