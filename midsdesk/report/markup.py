"""Mark-ups and colour themes of posts: data that the templates hold, and how they are applied.

Reads no files: the text of the templates is handed in.
"""

import html
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Final

from midsdesk.errors import ValidationError

_TEXT: Final = "{text}"
_LARGEST: Final = 6
_COLOR: Final = re.compile(r"#[0-9a-fA-F]{3,8}")
_BACK: Final = {True: ("#14161a", "#e6e6e6"), False: ("#ffffff", "#1a1a1a")}


def _plain(text: str) -> str:
    return text


def _bbcode(text: str) -> str:
    # No forum's BBCode has a sign to escape with.
    return text.replace("[", "(").replace("]", ")")


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", text)


def _markdown_html(text: str) -> str:
    return re.sub(r"([\\`*_\[\]#|~])", r"\\\1", html.escape(text, quote=False))


ESCAPES: Final[Mapping[str, Callable[[str], str]]] = {
    "none": _plain,
    "bbcode": _bbcode,
    "html": html.escape,
    "markdown": _markdown,
    "markdown_html": _markdown_html,
}


def one_line(text: str) -> str:
    """A text that must stay in its line."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a post. `dark`: for dark pages."""

    label: str
    title: str
    heading: str
    level: str
    slot: str
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """How one kind of text is marked up; "" leaves a thing as it is.

    Attributes:
        escape: Name of what makes foreign text harmless.
        heading: For mark-ups with headings of their own; {marks} is a row of #.
        line: Around each line outside of lists. paragraphs: An empty line parts paragraphs.
        page: Around everything.
    """

    label: str
    escape: str
    bold: str = _TEXT
    size: str = _TEXT
    color: str = _TEXT
    listing: str = _TEXT
    item: str = _TEXT
    line: str = _TEXT
    heading: str = ""
    separator: str = ""
    paragraphs: bool = False
    page: str = _TEXT

    def safe(self, text: str) -> str:
        """Foreign text, made harmless and kept in its line."""
        return ESCAPES[self.escape](one_line(text))

    def strong(self, text: str) -> str:
        """Bold text; `text` is marked up already."""
        return _fill(self.bold, text)

    def colored(self, text: str, color: str) -> str:
        """Coloured text; `text` is marked up already."""
        return _fill(self.color, text, color=color)

    def title(self, text: str, size: int) -> str:
        """A heading, from size 1 to 6, the largest."""
        if self.heading:
            return _fill(self.heading, text, marks="#" * (_LARGEST + 1 - size))
        return _fill(self.size, self.strong(text), size=str(size))

    def items(self, texts: list[str]) -> str:
        """A list; the texts are marked up already."""
        return _fill(self.listing, "\n".join(_fill(self.item, text) for text in texts))

    def whole(self, lines: list[str], title: str, theme: Theme) -> str:
        """The text of all lines."""
        gap = "\n\n" if self.paragraphs else "\n"
        background, foreground = _BACK[theme.dark]
        return (
            _fill(
                self.page.lstrip("\n"),
                gap.join(lines).rstrip("\n"),
                title=self.safe(title),
                background=background,
                foreground=foreground,
            ).rstrip("\n")
            + "\n"
        )

    def in_line(self, text: str) -> str:
        """A line outside of lists."""
        return _fill(self.line, text)


def _fill(template: str, text: str, **values: str) -> str:
    """Put values into a template, then the text, in which nothing is looked for."""
    head, found, tail = template.partition(_TEXT)
    for name, value in values.items():
        head = head.replace(f"{{{name}}}", value)
        tail = tail.replace(f"{{{name}}}", value)
    return f"{head}{text}{tail}" if found else head


@dataclass(frozen=True, slots=True)
class Templates:
    """All mark-ups and themes by name, and the words of posts."""

    markups: Mapping[str, Markup]
    themes: Mapping[str, Theme]
    words: Mapping[str, str] = field(default_factory=dict)

    def markup(self, name: str) -> Markup:
        """A mark-up by name.

        Raises:
            ValidationError: There is none; the message lists those there are.
        """
        return self.markups[_known(self.markups, name, "mark-up")]

    def theme(self, name: str) -> Theme:
        """A theme by name.

        Raises:
            ValidationError: There is none; the message lists those there are.
        """
        return self.themes[_known(self.themes, name, "colour theme")]

    def word(self, name: str, **values: object) -> str:
        """The words for a thing; its name where the templates have none."""
        text = self.words.get(name, name.replace("_", " "))
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", str(value))
        return text


def _known(known: Mapping[str, object], name: str, kind: str) -> str:
    found = name.lower().replace("-", "_").replace(" ", "_")
    if found not in known:
        raise ValidationError(f"No {kind} is called “{name}”. There are: {', '.join(known)}.")
    return found


def templates_from(text: str) -> Templates:
    """Make templates of the text of their file.

    Raises:
        ValidationError: It is no TOML, or something in it is missing, unknown or of a wrong type.
    """
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        raise ValidationError(f"The templates are no TOML: {cause}.") from cause
    try:
        markups = {name: Markup(**each) for name, each in value["markups"].items()}
        themes = {name: Theme(**each) for name, each in value["themes"].items()}
        words = {str(name): str(each) for name, each in value["words"].items()}
    except (KeyError, TypeError, AttributeError) as cause:
        raise ValidationError(f"The templates are damaged: {cause}.") from cause
    for name, markup in markups.items():
        if markup.escape not in ESCAPES:
            raise ValidationError(f"The mark-up {name} names no known escape.")
        _check_texts(name, markup)
    for name, theme in themes.items():
        _check_colors(name, theme)
    return Templates(markups, themes, words)


def _check_texts(name: str, markup: Markup) -> None:
    for each in fields(markup):
        if not isinstance(getattr(markup, each.name), bool if each.name == "paragraphs" else str):
            raise ValidationError(f"The mark-up {name} has a wrong value for {each.name}.")


def _check_colors(name: str, theme: Theme) -> None:
    for color in (theme.title, theme.heading, theme.level, theme.slot):
        if not isinstance(color, str) or _COLOR.fullmatch(color) is None:
            raise ValidationError(f"The colour theme {name} has a colour that is none.")
