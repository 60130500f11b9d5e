"""Tokens: short signed ones for access, opaque ones for refresh, of which only hashes are kept."""

import base64
import hmac
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID, uuid4

import jwt

from midsdesk.server.problems import TOKEN_STALE, UNAUTHORIZED, ProblemError

_ALGORITHM: Final = "HS256"
_LEEWAY_S: Final = 5
TICKET_S: Final = 30
_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: an account, on one of its sessions."""

    account: UUID
    session: UUID


class TokenMaker:
    """Makes and reads tokens with the server's secret."""

    def __init__(self, secret: str, access_s: int) -> None:
        # Three keys of one secret: a ticket is never an access token.
        self._access_key = self._derived(secret, "access")
        self._ticket_key = self._derived(secret, "ticket")
        self._refresh_key = self._derived(secret, "refresh")
        self.access_s = access_s
        self._read_before: dict[str, tuple[Identity, float]] = {}

    def access(self, identity: Identity) -> str:
        """A token for the Authorization header."""
        return self._signed(self._access_key, identity, self.access_s, {})

    def ticket(self, identity: Identity) -> str:
        """A token that opens one socket."""
        return self._signed(self._ticket_key, identity, TICKET_S, {"jti": uuid4().hex})

    def identity(self, access: str) -> Identity:
        """Who an access token speaks for.

        Raises:
            ProblemError: 401, `token_stale` if a refresh helps.
        """
        # Checking a signature takes a tenth of a request; the same token comes with many.
        held = self._read_before.get(access)
        if held is not None and held[1] > time.time():
            return held[0]
        identity, claims = self._read(self._access_key, access)
        if len(self._read_before) >= _REMEMBERED:
            self._read_before.clear()
        self._read_before[access] = (identity, float(claims["exp"]))
        return identity

    def ticket_identity(self, ticket: str) -> tuple[Identity, str]:
        """Whom a ticket lets in, and its number, good for once.

        Raises:
            ProblemError: 401.
        """
        identity, claims = self._read(self._ticket_key, ticket)
        return identity, str(claims.get("jti", ""))

    @staticmethod
    def fresh_refresh() -> str:
        """The first refresh token of a family."""
        return secrets.token_urlsafe(32)

    def successor(self, refresh: str) -> str:
        """The token that follows: worked out, so a lost answer can be repeated, nothing stored."""
        digest = hmac.digest(self._refresh_key, refresh.encode(), "sha256")
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")

    @staticmethod
    def _derived(secret: str, use: str) -> bytes:
        return hmac.digest(secret.encode(), f"midsdesk {use}".encode(), "sha256")

    @staticmethod
    def _signed(key: bytes, identity: Identity, seconds: int, more: dict[str, Any]) -> str:
        claims = {
            "sub": str(identity.account),
            "sid": str(identity.session),
            "exp": int(time.time()) + seconds,
            **more,
        }
        return jwt.encode(claims, key, _ALGORITHM)

    @staticmethod
    def _read(key: bytes, token: str) -> tuple[Identity, dict[str, Any]]:
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[_ALGORITHM],
                leeway=_LEEWAY_S,
                options={"require": ["sub", "sid", "exp"]},
            )
            return Identity(UUID(claims["sub"]), UUID(claims["sid"])), claims
        except jwt.ExpiredSignatureError as cause:
            raise ProblemError(TOKEN_STALE) from cause
        except (jwt.InvalidTokenError, ValueError, TypeError) as cause:
            raise ProblemError(UNAUTHORIZED) from cause


def hashed(token: str) -> bytes:
    """What the database keeps of an opaque token."""
    return sha256(token.encode()).digest()
