"""Damaged texts over the readers of text forms: only a refusal may come out, and soon."""

import os
import random
import time
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midsdesk.errors import BuildFormatError
from midsdesk.formats import forms
from midsdesk.formats.forms import Form, Source
from tests.formats.whole_builds import CATALOG, make

TEXT_FORMS = (Form.REPORT, Form.GAME_TEXT, Form.NATIVE, Form.SHARE_CODE)
INPUTS = int(os.environ.get("MIDSDESK_FUZZ_INPUTS", "4000"))
_SIGNS = "\x00\x1b\t\n \u202e\ud7ffé😀0123456789-:;,.()[]{}<>\"'\\/|+*%&=#ABCabcLevel"
_CHUNKS = (
    "Level 99999999999: ",
    "Level 1:\t",
    "(A), (A), ",
    "-" * 80,
    "[" * 3000,
    "{" * 3000,
    '"' * 50,
    "1e999",
    "9" * 5000,
    "null",
    "[b][color=red]",
    "<br />&nbsp;",
    "MD1.999999.",
    "Acc-I:" + "9" * 300,
)


@cache
def _sound(form: Form, seed: int) -> str:
    build = make(seed, name="Ash", comment="x")
    return forms.write(build, form, CATALOG).decode()


def _damaged(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((0, 1, 1, 3, 40, 400)))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + text[end:]
        elif kind == 1:
            text = text[:at] + chance.choice(_SIGNS) + text[end:]
        elif kind == 2:
            text = text[:at] + chance.choice(_CHUNKS) + text[at:]
        elif kind == 3:
            text = text[:at] + text[at:end] * chance.choice((2, 3, 20)) + text[end:]
        else:
            other = chance.randrange(len(text) + 1)
            text = text[:at] + text[other : other + 60] + text[end:]
        if not text:
            return "x"
    return text


@pytest.mark.parametrize("form", TEXT_FORMS)
def test_damaged_texts_are_read_or_refused(form: Form) -> None:
    chance = random.Random(f"{form}{INPUTS}")
    read = forms.reader(form)
    refused = 0
    slowest = 0.0
    for number in range(INPUTS // len(TEXT_FORMS)):
        text = _damaged(_sound(form, number % 8), chance)
        start = time.process_time()
        try:
            read(Source(text.encode("utf-8", "replace"), text, form), CATALOG)
        except BuildFormatError:
            refused += 1
        slowest = max(slowest, time.process_time() - start)
    assert refused > 0
    assert slowest < 2


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(text=st.text(max_size=400), form=st.sampled_from(TEXT_FORMS))
def test_any_text_is_read_or_refused(text: str, form: Form) -> None:
    try:
        forms.reader(form)(Source(text.encode("utf-8", "replace"), text, form), CATALOG)
    except BuildFormatError as error:
        assert error.user_message


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.binary(max_size=300), form=st.sampled_from(TEXT_FORMS), seed=st.integers(0, 3))
def test_a_sound_text_with_foreign_bytes_is_read_or_refused(
    data: bytes, form: Form, seed: int
) -> None:
    sound = _sound(form, seed).encode()
    at = len(data) * 7 % max(1, len(sound))
    try:
        forms.read(sound[:at] + data + sound[at:], CATALOG)
    except BuildFormatError as error:
        assert error.user_message


MANY = 950_000
REPORT = "Hero Profile:\nAsh: Level 50 Magic Blaster\n"
GAME = "Ash: Level 50 Magic Class_Blaster\n\nCharacter Profile:\n"
NATIVE = '{"format": "mdbuild", "version": 1, "build": {"archetype": "Class_Blaster", "x": '


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(REPORT + "Level 1: x\n" + "<style>" * (MANY // 7), id="styles never closed"),
        pytest.param(REPORT + "Level 1:\tFlares\n(A) " + " - " * (MANY // 3), id="dashes"),
        pytest.param(REPORT + "Level 1:\tFlares\t" + "Qx(A), " * (MANY // 7), id="codes"),
        pytest.param(REPORT + "Level 1:\tFlares\n" * (MANY // 17), id="powers"),
        pytest.param(REPORT + ": Level 5 " * (MANY // 10), id="heads"),
        pytest.param(REPORT + "[b " * (MANY // 3), id="tags never closed"),
        pytest.param(GAME + "\tQuux_Zork_A (50)\n" * (MANY // 18), id="pieces"),
        pytest.param(GAME + "Level 1: A B C\n" + "\tCrafted_Apo_B (5)\n" * 40000, id="slots"),
        pytest.param(
            GAME
            + "".join(
                f"Level {n % 50}: Blaster_Ranged Fire_Blast Fla{n}rez\n\tCrafted_Ap{n}_B (1)\n"
                for n in range(500)
            ),
            id="unknown names",
        ),
        pytest.param(NATIVE + "[1," * 99_999 + "1" + "]" * 99_999 + "}}", id="nesting"),
        pytest.param(NATIVE + "[" + "1," * (MANY // 2) + "1]}}", id="numbers"),
        pytest.param("MD1.9. " * (MANY // 7), id="beginnings of codes"),
        pytest.param(f"MD1.{MANY}." + "A" * MANY, id="a long code"),
    ],
)
def test_absurd_texts_are_over_soon(text: str) -> None:
    start = time.process_time()
    try:
        forms.read(text.encode(), CATALOG)
    except BuildFormatError as error:
        assert error.user_message
    assert time.process_time() - start < 2
