from hypothesis import given
from hypothesis import strategies as st

from midsdesk.calc.facts import Answer
from midsdesk.calc.memo import IdentityMemo, Memo, TracedMemo


class Answers:
    """Facts that are a dictionary."""

    def __init__(self, **told: Answer) -> None:
        self.told = told

    def ask(self, kind: str, item: object = "") -> Answer:
        return self.told[kind]


def test_an_answer_is_computed_once() -> None:
    memo: Memo[str] = Memo(8)
    calls: list[int] = []

    def compute() -> str:
        calls.append(1)
        return "answer"

    assert memo.get("key", compute) == memo.get("key", compute) == "answer"
    assert len(calls) == 1


def test_the_older_half_goes_when_it_is_full() -> None:
    memo: Memo[int] = Memo(4)
    for key in range(5):
        memo.get(key, lambda key=key: key)  # type: ignore[misc]
    assert len(memo) == 2
    computed: list[int] = []
    for key in (3, 4):
        memo.get(key, lambda key=key: computed.append(key) or -1)  # type: ignore[misc,func-returns-value]
    assert computed == []


@given(st.lists(st.integers(0, 100), max_size=200), st.integers(2, 20))
def test_never_more_than_its_limit(keys: list[int], limit: int) -> None:
    memo: Memo[int] = Memo(limit)
    for key in keys:
        assert memo.get(key, lambda key=key: key * 2) == key * 2  # type: ignore[misc]
        assert len(memo) <= limit


def test_by_identity() -> None:
    memo: IdentityMemo[list[int], int] = IdentityMemo(2)
    one, equal = [1], [1]
    assert memo.get(one, len) == 1
    one.append(2)
    assert memo.get(one, len) == 1, "the very object is known, whatever it holds now"
    assert memo.get(equal, len) == 1
    assert len(memo) == 2
    memo.get([3], len)
    assert len(memo) <= 2


def test_traced_by_what_was_asked() -> None:
    memo: TracedMemo[str] = TracedMemo(8)
    calls: list[str] = []

    def answer(facts: Answers) -> str:
        def compute(asked: object) -> str:
            calls.append("computed")
            heard = asked.ask("light")  # type: ignore[attr-defined]
            return f"light is {heard}"

        return memo.get("key", facts, compute)  # type: ignore[arg-type]

    assert answer(Answers(light=True, other=1)) == "light is True"
    assert answer(Answers(light=True, other=2)) == "light is True"
    assert len(calls) == 1, "nobody asked for the other fact"
    assert answer(Answers(light=False, other=1)) == "light is False"
    assert answer(Answers(light=True, other=1)) == "light is True"
    assert len(calls) == 2, "both answers are still known"
    assert len(memo) == 2


def test_traced_forgets_the_eldest_of_many_answers() -> None:
    memo: TracedMemo[int] = TracedMemo(8)
    for value in range(20):
        memo.get("key", Answers(n=value), lambda asked: int(asked.ask("n")))  # type: ignore[arg-type]
    assert len(memo) == 8
    assert memo.find("key", Answers(n=19)) == 19  # type: ignore[arg-type]
    assert memo.find("key", Answers(n=0)) is None  # type: ignore[arg-type]
    for key in range(40):
        memo.get(key, Answers(n=key), lambda asked: int(asked.ask("n")))  # type: ignore[arg-type]
    assert len(memo) <= 8 + 8
