"""A smallest data folder of our own making: a valid file of every form."""

import json
from pathlib import Path

from importer.mhd import grades, layout, powers, records, server_data
from tests.helpers.records import smallest_of

_HEAD = "Made for tests\t\r\nVersion:\t1.0\r\n\t\r\n"
_NUMBERS = "x\t0.1\t0.2\t0.3\t0.4\r\n"


def _powers(filled: int) -> bytes:
    kinds = (layout.ARCHETYPE, layout.POWERSET, layout.POWER, layout.ENTITY)
    lists = [(smallest_of(kind, filled),) * filled for kind in kinds]
    return powers.encode(powers.PowersFile("2020.1.1", -1, 0, 0, 0, 27, 1, "Page", *lists))


def _records(form: str, filled: int) -> bytes:
    lists = {name: smallest_of(kind, filled) for name, kind in records.FORMATS[form].lists.items()}
    return records.encode(form, {}, lists)


def _json(value: object) -> bytes:
    return json.dumps(value, indent=2).encode()


def _server_data() -> bytes:
    values = (server_data.HEADER, *smallest_of(layout.SERVER_DATA)[1:])
    fields = dict(zip(layout.SERVER_DATA.names, values, strict=True))
    return server_data.encode_binary(fields, [["Alpha", True]])


def small_files(filled: int = 1) -> dict[str, bytes]:
    """Return a small valid file for each form, `filled` records in each list."""
    table = {"Table": [[-1.5, 2.0]] * 55, "BaseIndex": 0, "ID": "Melee_Damage"}
    levels = "Level\tPower\tSlots\r\n" + "1\t1\t\t3\tx\r\n" * 50
    maths = "".join(
        f"{mark}\tA\n{_NUMBERS * n}" for mark, n in (("EDRT", 3), ("EGE", 4), ("LBIOE", 53))
    )
    classes = "Index\tName\n1\tAccuracy\tAcc\tAccuracy_Boost\tText\nEnd\n"
    entry = {"Name": "Untyped", "ShortName": "U"}
    texts = {
        "maths": _HEAD + maths,
        **dict.fromkeys(("levels", "respec_levels", "old_levels"), levels),
        "enhancement_classes": _HEAD + classes,
        "origins": _HEAD + "Origin\tDO\tSO\nMagic\tMagDO\tMagSO\nEnd",
        "set_types": _HEAD + "SetID\tShort\tFull\n0\tA\tB\nEnd\n",
        "replacements": "# comment\n[Global]\n1, 2 # why\n[Defender]\n3, 4\n",
        "cryptic_names": "A.B.C, A.B.D\n",
        "forum_codes": "#CODE#\n" + "line\n" * 13 + "#END#\n",
    }
    return {
        "powers": _powers(filled),
        **{form: _records(form, filled) for form in records.FORMATS},
        "server_data_binary": _server_data(),
        "modifiers": _json({"Modifier": [table]}),
        "server_data": _json({"BaseToHit": 0.75, "EnabledIncarnates": {"Alpha": True}}),
        "grades": _json({"Name": grades.NAME, "SetTypes": [entry]}),
        "comparisons_json": _json({"CompOverride": []}),
        **{form: text.encode() for form, text in texts.items()},
    }


def write_folder(path: Path, *without: str) -> Path:
    """Write a data folder of the small files (in the present forms), without some."""
    from importer.mhd.folder_files import KINDS

    for form, data in small_files().items():
        if form not in ("modifiers_binary", "server_data_binary", *without):
            (path / KINDS[form].name).write_bytes(data)
    return path
