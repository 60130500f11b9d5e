"""What has changed since a cursor, and a hash to see whether anything was missed."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from midsdesk.server.db import builds
from midsdesk.server.problems import CURSOR_TOO_OLD, ProblemError
from midsdesk.server.services import Use, Who
from midsdesk.sync.protocol import Changes, Digest, digest_of

router = APIRouter(prefix="/v1", tags=["changes"])
_PAGE: Final = 500
_LARGEST: Final = 2**62


@router.get("/changes", response_model=Changes)
async def changes(
    who: Who,
    use: Use,
    since: Annotated[int, Query(ge=0, lt=_LARGEST)] = 0,
    limit: Annotated[int, Query(ge=1, le=_PAGE)] = _PAGE,
) -> Response:
    """Heads that changed after the cursor `since`, in order; 0 lists everything.

    410: tombstones after the cursor were swept, or the database is older than the cursor. Then
    list everything, and still merge.
    """
    top, floor, heads = await builds.changes(use.sql, who.account, since, limit + 1)
    if since and (since < floor or since > top):
        raise ProblemError(CURSOR_TOO_OLD)
    page = heads[:limit]
    cursor = page[-1].seq if page else since
    found = Changes.model_construct(cursor=cursor, more=len(heads) > limit, changes=page)
    return Response(found.model_dump_json(), media_type="application/json")


@router.get("/digest")
async def digest(who: Who, use: Use) -> Digest:
    """Hash over all heads of the account, tombstones included."""
    tags = await builds.tags(use.sql, who.account)
    return Digest(digest=digest_of(tags))
