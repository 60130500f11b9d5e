"""Feed damaged builds of every form to the one reader: only `BuildFormatError` may come out.

`python -m tests.fuzz.builds --inputs 1000000 --seed 7`; a failure prints what to reproduce it with.
Texts are damaged as they are, and below their packing: binaries, JSON and BSON are damaged and
packed again with sizes and checks that agree, so that the damage gets inside.
"""

import argparse
import base64
import copy
import json
import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import brotli  # type: ignore[import-untyped]

from midsdesk.errors import BuildFormatError
from midsdesk.formats import blocks, chunk, forms, links, mbd, mxd_write
from tests.formats.whole_builds import CATALOG, make
from tests.fuzz.codec import mutate

SLOWEST_S = 2.0
_BUILDS = 6
Wrap = Callable[[bytes], bytes]


@dataclass
class Outcome:
    """What a run found."""

    inputs: int = 0
    refused: int = 0
    slowest_s: float = 0.0
    slowest: str = ""
    forms: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def _as_is(data: bytes) -> bytes:
    return data


def _block(data: bytes) -> bytes:
    packed = blocks.pack(data)
    header = f"|MxDz;{packed.size};{packed.packed_size};{len(packed.digits)};HEX;|"
    return f"{header}\r\n{blocks.frame(packed.digits)}".encode()


def _bare_block(data: bytes) -> bytes:
    header = f"|MxDu;{len(data)};{len(data)};{2 * len(data)};HEX;|"
    return f"{header}\n{blocks.frame(data.hex())}".encode()


def _link(data: bytes) -> bytes:
    packed = blocks.pack(data)
    sizes = f"uc={packed.size}&c={packed.packed_size}&a={len(packed.digits)}"
    return f"{links.BASE}?{sizes}&f=HEX&dc={packed.digits}".encode()


def _chunk(data: bytes) -> bytes:
    packed = brotli.compress(data, quality=1)
    digits = base64.b64encode(packed).decode()
    header = f"|MBD;{len(data)};{len(packed)};{len(digits)};BASE64;|"
    return f"{header}\r\n{blocks.frame(digits)}".encode()


def _share_text(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, quality=1)
    return base64.b64encode(packed)


def _bson_text(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, quality=1)
    return b"HEX;" + packed.hex().encode() + b";MBD"


def _bases() -> list[tuple[bytes, tuple[Wrap, ...]]]:
    """Sound contents, each with the packings it is fed in after it was damaged."""
    packings = (_as_is, _block, _bare_block, _link)
    found: list[tuple[bytes, tuple[Wrap, ...]]] = []
    for seed in range(_BUILDS):
        build = make(seed, name="Ash", comment="one\ntwo")
        for version in mxd_write.MxdVersion:
            found.append((mxd_write.binary(build, CATALOG, version), packings))
            found.append((mxd_write.encode(build, CATALOG, version, "Hero"), (_as_is,)))
        found.append((mxd_write.block(build, CATALOG).encode(), (_as_is,)))
        found.append((mbd.encode_compact(build, CATALOG), (_as_is, _chunk, _share_text)))
        found.append((mbd.encode(build, CATALOG), (_as_is,)))
        found.append((chunk.encode(build, CATALOG).encode(), (_as_is,)))
        found.append((links.encode(build, CATALOG).encode() or b"x?dc=00", (_as_is,)))
    found.append((_BSON, (_bson_text,)))
    return found


# {"Class": "Class_Blaster", "PowerEntries": [{"Level": 1}], "Level": 1.5, "Name": null}
_BSON = bytes.fromhex(
    "5900000002436c617373000e000000436c6173735f426c61737465720004506f776572456e74726965730018"
    "00000003300010000000104c6576656c00010000000000014c6576656c00000000000000f83f0a4e616d6500"
    "00"
)


_HOSTILE: tuple[Any, ...] = (
    None, True, -1, 0, 1, 49, 2**31, 10**30, 1.5, "", "x", "\x00", "\ud800", "../../x", "9" * 400,
    "x" * 70_000, [], {}, [[]] * 40, {"Uid": "Crafted_"}, {"Uid": "x" * 300}, [None] * 600,
)  # fmt: skip


def _wrong_value(value: Any, rng: random.Random) -> bytes:
    """The JSON of a build with one to three values exchanged for hostile ones."""
    root = copy.deepcopy(value)
    for _ in range(rng.randint(1, 3)):
        at: Any = root
        while at and isinstance(at, (dict, list)):
            key = rng.choice(list(at) if isinstance(at, dict) else range(len(at)))
            if not isinstance(at[key], (dict, list)) or not at[key] or rng.random() < 0.2:
                at[key] = copy.deepcopy(rng.choice(_HOSTILE))
                break
            at = at[key]
    return json.dumps(root).encode()


def run(inputs: int, seed: int) -> Outcome:
    """Feed `inputs` damaged builds, the same ones for the same seed."""
    rng = random.Random(seed)
    bases = _bases()
    values = [mbd.value_of(make(number), CATALOG) for number in range(_BUILDS)]
    outcome = Outcome(inputs)
    for number in range(inputs):
        base, wraps = bases[number % len(bases)]
        other = rng.choice(bases)[0]
        data = rng.randbytes(rng.randrange(80)) if number % 97 == 0 else mutate(base, other, rng)
        if number % 5 == 0:
            data, wraps = _wrong_value(rng.choice(values), rng), (_as_is, _chunk, _share_text)
        wrap = rng.choice(wraps)
        _feed(wrap(data), wrap.__name__, outcome)
    return outcome


def _feed(data: bytes, what: str, outcome: Outcome) -> None:
    begin = time.process_time()
    try:
        outcome.forms[forms.read(data, CATALOG).form] += 1
    except BuildFormatError:
        outcome.refused += 1
    except Exception as error:  # this is what is looked for
        outcome.failures.append(f"{what}: {error!r} from {data!r}")
    took = time.process_time() - begin
    if took > outcome.slowest_s:
        outcome.slowest_s, outcome.slowest = took, f"{what}, {len(data)} bytes"
    if took > SLOWEST_S:
        outcome.failures.append(f"{what}: {took:.1f} s for {data[:200]!r}")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcome = run(asked.inputs, asked.seed)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{outcome.inputs} inputs, {outcome.refused} refused, read {dict(outcome.forms)}, "
        f"slowest {outcome.slowest_s:.3f} s ({outcome.slowest}), memory +{grown:.0f} MB"
    )
    for failure in outcome.failures[:20]:
        print(failure[:2000])
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
