"""The export's language: texts to trees and back."""

import pytest

from importer.expressions import FALSE, both, fold, is_read, number, parse, to_text

TEXTS = (
    "target>enttype eq 'critter'",
    "!source.ownPower?(A.B.C) && (source.ownPowerNum?(a.b.c) == 3)",
    "minmax(5 * target>kHitPoints% / 2 - 25, 0, 100) < 100 * rand()",
    "Ne(@CustomFX, '*null*') || Source.Mode?(kFastMode)",
    "$archetype == @Class_Hyper-Advanced_Clockwork",
    "(mapname> eq 'Nova Praetoria') && auth>Preorder:BestBuy",
    "(Pool.A.B + Pool.A.C + Pool.A.D) > 1",
    "0.066 * power.base>activatetime / power.base>areafactor",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_tree_gives_a_text_that_gives_the_tree(text: str) -> None:
    tree = parse(text)
    assert is_read(tree)
    assert parse(to_text(tree)) == tree


@pytest.mark.parametrize("text", ["a &&", "(a", "a b", "&", "f(a,", "'open", "#"])
def test_what_nobody_can_read_is_kept_as_text(text: str) -> None:
    assert parse(text) == ("text", text)


def test_nesting_without_end_is_no_crash() -> None:
    assert not is_read(parse("(" * 5000 + "a" + ")" * 5000))


def test_multiplication_binds_before_comparison_and_and_before_or() -> None:
    assert parse("a || b && c > 2 * 3") == (
        "||",
        ("name", "a"),
        ("&&", ("name", "b"), (">", ("name", "c"), ("*", ("num", 2.0), ("num", 3.0)))),
    )


def test_both_leaves_out_what_is_not_there() -> None:
    assert both(None, FALSE) == FALSE
    assert both(FALSE, None) == FALSE
    assert both(("name", "a"), FALSE) == ("&&", ("name", "a"), FALSE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3 * 4", 14.0),
        ("-5 - 1", -6.0),
        ("minmax(7, 0, 3)", 3.0),
        ("8 / 0", 0.0),
        ("a + 1", None),
        ("minmax(a, 0, 1)", None),
        ("rand()", None),
    ],
)
def test_arithmetic(text: str, expected: float | None) -> None:
    assert number(parse(text), lambda _: None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.5 * power.base>activatetime", (1.0, 0.0)),
        ("@StdResult * 0.3 + 1", (1.0, 0.3)),
        ("minmax(@StdResult, 0, 1)", None),
        ("@StdResult * @StdResult", None),
        ("@StdResult * source>kHitPoints%", None),
    ],
)
def test_fold_counts_out_what_follows_from_the_power(
    text: str, expected: tuple[float, float] | None
) -> None:
    found = fold(parse(text), {"power.base>activatetime": 2.0})
    assert found is None if expected is None else found == pytest.approx(expected)
