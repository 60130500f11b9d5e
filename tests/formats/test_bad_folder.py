"""The folder of malformed files, each answered as its README says, within its limits."""

import re
import subprocess
import sys
import time

import pytest

from midsdesk.errors import BuildFormatError
from midsdesk.formats import forms
from midsdesk.formats.issues import Severity
from midsdesk.rules.check import check
from tests.formats.whole_builds import CATALOG
from tests.helpers.builds import BUILDS
from tests.helpers.gamedata import packed_path
from tests.helpers.shared import needs_shared

pytestmark = needs_shared
BAD = BUILDS / "bad"
_ROW = re.compile(r"^\| (\d\d-[\w.-]+) \| (refuse|warn|lint) \|", re.MULTILINE)
VERDICTS = _ROW.findall((BAD / "README.md").read_text()) if BAD.is_dir() else []
# What the message or the notes must name, of what the README asks for.
NAMED = {
    "01": ["empty"], "02": ["not a build"], "03": ["cut short or damaged"],
    "04": ["line 8, column 3"], "05": ["not a build"], "06": ["damaged"],
    "07": ["“yes”", "fifty", "is no power"], "08": ["5000"],
    "09": ["120 slots", "first 6"], "10": ["Chocolate_Blast", "Fondue", "stays empty"],
    "11": ["Crafted_Teapot_A"], "12": ["Praetorian", "PlusNine", "UltraO"], "13": ["Rebirth"],
    "14": ["2031.12.1", "newer"], "15": ["control characters"], "16": ["twice", "2147483647"],
    "17": ["which program"], "18": ["Class_Sorcerer"], "19": ["game database"],
    "20": ["no build"], "21": ["hold no build"], "22": ["“G”", "character 301"],
    "23": ["odd number"], "24": ["737 of 1558"], "25": ["end early"], "26": ["damaged"],
    "27": ["999,999,999"], "28": ["2,000 bytes declared"], "29": ["2,147,483,648 powers"],
    "30": ["-6 powers"], "31": ["newer program", "9.9"], "32": ["impossible version"],
    "33": ["Class_Plumber"], "34": ["50000", "60000"], "35": ["2,147,483,647"],
    "36": ["25 powers", "lost"], "37": ["“*”", "Base64"], "38": ["damaged"], "39": ["damaged"],
    "40": ["expand"], "41": ["no data"], "42": ["incomplete"], "43": ["kept on a server"],
    "44": ["too old"], "45": ["level, origin and class"],
    "46": ["“99”", "Snowball", "Crafted_Mystery_A", "+9", "rule"], "47": ["removed"],
    "48": ["no build"],
}  # fmt: skip


def test_every_file_of_the_folder_has_a_verdict() -> None:
    files = {each.name for each in BAD.iterdir()} - {"README.md"}
    assert {name for name, _ in VERDICTS} == files
    assert {name[:2] for name in files} == set(NAMED)


@pytest.fixture(scope="module")
def warm() -> None:
    """Loads what every reading needs of the catalog, so that a test measures its file alone."""
    for name in ("blaster-fire-energy-3.20.mxd", "blaster-fire-energy.game.txt"):
        forms.read((BUILDS / name).read_bytes(), CATALOG, name)


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(("name", "verdict"), VERDICTS, ids=lambda each: each[:24])
def test_it_is_answered_as_its_readme_says(name: str, verdict: str) -> None:
    data = (BAD / name).read_bytes()
    begun = time.process_time()
    if verdict == "refuse":
        with pytest.raises(BuildFormatError) as caught:
            forms.read(data, CATALOG, name)
        said = caught.value.user_message
    else:
        reading = forms.read(data, CATALOG, name)
        told = [issue for issue in reading.issues if issue.severity != Severity.INFO]
        assert told or (verdict == "lint" and check(reading.build, CATALOG))
        said = " ".join(map(str, told))
        assert sum(not entry.is_empty for entry in reading.build.picks) >= 17
    assert time.process_time() - begun < 1.0
    assert all(word in said for word in NAMED[name[:2]]), said
    assert said.isprintable()
    assert "Error" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_the_whole_folder_stays_within_its_memory() -> None:
    """One program over all of it: no file makes it grow beyond 256 MB, none stops the rest."""
    program = (
        "import pathlib, sys\n"
        "from midsdesk.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(status.partition('VmHWM:')[2].split()[0])\n"
        "sys.exit(code)\n"
    )
    words = ["inspect", str(BAD), "--data", str(packed_path())]
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert int(done.stdout.split()[-1]) < 256 * 1024
    good = sum(verdict != "refuse" for _, verdict in VERDICTS)
    assert f"{good} of {len(VERDICTS) + 1} files hold a build." in done.stdout
    assert "Traceback" not in done.stderr
