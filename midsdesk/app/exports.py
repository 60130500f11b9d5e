"""What a build can be converted to: every form the program writes, and posts, numbers, QR codes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from midsdesk.app import files
from midsdesk.app.effect_words import describe_power
from midsdesk.calc.calculation import Calculation
from midsdesk.calc.engine import Engine
from midsdesk.errors import StorageError, ValidationError
from midsdesk.formats import forms, share_code, share_qr
from midsdesk.formats.forms import Form
from midsdesk.formats.native_file import NativeFile
from midsdesk.formats.report_write import ReportOptions, encode_report
from midsdesk.host.resources import resource
from midsdesk.model.build import Build
from midsdesk.model.catalog import Catalog
from midsdesk.model.settings import CalcSettings
from midsdesk.report.markup import Templates, templates_from
from midsdesk.report.numbers import totals_csv, totals_json, totals_text
from midsdesk.report.post import Bonus, PostOptions, post


@dataclass(frozen=True)
class Context:
    """What the writers work with.

    Attributes:
        levels: Reports name the levels of inventions.
        totals, bonuses, code: A post ends with them.
        made_at: Shown in menus; None for no date.
        settings: What the totals are computed under.
        companions: What stands beside the build in a file of ours.
        calculator: One that is there already, None to make one when first needed.
    """

    catalog: Catalog
    post: PostOptions = field(default_factory=PostOptions)
    levels: bool = True
    totals: bool = False
    bonuses: bool = False
    code: bool = False
    made_at: datetime | None = None
    settings: CalcSettings = field(default_factory=CalcSettings)
    companions: NativeFile | None = None
    calculator: Engine | None = None

    @cached_property
    def engine(self) -> Engine:
        """The calculator."""
        return self.calculator or Engine(self.catalog)

    @cached_property
    def templates(self) -> Templates:
        """The templates of posts, read when first needed."""
        path = resource("templates", "forum.toml")
        try:
            return templates_from(path.read_text(encoding="utf-8"))
        except OSError as cause:
            raise StorageError(
                "The templates of posts are missing; install midsdesk again.", path=path
            ) from cause

    def numbers(self, build: Build) -> Calculation:
        """Everything that is computed of a build."""
        return self.engine.calculate(build, self.settings)


Writer = Callable[[Build, Context], bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """A form to convert to. `form`: what tells the losses, None for what is not read back."""

    ending: str
    write: Writer
    form: Form | None = None


def _of(form: Form, ending: str) -> Target:
    return Target(ending, lambda build, context: forms.write(build, form, context.catalog), form)


def _native(build: Build, context: Context) -> bytes:
    return files.encoded(build, Form.NATIVE, context.catalog, context.companions)


def _mxd(form: Form) -> Target:
    def write(build: Build, context: Context) -> bytes:
        options = ReportOptions(levels=context.levels, old_head=form == Form.MXD_101)
        report = encode_report(build, context.catalog, options)
        return forms.write(build, form, context.catalog, report=report)

    return Target(".mxd", write, form)


def _report(build: Build, context: Context) -> bytes:
    options = ReportOptions(levels=context.levels)
    return encode_report(build, context.catalog, options).encode("utf-8", "replace")


def _popmenu(build: Build, context: Context) -> bytes:
    return forms.write(build, Form.POPMENU, context.catalog, made_at=context.made_at)


def _share_link(build: Build, _: Context) -> bytes:
    return f"{share_code.link(share_code.encode(build))}\n".encode()


def _qr(draw: Callable[[str], bytes]) -> Writer:
    return lambda build, _: draw(share_code.link(share_code.encode(build)))


def _post(markup: str = "") -> Writer:
    def write(build: Build, context: Context) -> bytes:
        options = context.post
        if markup:
            options = replace(options, markup=markup)
        if context.code:
            options = replace(options, code=share_code.link(share_code.encode(build)))
        numbers = context.numbers(build) if context.totals or context.bonuses else None
        text = post(
            build,
            context.catalog,
            context.templates,
            options,
            numbers.statistics if numbers and context.totals else (),
            bonuses_of(numbers, build, context.catalog) if numbers and context.bonuses else (),
        )
        return text.encode("utf-8", "replace")

    return write


def bonuses_of(numbers: Calculation, build: Build, catalog: Catalog) -> tuple[Bonus, ...]:
    """The set bonuses in force, in words."""
    archetype = catalog.archetype(build.archetype)
    found = []
    for each in numbers.counted:
        power = catalog.power(each.power)
        text = describe_power(power, catalog, archetype) if power else ""
        text = text or (power.display_name if power else each.power)
        found.append(Bonus(text, each.counted, each.count - each.counted))
    return tuple(found)


def _csv(build: Build, context: Context) -> bytes:
    return totals_csv([(build, context.numbers(build).statistics)]).encode()


def _json(build: Build, context: Context) -> bytes:
    numbers = context.numbers(build).statistics
    return totals_text(totals_json(build, context.catalog, numbers)).encode()


TARGETS: Final[dict[str, Target]] = {
    "mbd": _of(Form.MBD, ".mbd"),
    "mdbuild": Target(".mdbuild", _native, Form.NATIVE),
    "mxd": _mxd(Form.MXD),
    "mxd-1.01": _mxd(Form.MXD_101),
    "mxd-binary": _of(Form.MXD_BINARY, ".mxd"),
    "block": _of(Form.MXD_BLOCK, ".block.txt"),
    "link": _of(Form.LINK, ".link.txt"),
    "chunk": _of(Form.MBD_CHUNK, ".chunk.txt"),
    "share-text": _of(Form.SHARE_TEXT, ".share.txt"),
    "share-code": _of(Form.SHARE_CODE, ".code.txt"),
    "share-link": Target(".url.txt", _share_link, Form.SHARE_CODE),
    "qr-svg": Target(".svg", _qr(share_qr.svg), Form.SHARE_CODE),
    "qr-png": Target(".png", _qr(share_qr.png), Form.SHARE_CODE),
    "report": Target(".report.txt", _report, Form.REPORT),
    "game": _of(Form.GAME_TEXT, ".game.txt"),
    "popmenu": Target(".mnu", _popmenu, Form.POPMENU),
    "post": Target(".post.txt", _post()),
    "html": Target(".html", _post("html")),
    "markdown": Target(".md", _post("markdown")),
    "csv": Target(".csv", _csv),
    "json": Target(".json", _json),
}
# What a file's ending means where no form is named; longer endings are tried first.
_ENDINGS: Final = {target.ending: name for name, target in reversed(TARGETS.items())}


def target_named(name: str) -> Target:
    """A target by its name.

    Raises:
        ValidationError: There is none; the message lists those there are.
    """
    found = TARGETS.get(name.strip().lower().replace("_", "-").replace(" ", "-"))
    if found is None:
        raise ValidationError(f"No form is called “{name}”. There are: {', '.join(TARGETS)}.")
    return found


def target_for(file_name: str) -> Target | None:
    """The target that a file's ending means, None if it means nothing."""
    lower = file_name.lower()
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if lower.endswith(ending):
            return TARGETS[_ENDINGS[ending]]
    return None
