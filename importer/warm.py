"""Stage 8: the new database read as the window will read it, every power of it."""

from pathlib import Path
from typing import Final

from importer.progress import Progress
from midsdesk.calc.live import live
from midsdesk.errors import InternalError, MidsdeskError
from midsdesk.model.game import Power
from midsdesk.storage.gamedb.reader import GameDatabase

_SETS_AT_ONCE: Final = 10


def read_all(path: Path, progress: Progress) -> None:
    """Open the file and build everything in it.

    Raises:
        InternalError: A power cannot be read or compiled.
        GameDatabaseError: The file is not sound.
    """
    database = GameDatabase(path)
    try:
        sets = database.powersets()
        for number, powerset in enumerate(sets):
            if number % _SETS_AT_ONCE == 0:
                progress.step(number, len(sets))
                database.warm(each.id for each in sets[number : number + _SETS_AT_ONCE])
            for power in database.powers(powerset.id):
                _compile(power)
        database.enhancements()
        database.entity("")
        progress.step(len(sets), len(sets))
    finally:
        database.close()


def _compile(power: Power) -> None:
    try:
        for effect in power.effects:
            live(effect, power)
    except MidsdeskError:
        raise
    except Exception as cause:
        raise InternalError(
            f"The power {power.id} cannot be compiled; please report this.", power=power.id
        ) from cause
