"""What belongs to a person: all of it to take along, all of it to delete."""

import json

from fastapi import APIRouter, Response

from midsdesk.server.auth import check_password
from midsdesk.server.blobs import PREFIX
from midsdesk.server.db import accounts, sessions
from midsdesk.server.services import Use, Who
from midsdesk.sync.protocol import AccountDeletion

router = APIRouter(prefix="/v1/account", tags=["account"])


@router.get("/data")
async def everything(who: Who, use: Use) -> Response:
    """All data of the account, as one JSON file."""
    async with use.engine.connect() as db:
        data = await accounts.everything(db, who.account)
    headers = {"Content-Disposition": 'attachment; filename="midsdesk-account.json"'}
    body = json.dumps(data, default=str, ensure_ascii=False, indent=1)
    return Response(
        body.encode("utf-8", "replace"), 200, headers=headers, media_type="application/json"
    )


@router.post("/delete", status_code=204)
async def delete_account(body: AccountDeletion, who: Who, use: Use) -> Response:
    """Delete the account with builds, links and files, at once and for ever."""
    await check_password(use, who, body.password)
    async with use.engine.begin() as db:
        ended = await sessions.close_all(db, who.account)
        codes = await accounts.remove(db, who.account, PREFIX)
    for session in ended:
        await use.cache.forget("session", str(session))
    for code in codes:
        await use.cache.forget("share", code)
    await use.cache.tell({"topic": f"account:{who.account}", "kind": "signed_out", "value": True})
    return Response(status_code=204)
