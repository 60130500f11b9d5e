"""Files that a player adds to a link: announced here, sent to storage, then confirmed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from midsdesk.server.blobs import TYPES, UPLOAD_S, Blobs, key_of
from midsdesk.server.db import shares
from midsdesk.server.problems import (
    NO_STORAGE,
    NOT_FOUND,
    TOO_LARGE,
    TOO_MANY,
    UPLOAD_MISSING,
    WRONG_TYPE,
    ProblemError,
)
from midsdesk.server.services import Services, Use, Who
from midsdesk.sync.protocol import ExportRequest, ExportTicket

router = APIRouter(prefix="/v1/exports", tags=["exports"])


@router.post("", status_code=201)
async def announce(body: ExportRequest, who: Who, use: Use) -> ExportTicket:
    """Ask for an address to send one file to."""
    blobs = _blobs(use)
    if body.content_type not in TYPES:
        raise ProblemError(WRONG_TYPE)
    if body.size > use.settings.max_export_bytes:
        raise ProblemError(TOO_LARGE)
    file, now = uuid4(), datetime.now(UTC)
    async with use.engine.begin() as db:
        made = await shares.announce(
            db,
            use.settings.max_exports,
            id=file,
            account=who.account,
            name=body.name,
            content_type=body.content_type,
            size=body.size,
            sha256=body.sha256,
            expires=now + timedelta(days=use.settings.export_days),
        )
        if made is None:
            raise ProblemError(TOO_MANY)
    key = key_of(who.account, file)
    url, headers = blobs.upload(key, body.content_type, body.size, body.sha256)
    expires = now + timedelta(seconds=UPLOAD_S)
    return ExportTicket(id=file, url=url, headers=headers, expires=expires)


@router.post("/{file}/complete", status_code=204)
async def complete(file: UUID, who: Who, use: Use) -> Response:
    """Confirm that the file was sent."""
    blobs = _blobs(use)
    found = await shares.export(use.sql, who.account, file)
    if found is None:
        raise ProblemError(NOT_FOUND)
    if await blobs.size(key_of(who.account, file)) != found.size:
        raise ProblemError(UPLOAD_MISSING)
    async with use.engine.begin() as db:
        await shares.ready(db, who.account, file)
    return Response(status_code=204)


@router.delete("/{file}", status_code=204)
async def remove(file: UUID, who: Who, use: Use) -> Response:
    """Delete a file, from storage too."""
    blobs = _blobs(use)
    if await shares.export(use.sql, who.account, file) is None:
        raise ProblemError(NOT_FOUND)
    await blobs.remove(key_of(who.account, file))
    async with use.engine.begin() as db:
        shown_on = await shares.forget_export(db, who.account, file)
    if shown_on:
        await use.cache.forget("share", shown_on)
    return Response(status_code=204)


def _blobs(use: Services) -> Blobs:
    if use.blobs is None:
        raise ProblemError(NO_STORAGE)
    return use.blobs
