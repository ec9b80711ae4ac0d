"""What an index holds of a row is never longer than it takes, whatever somebody writes."""

from collections import defaultdict

import pytest
from django.db import connection

from tests.long_texts import CHINESE, LETTERS, LONGER_FOLDED, addresses, made_of
from tests.models.rows import execute

pytestmark = pytest.mark.django_db

MOST_BYTES = 2704  # bytes of a row in a btree: a third of a page
OVERHEAD = 8 + 4  # of a row and of each text in it, at most
BYTES = 4  # of a letter, at most
# Every column of an index that keeps values as they are, with its type;
# of an expression what it gives.
COLUMNS = """
    SELECT index.relname::text, key.number, type.typname::text, attribute.atttypmod,
           pg_get_indexdef(index.oid, key.number, true)
    FROM pg_index
    JOIN pg_class index ON index.oid = indexrelid
    JOIN pg_class owner ON owner.oid = indrelid
    JOIN pg_am method ON method.oid = index.relam
    CROSS JOIN LATERAL generate_series(1, indnatts) key (number)
    JOIN pg_attribute attribute ON attribute.attrelid = index.oid AND attribute.attnum = key.number
    JOIN pg_type type ON type.oid = attribute.atttypid
    WHERE owner.relnamespace = 'public'::regnamespace AND owner.relname LIKE 'tracker%'
        AND method.amname <> 'gin'
"""
LONG = ("text", "json", "jsonb", "bytea", "varchar", "bpchar", "xml", "name")
ADDRESS = 500 * BYTES + 65  # the beginning of it and a digest
BOUNDED = {
    "url_key": ADDRESS,
    "normalised_url(archive_url::text)": ADDRESS,
    "md5(archive_url::text)": 32,
    "md5(note::text)": 32,
    "digest": 64,
    "sort": 0,  # a title without its case: the test after the next
}


def test_no_index_has_a_text_that_may_be_longer_than_it_takes() -> None:
    """Each column of an unbounded type is one that something here bounds,
    and all of a row fit together.
    """
    lengths: dict[str, int] = defaultdict(lambda: OVERHEAD)
    unbounded = []
    for index, _, kind, modifier, column_type in execute(COLUMNS):
        is_list = kind.startswith("_")
        if not is_list and kind not in LONG:
            lengths[index] += 32
        elif column_type in BOUNDED:
            lengths[index] += BOUNDED[column_type] + OVERHEAD
        elif is_list or modifier < 0:
            unbounded.append((index, column_type, kind))
        else:
            lengths[index] += (modifier - 4) * BYTES + OVERHEAD

    assert len(lengths) > 100
    assert unbounded == []
    assert {index: length for index, length in lengths.items() if length > MOST_BYTES} == {}


@pytest.mark.parametrize("letters", [LETTERS, CHINESE, "/", "?&", LONGER_FOLDED], ids=len)
def test_the_key_of_an_address_is_bounded_and_its_own(letters: str) -> None:
    """Short ones are as they are;
    long ones differ although they begin alike, and begin with their host.
    """
    for length in (400, 500, 501, 3_000, 30_000):
        path = made_of(letters, length)
        spelled = [addresses(path)[0], path, f"{addresses(path)[0]}x", f"{path}x"]
        keys = [
            key
            for (key,) in execute(
                "SELECT public.normalised_url(u) FROM unnest(%s::text[]) AS u", spelled
            )
        ]
        assert max(len(key.encode()) for key in keys) <= ADDRESS
        assert len(set(keys)) == 4 or letters in ("/", "?&")
        assert keys[0].startswith("example.org")


def test_titles_without_their_case_fit_into_the_index_by_which_lists_are_sorted() -> None:
    """The longest that there are, of the letters that get longest, at random."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE title (sort text, record int, id int)")
        cursor.execute("CREATE INDEX ON title (sort, record, id)")
        for letters in (
            LETTERS,
            CHINESE,
            LONGER_FOLDED,
            "".join(map(chr, range(0x20000, 0x2A6DF))),
        ):
            for _ in range(20):
                cursor.execute(
                    "INSERT INTO title VALUES (%s, 1, 1)", [made_of(letters, 500).casefold()]
                )
