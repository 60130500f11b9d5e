"""The page of a link: what a browser shows of a build. No script, nothing from elsewhere.

Everything that came from a player is escaped; the policy sent along forbids scripts altogether, so
that a mistake here would still run nothing.
"""

import base64
from hashlib import sha256
from html import escape
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from midsdesk.formats import share_code
from midsdesk.formats.native_shape import BuildShape, EntryShape
from midsdesk.server.content import level_of, shape_of
from midsdesk.server.problems import ProblemError
from midsdesk.server.services import Anyone, Use
from midsdesk.server.shares import Code, content_of, held_share, open_files
from midsdesk.sync.protocol import BUILD_TYPE

router = APIRouter(tags=["pages"], dependencies=[Anyone])
_LONGEST: Final = 200
_MOST_ROWS: Final = 200
# Systems cut links that are longer; the download is beside it.
_LONGEST_LINK: Final = 8000
_STYLE: Final = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;"
    "margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}h1{font-size:1.5rem;margin:0}"
    "p.what{margin:.2rem 0 1.2rem}a.do{display:inline-block;padding:.45rem .9rem;margin:0 .5rem "
    ".5rem 0;border:1px solid;border-radius:.4rem;text-decoration:none}table{border-collapse:"
    "collapse;width:100%;margin:1rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem "
    ".6rem .3rem 0;border-bottom:1px solid #8884}td:first-child{width:3rem}pre{white-space:"
    "pre-wrap}footer{margin-top:2rem;font-size:.85rem}"
)
_STYLE_HASH: Final = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_WORDS: Final = {
    404: ("No such link", "There is no build here. The link may have been revoked."),
    410: ("This link is over", "Its owner let it expire, or deleted the build."),
    429: ("Too many requests", "Try again in a minute."),
}


@router.get("/s/{code}", response_class=Response, include_in_schema=False)
async def page(code: str, use: Use) -> Response:
    """A build for a browser."""
    try:
        value = await held_share(use, code[:64])
    except ProblemError as problem:
        return _html(_sorry(problem.kind.status), problem.kind.status)
    use.views.saw(code)
    return _html(_page(use.settings.public_url, code, value), 200)


@router.get("/s/{code}/build.mdbuild", response_class=Response, include_in_schema=False)
async def download(code: Code, use: Use) -> Response:
    """The build as a file."""
    value = await held_share(use, code)
    headers = {
        "Content-Disposition": f'attachment; filename="build-{code}.mdbuild"',
        "Cache-Control": "no-cache",
    }
    return Response(content_of(value), 200, headers, media_type=BUILD_TYPE)


def _page(base: str, code: str, value: dict[str, Any]) -> str:
    build = shape_of(content_of(value))
    if build is None:
        name, middle, opening = str(value["name"]), "<p>Made by a newer midsdesk.</p>", ""
    else:
        name, middle = build.name, _build(build)
        opening = _opening(build)
    title = escape(_short(name) or "Build without a name")
    address = escape(f"{base}/s/{code}", quote=True)
    files = "".join(
        f'<li><a href="{escape(base)}/v1/shares/{code}/files/{escape(file["id"])}" rel="nofollow">'
        f"{escape(_short(file['name']))}</a> ({int(file['size']):,} bytes)</li>"
        for file in open_files(value)
    )
    live = "<p>This page shows the build as it is now; reload it for later changes.</p>"
    return (
        f"<h1>{title}</h1>{middle}"
        f'<p><a class="do" href="{address}/build.mdbuild" download>Download</a>{opening}</p>'
        f"{live if value['live'] else ''}{f'<ul>{files}</ul>' if files else ''}"
        f"<footer>Shared with midsdesk, a build planner.</footer>"
    )


def _opening(build: BuildShape) -> str:
    link = share_code.link(share_code.encode_shape(build))
    if len(link) > _LONGEST_LINK:
        return ""
    return f'<a class="do" href="{escape(link, quote=True)}">Open in midsdesk</a>'


def _build(build: BuildShape) -> str:
    sets = [_last(each) for each in build.powersets if each]
    what = f"Level {level_of(build)} {_last(build.archetype.removeprefix('Class_'))}"
    rows = "".join(_row(each) for each in build.picks[:_MOST_ROWS] if each.power)
    others = "".join(_row(each) for each in build.others[:_MOST_ROWS] if each.power and each.slots)
    head = "<tr><th>Level</th><th>Power</th><th>Slots</th></tr>"
    comment = f"<pre>{escape(build.comment[:4000])}</pre>" if build.comment else ""
    return (
        f'<p class="what">{escape(what)}, {escape(", ".join(sets))}</p>{comment}'
        f"<table>{head}{rows}{others}</table>"
    )


def _row(entry: EntryShape) -> str:
    pieces = [
        escape(_last(slot.piece.enhancement)) if slot.piece else "empty" for slot in entry.slots
    ]
    return (
        f"<tr><td>{int(entry.level)}</td><td>{escape(_last(entry.power))}</td>"
        f"<td>{', '.join(pieces)}</td></tr>"
    )


def _last(name: str) -> str:
    """The readable part of an id of the game."""
    return _short(name.rpartition(".")[2].replace("_", " "))


def _short(text: str) -> str:
    clean = "".join(sign if sign.isprintable() else " " for sign in text[: _LONGEST * 4])
    return clean.strip()[:_LONGEST]


def _sorry(status: int) -> str:
    title, text = _WORDS.get(status, ("Not available", "Try again later."))
    return f"<h1>{title}</h1><p>{text}</p>"


def _html(body: str, status: int) -> Response:
    title = body.partition("<h1>")[2].partition("</h1>")[0]
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
    return Response(
        text.encode("utf-8", "replace"), status, headers, media_type="text/html; charset=utf-8"
    )
