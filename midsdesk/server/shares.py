"""Links: made and revoked by their owner, read by everybody."""

import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Response
from fastapi.responses import RedirectResponse

from midsdesk.server.blobs import key_of
from midsdesk.server.content import summary_of
from midsdesk.server.db import builds, shares
from midsdesk.server.problems import (
    GONE,
    NO_STORAGE,
    NOT_FOUND,
    TOO_MANY,
    UPLOAD_MISSING,
    ProblemError,
)
from midsdesk.server.services import Anyone, Services, Use, Who
from midsdesk.sync.protocol import (
    BUILD_TYPE,
    Share,
    SharedBuild,
    SharedFile,
    ShareList,
    ShareRequest,
)

router = APIRouter(prefix="/v1/shares", tags=["shares"])
# Without letters that look alike; 12 of 55 are 69 bits: nobody finds a link by trying.
_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz"
_LENGTH: Final = 12
Code = Annotated[str, Path(pattern=f"^[{_SIGNS}]{{{_LENGTH}}}$")]


@router.post("", status_code=201)
async def share(body: ShareRequest, who: Who, use: Use) -> Share:
    """Make a link to a build: to what it is now, or to what it will be (`live`)."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    days = body.expires_in_days
    head = await builds.head(use.sql, who.account, body.build)
    found = await builds.content(use.sql, who.account, body.build)
    if head is None or found is None:
        raise ProblemError(NOT_FOUND)
    tag, content = found
    if content is None:
        raise ProblemError(GONE)
    async with use.engine.begin() as db:
        made = await shares.create(
            db,
            use.settings.max_shares,
            code=code,
            account=who.account,
            build=body.build,
            name=head.name,
            content=None if body.live else content,
            tag=tag,
            expires=datetime.now(UTC) + timedelta(days=days) if days else None,
        )
        if made is None:
            raise ProblemError(TOO_MANY)
        wanted = set(body.exports)
        if wanted and await shares.attach(db, who.account, code, list(wanted)) != len(wanted):
            raise ProblemError(UPLOAD_MISSING)
    return _own(use, made, live=body.live)


@router.get("")
async def list_shares(who: Who, use: Use) -> ShareList:
    """Links of the account, newest first."""
    await use.views.flush()
    rows = await shares.of_account(use.sql, who.account)
    return ShareList(shares=[_own(use, row, live=row.live) for row in rows])


@router.delete("/{code}", status_code=204)
async def revoke(code: Code, who: Who, use: Use) -> Response:
    """End a link, for everybody and at once."""
    async with use.engine.begin() as db:
        if not await shares.revoke(db, who.account, code):
            raise ProblemError(NOT_FOUND)
    await use.cache.forget("share", code)
    await use.cache.tell({"topic": f"share:{code}", "kind": "close", "value": 4404})
    return Response(status_code=204)


@router.get("/{code}", dependencies=[Anyone])
async def read_share(code: Code, use: Use, response: Response) -> SharedBuild:
    """What a link shows, without the build itself."""
    value = await held_share(use, code)

    summary = summary_of(content_of(value))
    response.headers["Cache-Control"] = "no-cache"
    return SharedBuild(
        code=code,
        name=summary.name,
        archetype=summary.archetype,
        level=summary.level,
        live=value["live"],
        tag=value["tag"],
        files=[
            SharedFile(
                id=file["id"],
                name=file["name"],
                content_type=file["content_type"],
                size=file["size"],
                url=f"{use.settings.public_url}/v1/shares/{code}/files/{file['id']}",
            )
            for file in open_files(value)
        ],
    )


@router.get("/{code}/build", dependencies=[Anyone], response_class=Response)
async def read_build(code: Code, use: Use) -> Response:
    """The build of a link."""
    value = await held_share(use, code)
    use.views.saw(code)
    headers = {"ETag": f'"{value["tag"]}"', "Cache-Control": "no-cache"}
    return Response(content_of(value), 200, headers, media_type=BUILD_TYPE)


@router.get("/{code}/files/{file}", dependencies=[Anyone], status_code=307, response_class=Response)
async def read_file(code: Code, file: UUID, use: Use) -> Response:
    """Where a file of a link can be fetched, for a short while."""
    value = await held_share(use, code)
    found = next((each for each in open_files(value) if each["id"] == str(file)), None)
    if found is None:
        raise ProblemError(NOT_FOUND)
    if use.blobs is None:
        raise ProblemError(NO_STORAGE)
    key = key_of(found["account"], file)
    url = use.blobs.download(key, found["name"], found["content_type"])
    return RedirectResponse(url, 307, {"Cache-Control": "no-store"})


async def held_share(use: Services, code: str) -> dict[str, Any]:
    """What a link shows, from the nearest cache.

    Raises:
        ProblemError: 404, or 410 once it is over.
    """

    async def load() -> Any:
        return await shares.read(use.sql, code)

    value = await use.cache.get("share", code, load)
    if value is None:
        raise ProblemError(NOT_FOUND)
    if value["gone"] or (value["expires"] is not None and value["expires"] <= time.time()):
        raise ProblemError(GONE)
    return dict(value)


def content_of(value: dict[str, Any]) -> bytes:
    """The bytes of the build of a link."""
    return str(value["content"]).encode("utf-8", "surrogateescape")


def open_files(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Files of a link that are not over."""
    return [file for file in value["files"] if file["expires"] > time.time()]


def _own(use: Services, row: Any, *, live: bool) -> Share:
    return Share(
        code=row.code,
        url=f"{use.settings.public_url}/s/{row.code}",
        build=row.build,
        name=row.name,
        live=live,
        views=row.views,
        created=row.created,
        expires=row.expires,
    )
