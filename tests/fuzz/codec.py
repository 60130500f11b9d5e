"""Feed broken files to every codec: only `SourceFormatError` may come out, and soon.

`python -m tests.fuzz.codec --inputs 1000000 --seed 7`; a failure prints what to reproduce it with.
"""

import argparse
import random
import time
from dataclasses import dataclass, field

from importer.mhd import binary
from importer.mhd.folder_files import decode_file
from midsdesk.errors import SourceFormatError
from tests.helpers.data_folder import small_files

_NUMBERS = (0, 1, -1, -2, 2**31 - 1, -(2**31), 0x7F, 0xFFFF, 1 << 20, 1 << 28)
_BYTES = (0, 0x7F, 0x80, 0xFF, 0xC3, 0x22, 0x5B, 0x5D, 0x7B, 0x7D, 0x09, 0x0A, 0x0D, 0x23)


@dataclass
class Outcome:
    """What a run found."""

    inputs: int = 0
    refused: int = 0
    slowest_s: float = 0.0
    failures: list[str] = field(default_factory=list)


def mutate(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """Break a file in one to three of the ways files get broken."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(8):
            case 0:
                del out[at:]
            case 1 | 2 if at < len(out):
                out[at] = rng.choice(_BYTES) if rng.random() < 0.5 else rng.randrange(256)
            case 3 | 4:
                out[at : at + 4] = rng.choice(_NUMBERS).to_bytes(4, "little", signed=True)
            case 5:
                out[at:at] = rng.randbytes(rng.randint(1, 8))
            case 6:
                del out[at : at + rng.randint(1, 16)]
            case 7:
                out[at:] = other[rng.randrange(len(other)) :] or rng.randbytes(64)
    return bytes(out)


def run(inputs: int, seed: int) -> Outcome:
    """Feed `inputs` broken files, the same ones for the same seed."""
    rng = random.Random(seed)
    bases = [*small_files(1).items(), *small_files(0).items()]
    outcome = Outcome(inputs)
    for number in range(inputs):
        form, base = bases[number % len(bases)]
        other = rng.choice(bases)[1]
        data = rng.randbytes(rng.randrange(80)) if number % 97 == 0 else mutate(base, other, rng)
        _feed(form, data, outcome)
        if number % 1000 == 0:
            binary.forget_texts()
    return outcome


def _feed(form: str, data: bytes, outcome: Outcome) -> None:
    begin = time.process_time()
    try:
        decode_file("file", form, data)
    except SourceFormatError:
        outcome.refused += 1
    except Exception as error:  # this is what is looked for
        outcome.failures.append(f"{form}: {error!r} from {data!r}")
    outcome.slowest_s = max(outcome.slowest_s, time.process_time() - begin)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    outcome = run(asked.inputs, asked.seed)
    print(f"{outcome.inputs} inputs, {outcome.refused} refused, slowest {outcome.slowest_s:.3f} s")
    for failure in outcome.failures[:20]:
        print(failure)
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
