"""The wire: what client and server say to each other, declared once for both.

A build travels as the bytes of its .mdbuild; everything else is JSON of these shapes. A *tag* names
one revision of one build by its number and its content, so that a number that came twice (after a
backup was restored) is never taken for the same revision.
"""

import hashlib
from collections.abc import Iterable
from typing import Annotated, Final
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

PROTOCOL: Final = 1
# Every request says which protocol it speaks; the server refuses what is too old with a message.
PROTOCOL_HEADER: Final = "Midsdesk-Protocol"
DEVICE_HEADER: Final = "Midsdesk-Device"
# On an answer with a build: whether the server knows the tag the client last agreed on.
BASE_HEADER: Final = "Midsdesk-Base"
BUILD_TYPE: Final = "application/vnd.midsdesk.build+json"
PROBLEM_TYPE: Final = "application/problem+json"
MAX_BUILD_BYTES: Final = 256 * 1024
DELETED: Final = "deleted"
_SHA_IN_TAG: Final = 16

_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
Login = Annotated[
    str,
    Field(
        min_length=3,
        max_length=64,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._+@-]*$",
        description="A name or a mail address; letters count without regard to case.",
    ),
]
Password = Annotated[str, Field(min_length=10, max_length=256, pattern=r"^[^\x00]*$")]
Device = Annotated[str, Field(min_length=1, max_length=64, pattern=_PRINTABLE)]
Token = Annotated[str, Field(min_length=20, max_length=256, pattern=r"^[A-Za-z0-9._~-]+$")]


class Wire(BaseModel):
    """Base: unknown members of a newer side are ignored, types are exact."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Credentials(Wire):
    """Registering and signing in."""

    login: Login
    password: Password
    device: Device = "unnamed"


class Tokens(Wire):
    """What a signed-in device holds.

    Attributes:
        access: For the Authorization header. access_seconds: how long it lives from now.
        refresh: To be stored before it is used; good for one use.
    """

    account: UUID
    login: str
    access: str
    access_seconds: int
    refresh: str


class RefreshRequest(Wire):
    """A refresh token, to be exchanged for new ones."""

    refresh: Token
    device: Device = "unnamed"


class PasswordChange(Wire):
    """Changing the password; every other device is signed out."""

    old: Password
    new: Password


class PasswordReset(Wire):
    """Setting a password with the token that the operator printed."""

    token: Token
    new: Password


class AccountDeletion(Wire):
    """Deleting the account and all its data."""

    password: Password


class BuildHead(Wire):
    """Where a build stands.

    Attributes:
        tag: Of the newest revision. deleted: that revision is a tombstone.
        seq: Place in the order of all changes of the account.
    """

    id: UUID
    tag: str
    revision: int
    seq: int
    deleted: bool = False
    name: str = ""
    archetype: str = ""
    level: int = 0
    size: int = 0
    updated: AwareDatetime | None = None


class Written(Wire):
    """The answer to a write that was done, or done before."""

    id: UUID
    tag: str
    revision: int
    seq: int


class Changes(Wire):
    """Changes after a cursor, in order; `more`: ask again at once."""

    cursor: int
    more: bool
    changes: list[BuildHead]


class BuildList(Wire):
    """All builds and tombstones of an account."""

    cursor: int
    builds: list[BuildHead]


class Version(Wire):
    """A kept revision of a build."""

    revision: int
    tag: str
    deleted: bool
    device: str
    size: int
    created: AwareDatetime


class VersionList(Wire):
    """Kept revisions, newest first."""

    versions: list[Version]


class Digest(Wire):
    """Hash over all heads: equal on both sides or something was missed."""

    digest: str


class ShareRequest(Wire):
    """Asking for a link.

    Attributes:
        live: The link follows the build instead of keeping what it is now.
        expires_in_days: 0: never.
        exports: Uploaded files the page offers too.
    """

    build: UUID
    live: bool = False
    expires_in_days: Annotated[int, Field(ge=0, le=3650)] = 0
    exports: Annotated[list[UUID], Field(max_length=8)] = []


class Share(Wire):
    """A link, as its owner sees it."""

    code: str
    url: str
    build: UUID
    name: str
    live: bool
    views: int
    created: AwareDatetime
    expires: AwareDatetime | None = None


class ShareList(Wire):
    """The links of an account."""

    shares: list[Share]


class SharedFile(Wire):
    """A file that a share page offers."""

    id: UUID
    name: str
    content_type: str
    size: int
    url: str


class SharedBuild(Wire):
    """A link, as everybody sees it; `tag` changes when a live build does."""

    code: str
    name: str
    archetype: str
    level: int
    live: bool
    tag: str
    files: list[SharedFile] = []


class ExportRequest(Wire):
    """A file the client wants to put into storage: all of this is signed."""

    name: Annotated[str, Field(min_length=1, max_length=128, pattern=_PRINTABLE)]
    content_type: Annotated[str, Field(max_length=64)]
    size: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ExportTicket(Wire):
    """Where and how to upload; the headers must be sent as they are."""

    id: UUID
    url: str
    headers: dict[str, str]
    expires: AwareDatetime


class SocketTicket(Wire):
    """Opens one socket, once, soon."""

    ticket: str
    seconds: int


class Problem(Wire):
    """An error in the form of RFC 9457, with our own members.

    Attributes:
        code: Stable; what a program looks at. family: of the error tree.
        request_id: For the operator's logs. head: on 412 where the build stands now.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    code: str = ""
    family: str = ""
    request_id: str = ""
    retry_after: int | None = None
    head: BuildHead | None = None
    errors: list[dict[str, str]] | None = None


def tag_of(revision: int, content: bytes | None) -> str:
    """The tag of a revision; `content` is None for a tombstone."""
    if content is None:
        return f"{revision}-{DELETED}"
    return f"{revision}-{hashlib.sha256(content).hexdigest()[:_SHA_IN_TAG]}"


def revision_of(tag: str) -> int:
    """The number in a tag; 0 for "" or nonsense."""
    number = tag.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() else 0


def digest_of(heads: Iterable[tuple[str, str]]) -> str:
    """Hash over pairs of build id and tag, tombstones included, in any order."""
    lines = sorted(f"{build}:{tag}\n" for build, tag in heads)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
