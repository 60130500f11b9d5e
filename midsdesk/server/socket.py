"""Sockets: hints that something changed. They carry no data, so a lost one costs a moment only."""

import asyncio
from contextlib import suppress
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, WebSocket
from starlette.websockets import WebSocketDisconnect

from midsdesk.server.hints import CLOSE, Listener
from midsdesk.server.problems import ProblemError
from midsdesk.server.services import Services, Use, Who, check_session, client_of, services_of
from midsdesk.server.shares import Code, held_share
from midsdesk.server.tokens import TICKET_S
from midsdesk.sync.protocol import SocketTicket

router = APIRouter(prefix="/v1", tags=["socket"])
SIGNED_OUT: Final = 4401
NOT_FOUND: Final = 4404
TOO_MANY: Final = 4429
_MOST_PER_LINK: Final = 500


@router.post("/socket-tickets", status_code=201)
async def ticket(who: Who, use: Use) -> SocketTicket:
    """A ticket that opens one socket, within half a minute."""
    return SocketTicket(ticket=use.tokens.ticket(who), seconds=TICKET_S)


@router.websocket("/socket")
async def account_socket(
    socket: WebSocket, ticket: Annotated[str, Query(max_length=2048)] = ""
) -> None:
    """Hints for an account: `{"seq": N}` after each change of any device."""
    use = services_of(socket)
    try:
        who, number = use.tokens.ticket_identity(ticket)
        used = await use.cache.count(f"ticket:{number}", TICKET_S * 2)
        if used is not None and used > 1:
            await socket.close(SIGNED_OUT)
            return
        await check_session(use, who)
    except ProblemError:
        await socket.close(SIGNED_OUT)
        return
    topic = f"account:{who.account}"
    await _serve(socket, use, topic, str(who.session), use.settings.max_sockets_per_account)


@router.websocket("/shares/{code}/socket")
async def share_socket(socket: WebSocket, code: Code) -> None:
    """Hints for a live link: `{"tag": TAG}` after each change of its build."""
    use = services_of(socket)
    try:
        use.limits.request(f"ip:{client_of(socket)}", use.settings.anonymous_per_minute)
        await held_share(use, code)
    except ProblemError:
        await socket.close(NOT_FOUND)
        return
    await _serve(socket, use, f"share:{code}", "", _MOST_PER_LINK)


async def _serve(socket: WebSocket, use: Services, topic: str, session: str, most: int) -> None:
    hub = use.hub
    if hub.listening(topic) >= most or hub.count >= use.settings.max_sockets:
        await socket.close(TOO_MANY)
        return
    listener = Listener(session)
    hub.join(topic, listener)
    reading: asyncio.Task[None] | None = None
    try:
        await socket.accept()
        # Nothing is expected from the client; reading only tells when it has gone.
        reading = asyncio.create_task(_read(socket, listener))
        await _write(socket, listener)
    except (WebSocketDisconnect, RuntimeError, OSError):
        pass
    finally:
        hub.leave(topic, listener)
        if reading is not None:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def _read(socket: WebSocket, listener: Listener) -> None:
    with suppress(WebSocketDisconnect, RuntimeError, OSError):
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                break
    listener.put(CLOSE, 0)


async def _write(socket: WebSocket, listener: Listener) -> None:
    while True:
        messages: dict[str, Any] = await listener.next()
        if (code := messages.pop(CLOSE, None)) is not None:
            if code:
                await socket.close(code)
            return
        if messages.pop("signed_out", None):
            await socket.close(SIGNED_OUT)
            return
        if messages:
            await socket.send_json(messages)
