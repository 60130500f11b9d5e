"""Makes the table of docs/formats.md: `python -m tests.formats.make_docs_table` writes it."""

import re
import sys

from midsdesk.formats.forms import Facet, Form, carries
from tests.helpers.gamedata import ROOT

PAGE = ROOT / "docs" / "formats.md"
_PLACE = re.compile(r"(<!-- table:[^\n]*-->\n).*?(<!-- end of table -->)", re.DOTALL)


def table() -> str:
    """A row for each form: reads, writes, and what it does not carry."""
    lines = ["| form | reads | writes | does not carry | remark |", "|---|---|---|---|---|"]
    for form in Form:
        row = carries(form)
        missing = "; ".join(each for each in row.missing if each != Facet.COMPANIONS) or "–"
        missing = missing if row.facets else "anything"
        reads, writes = ("yes" if each else "–" for each in (row.read, row.written))
        lines.append(f"| {form} | {reads} | {writes} | {missing} | {row.remark} |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The page with the table as it should be."""
    return _PLACE.sub(lambda found: found[1] + table() + found[2], PAGE.read_text("utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(table())
