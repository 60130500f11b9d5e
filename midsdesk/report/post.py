"""A build as a post for people: BBCode, HTML, Markdown or plain, in colours.

Source: build files, section 9. Names are made harmless for each mark-up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from midsdesk.model.build import (
    ANCILLARY,
    POOL_PLACES,
    PRIMARY,
    SECONDARY,
    Build,
    PowerEntry,
)
from midsdesk.model.catalog import Catalog
from midsdesk.model.totals import Statistic
from midsdesk.model.vocab import Alignment, PowersetKind
from midsdesk.report.markup import Markup, Templates, Theme, one_line
from midsdesk.report.names import piece_name, power_name, set_name
from midsdesk.report.numbers import shown

_HEROIC: Final = (Alignment.HERO, Alignment.VIGILANTE, Alignment.RESISTANCE)
_TITLE, _HEADING = 6, 5


@dataclass(frozen=True, slots=True)
class Bonus:
    """A set bonus in words. `count`: how often it is in force; `over`: how often it is not."""

    text: str
    count: int
    over: int = 0


@dataclass(frozen=True, slots=True)
class PostOptions:
    """What a post shows. `code`: a share code or link at its end."""

    markup: str = "bbcode"
    theme: str = "navy"
    inherents: bool = True
    incarnates: bool = True
    accolades: bool = True
    program: str = "midsdesk"
    code: str = ""


def post(
    build: Build,
    catalog: Catalog,
    templates: Templates,
    options: PostOptions,
    totals: Sequence[Statistic] = (),
    bonuses: Sequence[Bonus] = (),
) -> str:
    """Write the post.

    Args:
        totals: Shown at the end, "" for none. bonuses: Likewise.

    Raises:
        ValidationError: No such mark-up or theme.
    """
    return _Post(build, catalog, templates, options).text(totals, bonuses)


class _Post:
    """Collects the lines of one post."""

    def __init__(
        self, build: Build, catalog: Catalog, templates: Templates, options: PostOptions
    ) -> None:
        self._build = build
        self._catalog = catalog
        self._templates = templates
        self._options = options
        self._markup: Markup = templates.markup(options.markup)
        self._theme: Theme = templates.theme(options.theme)
        self._lines: list[str] = []

    def text(self, totals: Sequence[Statistic], bonuses: Sequence[Bonus]) -> str:
        title = self._title()
        safe = self._markup.safe(title)
        self._line(self._markup.colored(self._markup.title(safe, _TITLE), self._theme.title))
        program = self._templates.word("made_with", program=self._options.program)
        self._line(self._markup.safe(program))
        self._separate()
        self._lines.append(self._markup.items(self._sets()))
        self._powers("picks", self._build.picks)
        self._behind()
        self._numbers(totals)
        self._bonuses(bonuses)
        self._code()
        return self._markup.whole(self._lines, title, self._theme)

    def _title(self) -> str:
        archetype = self._catalog.archetype(self._build.archetype)
        shown_class = archetype.display_name if archetype else self._build.archetype
        who = f"{self._build.alignment.name.capitalize()} {shown_class}"
        name = one_line(self._build.name)
        return f"{name} - {who}" if name else who

    def _line(self, text: str) -> None:
        self._lines.append(self._markup.in_line(text))

    def _separate(self) -> None:
        self._lines.append(self._markup.separator)

    def _heading(self, word: str) -> None:
        self._separate()
        text = self._markup.safe(self._templates.word(word))
        self._line(self._markup.colored(self._markup.title(text, _HEADING), self._theme.heading))

    def _sets(self) -> list[str]:
        build, word = self._build, self._templates.word
        used = {entry.power.rpartition(".")[0].lower() for entry in build.picks}
        rows = [
            (word("primary"), build.powersets[PRIMARY]),
            (word("secondary"), build.powersets[SECONDARY]),
        ]
        pools = [build.powersets[place] for place in POOL_PLACES]
        pools = [each for each in pools if each and each.lower() in used]
        rows += [(f"{word('pool')} #{number}", each) for number, each in enumerate(pools, 1)]
        last = word("epic" if build.alignment in _HEROIC else "ancillary")
        rows.append((last, build.powersets[ANCILLARY]))
        return [
            f"{self._markup.strong(self._markup.safe(label + ':'))} "
            f"{self._markup.safe(set_name(self._catalog, each))}"
            for label, each in rows
            if each
        ]

    def _powers(self, word: str, entries: Sequence[PowerEntry]) -> None:
        self._heading(word)
        for entry in entries:
            level = self._templates.word("level", level=entry.level)
            if entry.is_empty:
                name = self._templates.word("empty_pick")
            else:
                name = power_name(self._catalog, entry.power)
            head = self._markup.colored(self._markup.safe(f"{level}:"), self._theme.level)
            self._line(f"{head} {self._markup.strong(self._markup.safe(name))}")
            if entry.slots:
                self._lines.append(self._markup.items(self._slots(entry)))

    def _slots(self, entry: PowerEntry) -> list[str]:
        texts = []
        for number, slot in enumerate(entry.slots):
            at = str(slot.level) if number else "A"
            if slot.enhancement is None:
                name = self._templates.word("empty_slot")
            else:
                name = piece_name(self._catalog, slot.enhancement)
            head = self._markup.colored(self._markup.safe(f"{at}:"), self._theme.slot)
            texts.append(f"{head} {self._markup.safe(name)}")
        return texts

    def _behind(self) -> None:
        kinds: dict[int, list[PowerEntry]] = {}
        for entry in self._build.others:
            if not entry.is_empty:
                kinds.setdefault(self._kind(entry), []).append(entry)
        accolades = kinds.pop(PowersetKind.ACCOLADE, [])
        incarnates = kinds.pop(PowersetKind.INCARNATE, [])
        rest = [entry for entries in kinds.values() for entry in entries]
        if self._options.inherents and rest:
            self._powers("inherents", rest)
        if self._options.accolades:
            self._names("accolades", accolades)
        if self._options.incarnates:
            self._names("incarnates", incarnates)

    def _kind(self, entry: PowerEntry) -> int:
        powerset = self._catalog.powerset(entry.power.rpartition(".")[0])
        if powerset is None:
            return PowersetKind.NONE
        if powerset.id.lower() == "temporary_powers.accolades":
            return PowersetKind.ACCOLADE
        return PowersetKind.INCARNATE if powerset.kind == PowersetKind.INCARNATE else 0

    def _names(self, word: str, entries: Sequence[PowerEntry]) -> None:
        if not entries:
            return
        self._heading(word)
        names = [self._markup.safe(power_name(self._catalog, each.power)) for each in entries]
        self._lines.append(self._markup.items(names))

    def _numbers(self, totals: Sequence[Statistic]) -> None:
        rows = [each for each in totals if each.value]
        if not rows:
            return
        self._heading("totals")
        texts = [f"{each.label}: {shown(each)}" for each in _with_groups(rows)]
        self._lines.append(self._markup.items([self._markup.safe(text) for text in texts]))

    def _bonuses(self, bonuses: Sequence[Bonus]) -> None:
        if not bonuses:
            return
        self._heading("bonuses")
        texts = []
        for each in bonuses:
            over = f" ({each.over} {self._templates.word('over_five')})" if each.over else ""
            texts.append(self._markup.safe(f"{each.count} × {each.text}{over}"))
        self._lines.append(self._markup.items(texts))

    def _code(self) -> None:
        if self._options.code:
            self._separate()
            self._line(self._markup.safe(self._templates.word("open")))
            # Base64url and dots only: as it stands, or it could not be copied.
            self._line(self._options.code)


def _with_groups(rows: Sequence[Statistic]) -> list[Statistic]:
    """The rows with their group in front of the label, where labels alone are not clear."""
    found = []
    for each in rows:
        group, dot, _ = each.key.partition(".")
        label = f"{group.replace('_', ' ').capitalize()}, {each.label}" if dot else each.label
        found.append(replace(each, label=label))
    return found
