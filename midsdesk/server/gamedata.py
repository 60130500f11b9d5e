"""Read-only game data for web front ends: names and figures of the packed default data.

The pack is cut into answers once, when the server is migrated; they lie in PostgreSQL and are
answered from the caches, each with an ETag. Source of the fields: docs/data.md.
"""

import hashlib
import json
import lzma
from collections import defaultdict
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Response
from sqlalchemy import create_engine, delete, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from midsdesk.server.db.tables import gamedata
from midsdesk.server.problems import NOT_FOUND, ProblemError
from midsdesk.server.services import Anyone, Use

router = APIRouter(prefix="/v1", tags=["game data"], dependencies=[Anyone])
_FORMAT: Final = "midsdesk game data"
_PRIMARY, _SECONDARY, _ANCILLARY, _POOL = 1, 2, 3, 5
_KINDS: Final = {
    _PRIMARY: "primary",
    _SECONDARY: "secondary",
    _ANCILLARY: "ancillary",
    _POOL: "pool",
}
_POWER_FIGURES: Final = (
    "accuracy", "arc", "cast_time", "endurance_cost", "interrupt_time", "max_targets", "radius",
    "range", "recharge_time", "activate_period",
)  # fmt: skip
_MAX_AGE: Final = "public, max-age=3600"
Name = Annotated[str, Query(min_length=1, max_length=200)]
IfNoneMatch = Annotated[str | None, Header(max_length=400)]


@router.get("/archetypes", response_class=Response)
async def archetypes(use: Use, if_none_match: IfNoneMatch = None) -> Response:
    """Playable archetypes with their caps and origins."""
    return await _answer(use, "archetypes", if_none_match)


@router.get("/powersets", response_class=Response)
async def powersets(archetype: Name, use: Use, if_none_match: IfNoneMatch = None) -> Response:
    """What an archetype may choose: primary, secondary, pool and ancillary sets."""
    return await _answer(use, f"powersets/{archetype.lower()}", if_none_match)


@router.get("/powers", response_class=Response)
async def powers(powerset: Name, use: Use, if_none_match: IfNoneMatch = None) -> Response:
    """The powers of a set with their base figures (seconds, feet, points of endurance)."""
    return await _answer(use, f"powers/{powerset.lower()}", if_none_match)


@router.get("/enhancement-sets", response_class=Response)
async def enhancement_sets(use: Use, if_none_match: IfNoneMatch = None) -> Response:
    """Enhancement sets with their pieces."""
    return await _answer(use, "enhancement-sets", if_none_match)


async def _answer(use: Any, path: str, known: str | None) -> Response:
    async def load() -> Any:
        row = await use.sql.first("SELECT etag, body FROM gamedata WHERE path = %s", (path,))
        if row is None:
            raise ProblemError(NOT_FOUND)  # not remembered: it may be loaded in a moment
        return [row.etag, row.body.decode()]

    etag, body = await use.cache.get("gamedata", path, load)
    headers = {"ETag": f'"{etag}"', "Cache-Control": _MAX_AGE}
    if known is not None and f'"{etag}"' in known:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media_type="application/json")


def packed_file(place: Path | None = None) -> Path | None:
    """A pack, or the one in a folder; without either the one that comes with the program."""
    folder = place or Path(__file__).resolve().parents[2] / "resources" / "gamedata"
    if folder.is_file():
        return folder
    return next(iter(sorted(folder.glob("*.json.xz"))), None)


def load(url: str, pack: Path) -> int:
    """Put the answers of a pack into the database; returns how many differ from before."""
    answers = cut(json.loads(lzma.decompress(pack.read_bytes())))
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.begin() as db:
            return _replace(db, answers)
    finally:
        engine.dispose()


def _replace(db: Connection, answers: dict[str, Any]) -> int:
    held = {row.path: row.etag for row in db.execute(select(gamedata.c.path, gamedata.c.etag))}
    rows = []
    for path, value in answers.items():
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        etag = hashlib.sha256(body).hexdigest()[:32]
        if held.pop(path, None) != etag:
            rows.append({"path": path, "etag": etag, "body": body})
    gone = [*held, *(row["path"] for row in rows)]
    if gone:
        db.execute(delete(gamedata).where(gamedata.c.path.in_(gone)))
    if rows:
        db.execute(insert(gamedata), rows)
    return len(gone)


def cut(pack: dict[str, Any]) -> dict[str, Any]:
    """The answers of a pack, by path.

    Raises:
        ValueError: It is no pack.
    """
    if pack.get("format") != _FORMAT:
        raise ValueError("this is no pack of game data")
    members = defaultdict(list)
    for power in pack["powers"]:
        members[power["full_name"].rpartition(".")[0].lower()].append(power)
    playable = [each for each in pack["archetypes"] if each.get("playable")]
    chosen = [each for each in pack["powersets"] if each.get("kind") in _KINDS]
    answers: dict[str, Any] = {
        "archetypes": [_archetype(each) for each in playable],
        "enhancement-sets": [_set(each, pack["enhancements"]) for each in pack["enhancement_sets"]],
    }
    for archetype in playable:
        offered = [each for each in chosen if _offers(each, archetype, members)]
        answers[f"powersets/{archetype['class_name'].lower()}"] = [
            _powerset(each) for each in offered
        ]
    for powerset in chosen:
        name = powerset["full_name"].lower()
        answers[f"powers/{name}"] = [_power(each) for each in members[name]]
    return answers


def _offers(powerset: dict[str, Any], archetype: dict[str, Any], members: Any) -> bool:
    kind, name = powerset["kind"], archetype["class_name"]
    group = powerset["full_name"].partition(".")[0].lower()
    if kind in (_PRIMARY, _SECONDARY):
        wanted = "primary_group" if kind == _PRIMARY else "secondary_group"
        return bool(group == str(archetype.get(wanted, "")).lower())
    if kind == _POOL or str(powerset.get("archetype") or "").lower() == name.lower():
        return True
    powers = members[powerset["full_name"].lower()]
    if not powers:
        return False
    needed, refused = (_names(powers[0], f"{word}_classes") for word in ("required", "excluded"))
    return (not needed or name.lower() in needed) and name.lower() not in refused


def _names(power: dict[str, Any], member: str) -> set[str]:
    return {str(each).lower() for each in power.get(member) or ()}


def _archetype(each: dict[str, Any]) -> dict[str, Any]:
    figures = ("hit_points", "hit_points_cap", "resistance_cap", "damage_cap", "recharge_cap")
    return {
        "id": each["class_name"],
        "name": each["display_name"],
        "origins": each.get("origins", []),
        **{name: each[name] for name in figures if name in each},
    }


def _powerset(each: dict[str, Any]) -> dict[str, Any]:
    return {"id": each["full_name"], "name": each["display_name"], "kind": _KINDS[each["kind"]]}


def _power(each: dict[str, Any]) -> dict[str, Any]:
    figures = {name: each[name] for name in _POWER_FIGURES if each.get(name)}
    return {
        "id": each["full_name"],
        "name": each["display_name"],
        "level": each.get("level", 1),
        **figures,
    }


def _set(each: dict[str, Any], enhancements: list[dict[str, Any]]) -> dict[str, Any]:
    places = [place for place in each.get("enhancement_indices", ()) if place < len(enhancements)]
    return {
        "id": each["uid"],
        "name": each["display_name"],
        "levels": [each.get("level_min", 0) + 1, each.get("level_max", 52) + 1],
        "pieces": [
            {"id": enhancements[place]["uid"], "name": enhancements[place]["name"]}
            for place in places
        ],
    }
