import base64
import hashlib
import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midsdesk.errors import BuildFormatError, ValidationError
from midsdesk.formats import forms, mbd, share_code, share_qr
from midsdesk.formats.forms import Form
from midsdesk.formats.share_bytes import from_bytes, to_bytes, words
from tests.formats.qr_reading import decoded
from tests.formats.whole_builds import BUILDS, CATALOG, make
from tests.helpers.builds import SAMPLES, sample
from tests.helpers.gamedata import ROOT
from tests.helpers.shared import needs_shared

SOME = settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
LONGEST = 1200

# The words and the preset of version 1, as they were shipped. A change breaks every code there is.
WORDS_HASH = "4c4d06754406536dc076bc16521e0d49481ed3c361b0e9f03e5fbd604398f487"
PRESET_HASH = "c239ded2b371c938393a3f15eb146c12d224511f940462c1205123a73abfca15"
# A code of the first version: it opens for ever.
OLD_CODE = (
    "MD1.843.20ydnFVTW2sTURDeib2EIiJSihQtBwRRWivZ2tbLi3s7SS_WttaYFK2dszmbzWWzMUkpRZTNGhNBfBF_"
    "g3_Av2AfxB8g-OSDWh8VX0QQnE1Loy9nme98M9_Mt2fmmteaM0oq3A7Lm-FGmA7Xw2zzR4YrrbsATmJqanp6VtOD"
    "pKPphmlxDi0DwE7MXtH1oCA0rgcualwJf8XAUQk0TWJ_7LHNPpCXOE-ljEO-0Ch3DB1-pP16AMTMvGYG40JKpZ_q"
    "fI8r9uX5RWK867LHUaaU1r0hxdEWl5aWlzUj4AfVh64DCfCjIIxVEo1K8L72w2OAFoWjuEPRo-Mgk6tra2mS923K"
    "M4Ii6sN68Bmj7qwTYM-l04ezRF31tR8Pg72QyRyie2gRNzkC9o1Mdh89mABa8ydB3MyS3gVRqZBrG6PgrGQRURDl"
    "jex2qgenUfL-9stTIG4J3QgkWtRCgVpQWvfHwLktcrkccYM_PePmGNh3pPxPTmltngFnPZ_Pu66mN0d67NRZkLZb"
    "LBapiLuvygefvDqvoKN1TeQD7ecTYBdKJf3fXzDQfnERRNmL_EY6VMIGn75NgF3xffJsFymd4Y4ebKG-YMY7EsCK"
    "dwQomODxzvvoGw2PFUI_xBRUCf0SA1T3UYr2DqJzWKXoawxsteQZUUECPyE3gjryIbr6Fl15PnWx27WdZM34s2kV"
    "6LSis_NbhfLKVkE2WApr9NL1Yu9FF7pPOqFOJn4-WHMlq6NXLUsmaFNyrOFigxFP1tk2bQ3zaFlysl66yqp-vdCg"
    "TcEyy0lHVuqSEbURFfAdysHqBKuRtVjLS-bUfI8tbtkl5jtdThI9UZa1yb8"
)


def test_the_words_never_change() -> None:
    text = "\n".join(words()).encode()
    assert hashlib.sha256(text).hexdigest() == WORDS_HASH
    assert hashlib.sha256(share_code.PRESET).hexdigest() == PRESET_HASH


def test_a_code_of_the_first_version_opens() -> None:
    harbor = mbd.decode((ROOT / "resources/samples/quiet-harbor.mbd").read_bytes(), CATALOG)[0]
    assert share_code.decode(OLD_CODE, CATALOG) == harbor


@SOME
@given(build=BUILDS)
def test_nothing_is_lost(build: Any) -> None:
    code = share_code.encode(build)
    reading = forms.read(share_code.link(code).encode(), CATALOG)
    assert reading.form == Form.SHARE_CODE
    assert reading.build == build
    assert share_code.encode(reading.build) == code


@needs_shared
@pytest.mark.parametrize("name", SAMPLES)
def test_samples_fit_and_come_back(name: str) -> None:
    build = sample(name)
    code = share_code.encode(build)
    assert len(code) <= LONGEST
    assert share_code.decode(code, CATALOG) == build
    assert decoded(share_qr.made(share_code.link(code))) == share_code.link(code)


def test_our_own_sample_fits() -> None:
    assert len(OLD_CODE) <= LONGEST


CODE = share_code.encode(make(3, name="Ash"))
BODY = CODE.rpartition(".")[2]


@pytest.mark.parametrize(
    "text",
    [
        f"Look at this: {CODE}",
        f"midsdesk://build/{CODE}",
        f"<{CODE}>",
        "\n".join(CODE[at : at + 60] for at in range(0, len(CODE), 60)),
    ],
)
def test_found_in_other_text(text: str) -> None:
    assert forms.read(text.encode(), CATALOG).build == make(3, name="Ash")


def coded(data: bytes, *, check: int | None = None) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, share_code.PRESET)
    check = zlib.crc32(data) if check is None else check
    raw = check.to_bytes(4, "big") + packer.compress(data) + packer.flush()
    body = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return f"MD1.{len(body)}.{body}"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (CODE[:-40], rf"incomplete: {len(BODY) - 40} of {len(BODY)} characters"),
        (CODE.replace("MD1", "MD2"), "newer program .version 2; this one reads up to 1"),
        (CODE.replace("MD1.", "MD1.x"), "beginning is not whole"),
        (CODE.replace("MD1", "MD0"), "beginning is not whole"),
        ("MD1.20.AAAAAAAAAAAAAAAAAAAA", "damaged"),
        ("MD1.4.AAAA" + "A" * 20, "too short"),
        (coded(to_bytes(["x"]), check=5), "checksum is wrong"),
        (coded(to_bytes(["Class_Blaster"])), "sound, but holds no build|no archetype|x"),
        (coded(to_bytes("x")), "sound, but holds no build"),
        (coded(to_bytes(["Class_Sorcerer", "Magic"])), "no archetype “Class_Sorcerer”"),
        (coded(b"\x9f" * 40), "sound, but holds no build"),
        (coded(b"\0" * 3_000_000), "more than any build needs"),
        (coded(b"\x41" * 500), "sound, but holds no build"),
    ],
)
def test_refused(code: str, message: str) -> None:
    if message.endswith("|x"):
        assert share_code.decode(code, CATALOG).archetype == "Class_Blaster"
        return
    with pytest.raises(BuildFormatError, match=message):
        share_code.decode(code, CATALOG)


@pytest.mark.parametrize("at", range(10, len(CODE) - 2, 37))
def test_one_wrong_character_is_found(at: int) -> None:
    other = "A" if CODE[at] != "A" else "B"
    with pytest.raises(BuildFormatError, match="damaged"):
        share_code.decode(f"{CODE[:at]}{other}{CODE[at + 1 :]}", CATALOG)


def test_several_codes_in_one_text_are_told() -> None:
    reading = forms.read(f"{CODE} and {share_code.encode(make(4))}".encode(), CATALOG)
    assert "several codes" in str(reading.issues[-1])


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.integers(-(2**30), 2**30) | st.text(max_size=80) | st.sampled_from(words()[::97]),
    lambda inner: st.lists(inner, max_size=40),
    max_leaves=60,
)


@settings(suppress_health_check=list(HealthCheck))
@given(value=VALUES)
def test_values_come_back_from_their_bytes(value: Any) -> None:
    assert from_bytes(to_bytes(value)) == value


@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    try:
        from_bytes(data)
    except (ValueError, LookupError):
        return


def test_pictures() -> None:
    assert b"<svg" in share_qr.svg("midsdesk://build/x")[:200]
    assert share_qr.png("midsdesk://build/x").startswith(b"\x89PNG")
    with pytest.raises(ValidationError, match="too long for a QR code"):
        share_qr.made("x" * 3000)
