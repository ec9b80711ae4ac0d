"""A bibliography says of a source all that it has a place for;
a field that is added is in it, or told here.
"""

import pytest

from tests.public.formats.written import source, written
from tracker.public.formats import bibtex, csl, ris
from tracker.schema.sources import Source
from tracker.values.nouns import Noun

NO_PLACE_FOR = {
    "ref": "is the key of the entry",
    "id": "is the key of the entry where there is no ref",
    "derives_from": "names another of our records",
    "outlet": "is judged by the team",
    "reliability": "is judged by the team",
}
VALUES = {
    "type": "report",
    "title": "Another title",
    "english_title": "A title in English",
    "authors": [{"family": "Stokes"}],
    "publisher": "A publisher",
    "container_title": "A journal",
    "issued": "2020",
    "url": "https://example.org/a",
    "archive_url": "https://archive.example/a",
    "accessed_on": "2020-02-03",
    "language": "de",
    "keywords": ["energy"],
}


def test_every_field_of_a_source_has_a_place_or_a_reason_for_none():
    assert VALUES.keys() | NO_PLACE_FOR.keys() == set(Source.__struct_fields__)
    assert set(csl.COLUMNS) - {"doi", "id", "ref"} == VALUES.keys()


@pytest.mark.parametrize("field", VALUES)
@pytest.mark.parametrize("write", [csl.write, bibtex.write, ris.write])
def test_a_bibliography_says_it(write, field):
    usual = {"url": "https://example.org/"} if field == "accessed_on" else {}
    assert written(write, Noun.SOURCE, source(**usual)) != written(
        write, Noun.SOURCE, source(**usual, **{field: VALUES[field]})
    )
