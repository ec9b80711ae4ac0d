"""What a new record, or row of a file, may be already."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.costs import assert_same_cost
from tests.desk.merge.acts import merged
from tests.factories import ActorFactory, SourceFactory, StanceFactory
from tracker.desk import imports
from tracker.desk.imports import ImportTable
from tracker.desk.records.duplicates import DUPLICATE_KEYS, unsaved_duplicates
from tracker.models import Stance
from tracker.models.nouns import noun_of
from tracker.public.formats.rows import Row
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def duplicates(noun: Noun, *rows: dict[str, str]) -> list[tuple[int | None, int | None]]:
    """Return what rows look like: records by id, and rows of the file by line."""
    header = [*dict.fromkeys(["ref", *(column for row in rows for column in row)])]

    def read():
        yield Row(1, header)
        yield from (
            Row(line, [row.get(name, "") for name in header]) for line, row in enumerate(rows, 2)
        )

    plan = imports.plan(
        tables=[ImportTable(f"{noun.plural}.csv", noun, read)], duplicate_nouns=[noun]
    )
    return [
        (record, place and place.line)
        for duplicates in plan.duplicates
        for record, place, _ in duplicates.first()
    ]


def test_every_noun_says_by_what_two_records_may_be_the_same_or_that_nothing_is_compared():
    assert DUPLICATE_KEYS.keys() == {*Noun}


@pytest.fixture
def source():
    return SourceFactory(
        title="How China and Russia work together",
        issued="2019-06-05",
        url="https://www.usip.org/a",
    )


@pytest.mark.parametrize(
    "row",
    [
        {"url": "http://usip.org/a/?utm_source=x#top", "archive_url": "https://archive.org/1"},
        {"title": "How China and Russia Work Together!", "issued": "2019-06-05"},
        {"title": "How China and Rusia work together", "issued": "2019-06-05"},
    ],
)
def test_a_source_is_known_by_its_address_or_a_title_like_its_own_of_the_same_day(source, row):
    assert duplicates(Noun.SOURCE, row) == [(source.pk, None)]


@pytest.mark.parametrize(
    "row",
    [
        {"title": "How China and Russia work together", "issued": "2019-06-06"},
        {"title": "How China and Russia work together", "issued": "2019-06"},
        {"title": "How India and Japan fall apart", "issued": "2019-06-05"},
        {"url": "https://usip.org/b"},
        {},
    ],
)
def test_another_day_title_or_address_is_another_source(source, row):
    assert duplicates(Noun.SOURCE, row) == []


@pytest.mark.parametrize(
    "row",
    [
        {"doi": "10.1093/IA/iiz001"},
        {"url": "http://dx.doi.org/10.1093/ia/iiz001"},
        {"url": "https://publisher.example/10.1093/ia/iiz001?download=1"},
    ],
)
def test_a_source_is_known_by_its_doi_however_written(row):
    source = SourceFactory(url="https://doi.org/10.1093/ia/iiz001")

    assert duplicates(Noun.SOURCE, row) == [(source.pk, None)]


def test_sources_without_a_day_are_alike_by_the_same_title():
    source = SourceFactory(title="A Title", issued="")

    assert duplicates(
        Noun.SOURCE, {"title": "a title"}, {"title": "A Title", "issued": "2019"}
    ) == [(source.pk, None)]


@pytest.mark.parametrize(
    "row",
    [
        {"iso3": "CHN"},
        {"wikidata_id": "Q148"},
        {"name": "china"},
        {"name": "中国"},
        {"name": "PRC"},
        {"name": "X", "aliases": '["Prc"]'},
        {"name": "X", "names": '{"ru":"Китай"}'},
        {"name": "Chína"},
    ],
)
def test_an_actor_is_known_by_code_item_name_or_alias(row):
    names = {"zh": "中国", "ru": "Китай"}
    actor = ActorFactory(
        kind="state", name="China", iso3="CHN", wikidata_id="Q148", names=names, aliases=["PRC"]
    )
    ActorFactory(kind="state", name="Russia", iso3="RUS")

    assert duplicates(Noun.ACTOR, {"slug": "new", **row}) == [(actor.pk, None)]


def test_what_was_merged_means_the_survivor():
    loser, survivor = ActorFactory(name="Peking"), ActorFactory(name="Beijing")
    merged(loser, survivor)

    assert duplicates(Noun.ACTOR, {"name": "Peking"}) == [(survivor.pk, None)]


@pytest.mark.parametrize(
    ("factory", "key"),
    [(SourceFactory, {"url": "https://example.org/a"}), (ActorFactory, {"wikidata_id": "Q148"})],
    ids=["source", "actor"],
)
def test_nothing_new_may_be_what_was_merged(factory, key):
    loser = factory(**key)
    assert unsaved_duplicates(noun_of(loser), type(loser)(**key), None) == [loser.pk]

    merged(loser, factory())

    assert unsaved_duplicates(noun_of(loser), type(loser)(**key), None) == []


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [({}, True), ({"since": "2017", "until": "2017"}, False), ({"standing": "contested"}, False)],
    ids=["at the same time", "before", "contested"],
)
def test_a_claim_is_told_of_another_at_the_same_time_unless_it_is_contested(fields, is_told):
    stance = StanceFactory(since="2018", until="")
    again = Stance(actor=stance.actor, issue=stance.issue, **{"since": "2019"} | fields)

    assert unsaved_duplicates(Noun.STANCE, again, None) == ([stance.pk] if is_told else [])


@pytest.mark.parametrize(
    ("since", "until", "is_told"),
    [
        ("2018-01", "2018-02", False),
        ("2018-01", "2018-03-01", True),
        ("2018-04", "2018-05", True),
        ("2018-05-31", "2018-08", True),
        ("2018-06", "2018-08", False),
    ],
)
def test_within_a_year_a_claim_is_told_of_another_unless_they_follow_each_other(
    since, until, is_told
):
    stance = StanceFactory(since="2018-03", until="2018-06")
    again = Stance(actor=stance.actor, issue=stance.issue, since=since, until=until)

    assert unsaved_duplicates(Noun.STANCE, again, None) == ([stance.pk] if is_told else [])


def test_a_row_with_errors_is_told_by_what_can_be_read_of_it(source):
    assert duplicates(
        Noun.SOURCE, {"title": source.title, "issued": source.issued, "type": "none"}
    ) == [(source.pk, None)]


def test_a_row_is_the_first_of_those_before_it_that_are_like_it():
    assert duplicates(Noun.SOURCE, *[{"title": "A title", "issued": "2019"}] * 3) == [
        (None, 2),
        (None, 2),
    ]


def test_two_rows_of_a_file_may_be_one():
    rows = [
        {"title": "A title", "issued": "2019"},
        {"title": "Another", "issued": "2019"},
        {"title": "A Title.", "issued": "2019"},
    ]

    assert duplicates(Noun.SOURCE, *rows) == [(None, 2)]


def test_a_cell_that_cannot_be_read_finds_nothing():
    assert duplicates(Noun.ACTOR, {"aliases": "[", "names": "1"}) == []
    assert duplicates(Noun.SOURCE, {"title": "A", "issued": "last spring"}) == []


@pytest.mark.parametrize("noun", [Noun.SOURCE, Noun.ACTOR])
def test_twenty_rows_cost_as_many_queries_as_one(noun):
    def prepare(count: int) -> Callable[[], object]:
        title = {"title": "A", "name": "A", "issued": "2019"}
        rows = [
            {**title, "url": f"https://example.org/{n}", "doi": f"10.1093/x{n}"}
            for n in range(count)
        ]
        return partial(duplicates, noun, *rows)

    SourceFactory(title="A", issued="2019")
    ActorFactory(name="A")
    assert_same_cost(prepare)
