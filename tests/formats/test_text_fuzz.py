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
        start = time.perf_counter()
        try:
            read(Source(text.encode("utf-8", "replace"), text, form), CATALOG)
        except BuildFormatError:
            refused += 1
        slowest = max(slowest, time.perf_counter() - start)
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
