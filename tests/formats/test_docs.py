from tests.formats.make_docs_table import PAGE, page


def test_the_table_of_forms_is_up_to_date() -> None:
    """If not: `python -m tests.formats.make_docs_table`."""
    assert PAGE.read_text("utf-8") == page()
