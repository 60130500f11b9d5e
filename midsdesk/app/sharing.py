"""Sending a build anywhere: what there is to choose from, and a preview with its losses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final

from midsdesk.app import exports, files
from midsdesk.app.document import Document
from midsdesk.app.exports import Context
from midsdesk.calc.engine import Engine
from midsdesk.errors import MidsdeskError
from midsdesk.formats import forms
from midsdesk.formats.forms import Facet, Form
from midsdesk.host.atomic import write_file
from midsdesk.report.markup import Markup, Theme
from midsdesk.report.post import PostOptions


class Group(StrEnum):
    """Where a build is sent; the value is what the list says."""

    CODE = "Codes and links"
    POST = "Posts and pages"
    FILE = "Files"
    TEXT = "Texts for other programs"
    NUMBERS = "Numbers"


class Option(StrEnum):
    """What may be chosen about a form."""

    MARKUP = "markup"
    THEME = "theme"
    LEVELS = "levels"
    INCARNATES = "incarnates"
    ACCOLADES = "accolades"
    INHERENTS = "inherents"
    TOTALS = "totals"
    BONUSES = "bonuses"
    CODE = "code"


_POST: Final = (
    Option.THEME,
    Option.INCARNATES,
    Option.ACCOLADES,
    Option.INHERENTS,
    Option.TOTALS,
    Option.BONUSES,
    Option.CODE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing a build can be made into.

    Attributes:
        target: Its name in `exports.TARGETS`.
        picture: It is bytes of a picture, and shown as one.
        binary: It is no text at all; it can be saved, not copied.
    """

    target: str
    group: Group
    title: str
    about: str
    options: tuple[Option, ...] = ()
    picture: bool = False
    binary: bool = False


KINDS: Final = (
    Kind(
        "share-code",
        Group.CODE,
        "Share code",
        "The whole build in one line. It needs no server and opens for ever.",
    ),
    Kind(
        "share-link",
        Group.CODE,
        "Link",
        "The same code as a link that opens midsdesk.",
    ),
    Kind(
        "qr-png",
        Group.CODE,
        "QR code",
        "The link as a picture, for a phone or a printed page.",
        picture=True,
    ),
    Kind("qr-svg", Group.CODE, "QR code, SVG", "The picture in lines, sharp at every size."),
    Kind(
        "post",
        Group.POST,
        "Forum post",
        "For boards: BBCode in several dialects, plain text or Markdown.",
        (Option.MARKUP, *_POST),
    ),
    Kind("html", Group.POST, "HTML page", "A whole page for a browser or a web site.", _POST),
    Kind("markdown", Group.POST, "Markdown", "For chats, wikis and notes.", _POST),
    Kind(
        "report",
        Group.POST,
        "Report",
        "The list of powers and slots that planners have posted for years; it can be read back.",
        (Option.LEVELS,),
    ),
    Kind("mbd", Group.FILE, "Mids Reborn (.mbd)", "The file of today's Mids Reborn."),
    Kind(
        "mdbuild",
        Group.FILE,
        "midsdesk (.mdbuild)",
        "Our own file: readable, with variants and notes. It loses nothing.",
    ),
    Kind(
        "mxd",
        Group.FILE,
        "Older Mids (.mxd 3.20)",
        "For Mids Reborn before 2023, with the report above it.",
        (Option.LEVELS,),
    ),
    Kind(
        "mxd-1.01",
        Group.FILE,
        "Hero Designer (.mxd 1.01)",
        "For programs before 2021.",
        (Option.LEVELS,),
    ),
    Kind(
        "mxd-binary",
        Group.FILE,
        "Bare .mxd",
        "Only the data of a .mxd, without text around them.",
        binary=True,
    ),
    Kind("block", Group.TEXT, "Data block", "For a post; older planners import it."),
    Kind("link", Group.TEXT, "Data link", "The block as a link; only short builds fit."),
    Kind("chunk", Group.TEXT, "MBD chunk", "The .mbd as a block for a post."),
    Kind("share-text", Group.TEXT, "Share text", "The .mbd in one line of letters."),
    Kind("game", Group.TEXT, "Text of the game", "As the game itself writes a build."),
    Kind(
        "popmenu", Group.TEXT, "Pop-menu", "A menu for the test server that hands out every piece."
    ),
    Kind("csv", Group.NUMBERS, "Totals, CSV", "All totals as a table for a spreadsheet."),
    Kind("json", Group.NUMBERS, "Totals, JSON", "All totals for programs."),
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was chosen about forms."""

    markup: str = "bbcode"
    theme: str = "navy"
    flags: Mapping[Option, bool] = field(
        default_factory=lambda: {
            Option.LEVELS: True,
            Option.INCARNATES: True,
            Option.ACCOLADES: True,
            Option.INHERENTS: True,
            Option.TOTALS: False,
            Option.BONUSES: False,
            Option.CODE: False,
        }
    )

    def with_flag(self, option: Option, value: bool) -> "Wishes":
        """The same with one option switched."""
        return replace(self, flags={**self.flags, option: value})


@dataclass(frozen=True, slots=True)
class Made:
    """A build made into something.

    Attributes:
        data: What is saved or copied, empty if it could not be made.
        lost: What of this build it does not hold.
        error: Why it could not be made, "" if it could.
    """

    data: bytes
    lost: tuple[Facet, ...] = ()
    error: str = ""

    @property
    def text(self) -> str:
        """As text, with the line ends of this program."""
        return self.data.decode("utf-8", errors="replace").replace("\r\n", "\n")


class Sharing:
    """Makes one document into things, and knows the mark-ups and themes there are."""

    def __init__(self, document: Document, calculator: object = None) -> None:
        self.document = document
        engine = calculator if isinstance(calculator, Engine) else None
        self._context = Context(
            document.catalog,
            calculator=engine,
            settings=document.settings,
            companions=document.companions,
        )

    @cached_property
    def markups(self) -> Mapping[str, Markup]:
        """Mark-ups of posts by name; HTML and Markdown pages have kinds of their own."""
        found = self._context.templates.markups
        return {name: each for name, each in found.items() if name != "html"}

    @cached_property
    def themes(self) -> Mapping[str, Theme]:
        """Colour themes by name."""
        return self._context.templates.themes

    def make(self, kind: Kind, wishes: Wishes) -> Made:
        """Make the build into something; what cannot be made says why."""
        flags = wishes.flags
        context = replace(
            self._context,
            post=PostOptions(
                markup=wishes.markup,
                theme=wishes.theme,
                inherents=flags[Option.INHERENTS],
                incarnates=flags[Option.INCARNATES],
                accolades=flags[Option.ACCOLADES],
            ),
            levels=flags[Option.LEVELS],
            totals=flags[Option.TOTALS],
            bonuses=flags[Option.BONUSES],
            code=flags[Option.CODE],
            made_at=datetime.now().astimezone(),
        )
        target = exports.TARGETS[kind.target]
        form = target.form or (Form.FORUM_POST if kind.group is Group.POST else None)
        lost = self._lost(form, wishes) if form is not None else ()
        try:
            return Made(target.write(self.document.build, context), lost)
        except MidsdeskError as error:
            return Made(b"", lost, error.user_message)

    def file_name(self, kind: Kind) -> str:
        """What a file of it may be called."""
        return files.suggested_name(self.document, exports.TARGETS[kind.target].ending)

    def save(self, made: Made, kind: Kind, path: Path) -> None:
        """Write the file beside, check it by reading it back, rename it.

        Raises:
            StorageError: It could not be written; what was there is unchanged.
        """
        form = exports.TARGETS[kind.target].form
        readable = form is not None and forms.carries(form).read and kind.group is not Group.CODE

        def check(stored: bytes) -> None:
            if readable and form is not None:
                files.check_reads_back(stored, self.document.build, form, self.document.catalog)

        write_file(path, made.data, check)

    def _lost(self, form: Form, wishes: Wishes) -> tuple[Facet, ...]:
        lost = files.losses(self.document, form)
        if form is Form.FORUM_POST and wishes.flags[Option.CODE]:
            return ()  # the share code at its end holds them
        return lost
