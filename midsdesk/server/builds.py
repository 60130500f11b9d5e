"""Builds: written under the tag the client knows, read whole, listed, deleted to a tombstone."""

import re
from hashlib import sha256
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Response
from starlette.requests import Request

from midsdesk.server.content import Summary, sha_of, summary_of
from midsdesk.server.db import builds, shares
from midsdesk.server.problems import (
    BAD_HEADER,
    CONDITION_MISSING,
    GONE,
    KEY_MISSING,
    KEY_REUSED,
    NOT_FOUND,
    SESSION_REVOKED,
    STALE,
    TOO_LARGE,
    TOO_MANY,
    WRONG_TYPE,
    ProblemError,
)
from midsdesk.server.services import Services, Use, Who
from midsdesk.server.tokens import Identity
from midsdesk.sync.protocol import (
    BASE_HEADER,
    BUILD_TYPE,
    DEVICE_HEADER,
    MAX_BUILD_BYTES,
    BuildList,
    Version,
    VersionList,
    Written,
    revision_of,
)

router = APIRouter(prefix="/v1/builds", tags=["builds"])
TAG: Final = r"[0-9]{1,18}-(?:[0-9a-f]{16}|deleted)"
_QUOTED: Final = re.compile(rf'"({TAG})"')
_KEY: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_REVISION_LIMIT: Final = 2**62
_TYPES: Final = (BUILD_TYPE, "application/json")
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {BUILD_TYPE: {"schema": {"type": "object", "title": "Build file"}}},
    }
}
IfMatch = Annotated[str | None, Header(max_length=100)]
IfNoneMatch = Annotated[str | None, Header(max_length=100)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=100)]
Device = Annotated[str, Header(alias=DEVICE_HEADER, max_length=300)]


@router.put(
    "/{build}",
    response_model=Written,
    status_code=200,
    responses={201: {"model": Written, "description": "Created"}},
    openapi_extra=_BODY,
)
async def put_build(
    build: UUID,
    request: Request,
    who: Who,
    use: Use,
    if_match: IfMatch = None,
    if_none_match: IfNoneMatch = None,
    key: Key = None,
    device: Device = "",
) -> Response:
    """Write a build: `If-Match: "TAG"`, or `If-None-Match: *` for a new one."""
    expected = _expected(if_match, if_none_match)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise ProblemError(WRONG_TYPE)
    content = await request.body()
    if len(content) > MAX_BUILD_BYTES:
        raise ProblemError(TOO_LARGE)
    summary = summary_of(content)
    return await _write(use, who, build, expected, _key(key), content, summary, device)


@router.delete("/{build}", response_model=Written)
async def delete_build(
    build: UUID,
    who: Who,
    use: Use,
    if_match: IfMatch = None,
    key: Key = None,
    device: Device = "",
) -> Response:
    """Delete a build; a tombstone tells the other devices."""
    expected = _expected(if_match, None)
    return await _write(use, who, build, expected, _key(key), None, Summary("", "", 0), device)


@router.get("")
async def list_builds(
    who: Who, use: Use, deleted: Annotated[bool, Query(description="Tombstones too.")] = False
) -> BuildList:
    """All builds of the account, oldest change first."""
    heads = await builds.heads(use.sql, who.account, deleted=deleted)
    return BuildList(cursor=max((head.seq for head in heads), default=0), builds=heads)


@router.get("/{build}", response_class=Response)
async def get_build(
    build: UUID,
    who: Who,
    use: Use,
    base: Annotated[str | None, Query(pattern=f"^{TAG}$", max_length=64)] = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The newest content. `base`: a tag the client knows; the answer says if the server does."""
    found = await builds.content(use.sql, who.account, build)
    known = True
    if found is not None and base is not None and base != found[0]:
        known = await builds.knows(use.sql, who.account, build, base, revision_of(base))
    if found is None:
        raise ProblemError(NOT_FOUND)
    tag, content = found
    headers = {"ETag": f'"{tag}"', BASE_HEADER: "known" if known else "unknown"}
    if content is None:
        raise ProblemError(GONE, headers=headers)
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, media_type=BUILD_TYPE)


@router.get("/{build}/versions")
async def list_versions(build: UUID, who: Who, use: Use) -> VersionList:
    """Kept revisions of a build, newest first."""
    rows = await builds.versions_of(use.sql, who.account, build)
    if not rows:
        raise ProblemError(NOT_FOUND)
    return VersionList(
        versions=[
            Version(
                revision=row.revision,
                tag=row.tag,
                deleted=row.tag.endswith("-deleted"),
                device=row.device,
                size=row.size,
                created=row.created,
            )
            for row in rows
        ]
    )


@router.get("/{build}/versions/{revision}", response_class=Response)
async def get_version(
    build: UUID,
    revision: Annotated[int, Path(ge=1, lt=_REVISION_LIMIT)],
    who: Who,
    use: Use,
) -> Response:
    """The content of a kept revision."""
    found = await builds.content(use.sql, who.account, build, revision)
    if found is None:
        raise ProblemError(NOT_FOUND)
    tag, content = found
    if content is None:
        raise ProblemError(GONE, headers={"ETag": f'"{tag}"'})
    return Response(content, 200, {"ETag": f'"{tag}"'}, media_type=BUILD_TYPE)


def device_name(header: str) -> str:
    """A device's name from its header: percent-encoded letters are not decoded, signs are cut."""
    return "".join(sign for sign in header if sign.isprintable())[:64] or "unnamed"


async def _write(
    use: Services,
    who: Identity,
    build: UUID,
    expected: str,
    key: str,
    content: bytes | None,
    summary: Summary,
    device: str,
) -> Response:
    sha = sha_of(content) if content is not None else "deleted"
    what = builds.Write(
        account=who.account,
        build=build,
        expected=expected,
        key=key,
        request=sha256(f"{build} {expected} {sha}".encode()).digest(),
        content=content,
        sha=sha,
        name=summary.name,
        archetype=summary.archetype,
        level=summary.level,
        device=device_name(device),
        most=use.settings.max_builds,
    )
    done = await builds.write(use.sql, what)
    if done.outcome not in ("created", "updated", "deleted"):
        raise await _refusal(use, who, build, done)
    codes = await shares.live_codes(use.sql, who.account, build) if done.followed else []
    for code in codes:
        await use.cache.forget("share", code)
        await use.cache.tell({"topic": f"share:{code}", "kind": "tag", "value": done.tag})
    await use.cache.tell({"topic": f"account:{who.account}", "kind": "seq", "value": done.seq})
    written = Written.model_construct(id=build, tag=done.tag, revision=done.revision, seq=done.seq)
    return Response(
        written.model_dump_json(),
        201 if done.outcome == "created" else 200,
        {"ETag": f'"{done.tag}"'},
        media_type="application/json",
    )


async def _refusal(use: Services, who: Identity, build: UUID, done: builds.Outcome) -> ProblemError:
    if done.outcome == "stale":
        head = await builds.head(use.sql, who.account, build)
        return ProblemError(STALE, head=head, headers={"ETag": f'"{head.tag}"'} if head else None)
    kinds = {
        "absent": NOT_FOUND,
        "no_account": SESSION_REVOKED,
        "key_reused": KEY_REUSED,
        "too_many": TOO_MANY,
    }
    return ProblemError(kinds[done.outcome])


def _expected(if_match: str | None, if_none_match: str | None) -> str:
    if if_match is None and if_none_match is None:
        raise ProblemError(CONDITION_MISSING)
    if if_match is not None and if_none_match is not None:
        raise ProblemError(BAD_HEADER, "If-Match and If-None-Match together say nothing.")
    if if_none_match is not None:
        if if_none_match.strip() != "*":
            raise ProblemError(BAD_HEADER, "If-None-Match takes * only.")
        return "*"
    found = _QUOTED.fullmatch((if_match or "").strip())
    if found is None:
        raise ProblemError(BAD_HEADER, "If-Match takes one tag in quotes.")
    return found.group(1)


def _key(key: str | None) -> str:
    if key is None:
        raise ProblemError(KEY_MISSING)
    if not _KEY.fullmatch(key):
        raise ProblemError(BAD_HEADER, "Idempotency-Key takes 8 to 64 letters, digits and dashes.")
    return key
