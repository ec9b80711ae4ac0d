"""What a searching select finds: the best match first, each with what tells it apart."""

import pytest

from tests.factories import ActorFactory, IssueFactory, SourceFactory, StanceFactory
from tests.publishing.acts import all_of, published
from tracker.desk.search import searching

pytestmark = pytest.mark.django_db
FIELDS = {
    "actor": ("stance", "actor"),
    "issue": ("alignment", "issue"),
    "source": ("stancecitation", "source"),
}


def results(client, noun, term):
    """Return what a searching select finds."""
    model, field = FIELDS[noun]
    ask = {"app_label": "tracker", "model_name": model, "field_name": field, "term": term}
    return client.get("/admin/autocomplete/", ask).json()["results"]


def names(client, noun, term):
    """Return the names of what a searching select finds."""
    return [result["name"] for result in results(client, noun, term)]


@pytest.fixture
def arctic(db):
    for title in (
        "Access to the Arctic",
        "Drilling in the Arctic",
        "The Arctic",
        "The Arctic Council",
        "Arctic, the",
    ):
        IssueFactory(title=title)


def test_the_best_match_comes_first(analyst, arctic):
    assert names(analyst, "issue", "the arctic") == [
        "The Arctic",
        "The Arctic Council",
        "Access to the Arctic",
        "Drilling in the Arctic",
        "Arctic, the",
    ]
    assert names(analyst, "issue", "  The   ARCTIC ")[0] == "The Arctic"


def test_an_actor_comes_first_by_any_name_or_code(analyst):
    others = (
        "A China watcher",
        "Chinar",
        "Indochina",
        "CHNX",
        "Sinopec",
        "A Китай 中国 prc q148 people's republic",
    )
    for name in others:
        ActorFactory(
            name=name,
            kind="organization",
            summary="china",
            aliases=["about sino", "x chn", "an actor-china"],
        )
    china = ActorFactory(
        name="China",
        slug="zz-china",
        iso3="CHN",
        short_name="Sino",
        wikidata_id="Q148",
        ref="actor-china",
        names={"ru": "Китай", "zh": "中国"},
        aliases=["PRC", "People’s Republic"],
    )

    for term in (
        "CHN",
        "chn",
        "china",
        "Китай",
        "中国",
        "prc",
        "people's republic",
        "q148",
        "sino",
        "chína",
        china.ref,
    ):
        first, *others = results(analyst, "actor", term)
        assert (first["id"], first["is_exact"]) == (str(china.pk), True), term
        assert [other["name"] for other in others if other["is_exact"]] == [], term


def test_what_only_begins_so_or_is_spelled_nearly_so_is_not_exact(analyst):
    ActorFactory(name="Venezuela")

    for term in ("venez", "venzuela", "venezuela x"):
        assert [result["is_exact"] for result in results(analyst, "actor", term)] in ([False], [])


def test_signs_stand_for_themselves(analyst):
    for name in ("100% Kenya", "Kenya_1", "Kenya|2", 'K"3'):
        ActorFactory(name=name)

    for term in ("%", "_", "|", '"', "k%a", "100%", "kenya_1", "kenya|2", "\\", "'", 'k"3'):
        results(analyst, "actor", term)
    assert names(analyst, "actor", "kenya_1")[0] == "Kenya_1"


def test_an_actor_says_its_kind_code_key_and_status(analyst):
    published(*all_of(StanceFactory(actor__name="Russia", actor__iso3="RUS", actor__slug="russia")))
    ActorFactory(name="Russia Today", kind="organization", slug="rt", short_name="RT")

    assert [result["about"] for result in results(analyst, "actor", "russia")] == [
        "state · RUS · russia · published", "organization · RT · rt · draft",
    ]  # fmt: skip


def test_an_issue_says_what_it_is_part_of_and_what_it_asks(analyst):
    group = IssueFactory(title="Dams", question="")
    IssueFactory(title="The dam", question="Should it be built?", parent=group)

    assert [result["about"] for result in results(analyst, "issue", "dam")] == [
        "group of issues · draft", "in Dams · Should it be built? · draft",
    ]  # fmt: skip


def test_a_source_says_who_wrote_it_where_and_when(analyst):
    SourceFactory(
        title="Six challenges",
        type="report",
        authors=[{"family": "Stokes", "given": "J."}, {"literal": "USIP"}],
        publisher="Institute of Peace",
        issued="2019-06",
        url="https://example.org/page",
    )

    [source] = results(analyst, "source", "challenges")

    assert (
        source["about"]
        == "report · Stokes, USIP · Institute of Peace · 2019-06 · https://example.org/page · draft"
    )


def test_where_too_many_are_found_they_stay_in_the_order_of_the_list(analyst, arctic, monkeypatch):
    monkeypatch.setattr(searching, "MOST_RECORDS", 4)

    assert names(analyst, "issue", "the arctic")[0] == "Access to the Arctic"
