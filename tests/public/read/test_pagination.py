"""Pages are cut out of one result more than they have."""

import pytest

from tracker.public.read.pagination import paginate


@pytest.mark.parametrize(
    ("rows", "results", "after"),
    [("", "", None), ("ab", "ab", None), ("abc", "abc", None), ("abcd", "abc", ("c",))],
)
def test_a_page_ends_where_the_next_begins(
    rows: str, results: str, after: tuple[str] | None
) -> None:
    page = paginate(rows, 3, lambda letter: (letter,), edition=7)

    assert (page.results, page.after, page.edition) == (results, after, 7)
