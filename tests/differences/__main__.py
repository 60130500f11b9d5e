"""Write the table of docs/differences.md again: `python -m tests.differences`."""

from tests.differences.measure import compare
from tests.differences.server import Server
from tests.differences.table import DOCS, as_text
from tests.helpers.gamedata import default_catalog, packed_catalog


def main() -> None:
    """Measure and write."""
    server = Server()
    try:
        DOCS.write_text(as_text(compare(packed_catalog(), default_catalog(), server.own)), "utf-8")
    finally:
        server.close()


if __name__ == "__main__":
    main()
