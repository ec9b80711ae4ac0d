"""Lists and searching selects find records by any of their names: accents, case, scripts, near spellings."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, AlignmentFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory

pytestmark = pytest.mark.django_db


def results(client, noun, sought):
    """Return the ids that a list finds."""
    page = client.get(f"/admin/tracker/{noun}/", {"q": sought})
    assert page.status_code == 200
    return {record.pk for record in page.context["cl"].result_list}


@pytest.fixture
def china(db):
    return ActorFactory(
        name="China", iso3="CHN", names={"zh": "中华人民共和国", "ru": "Китай"}, aliases=["Middle Kingdom", "ПРК"]
    )


@pytest.mark.parametrize(
    "sought",
    ["china", "CHN", "中华", "华人", "民", "китай", "КИТ", "kingdom", "middle china", '"Middle Kingdom"', "прк"],
)
def test_an_actor_is_found_by_any_name(analyst, china, sought):
    ActorFactory(name="Russia", names={"zh": "俄罗斯", "ru": "Россия"})

    assert results(analyst, "actor", sought) == {china.pk}


@pytest.mark.parametrize("sought", ["sao tome", "São Tomé", "SAO", "tomé"])
def test_accents_are_no_matter(analyst, sought):
    actor = ActorFactory(name="São Tomé and Príncipe")
    ActorFactory(name="Togo")

    assert results(analyst, "actor", sought) == {actor.pk}


@pytest.mark.parametrize("sought", ["venzuela", "Venezuella", "bolivarian venzuela"])
def test_a_name_spelled_nearly_so_is_found_where_nothing_else_is(analyst, sought):
    actor = ActorFactory(name="Venezuela", aliases=["Bolivarian Republic"])
    StanceFactory(actor=actor)
    ActorFactory(name="Kenya")

    assert results(analyst, "actor", sought) == {actor.pk}
    assert len(results(analyst, "stance", sought)) == 1


def test_what_is_spelled_exactly_so_comes_alone(analyst):
    iran, _ = ActorFactory(name="Iran"), ActorFactory(name="Irane")
    exactly = results(analyst, "actor", "iran")

    assert iran.pk in exactly
    assert results(analyst, "actor", "xyzzy") == set()


def test_short_words_are_found_at_the_beginning_of_words(analyst):
    union = ActorFactory(name="European Union", short_name="EU")
    ActorFactory(name="Museum")

    assert results(analyst, "actor", "eu") == {union.pk}


@pytest.mark.parametrize("sought", ["%", "_", "\\", "'", '"', "%%%", "\x00", "100%", "a" * 3000, "中%国"])
def test_no_sign_has_a_meaning_of_its_own(analyst, sought):
    ActorFactory(name="Kenya")

    results(analyst, "actor", sought)


def test_a_sign_stands_for_nothing_else(analyst):
    ActorFactory(name="Kenya")

    assert results(analyst, "actor", "k%a") == set()
    assert results(analyst, "actor", "k_nya") == set()


def test_claims_are_found_by_any_name_of_what_they_name(analyst, china):
    issue = IssueFactory(title="Sanções contra Pyongyang")
    stance = StanceFactory(actor=china, issue=issue, summary="It wavers.")
    alignment = AlignmentFactory(actor=ActorFactory(name="Russia"), counterpart=china, issue=issue, summary="—")
    StanceFactory()
    AlignmentFactory()

    for sought in ("中华", "sancoes", "wavers китай"):
        assert results(analyst, "stance", sought) == {stance.pk}
    for sought in ("中华", "sancoes russia"):
        assert results(analyst, "alignment", sought) == {alignment.pk}


def test_meetings_are_found_by_who_took_part_and_sources_by_their_authors(analyst, china):
    meeting = MeetingFactory(participants=[{"actor": china}], place="Astaná")
    MeetingFactory()
    source = SourceFactory(authors=[{"family": "Müller", "given": "Ann"}])
    SourceFactory()

    assert results(analyst, "meeting", "китай astana") == {meeting.pk}
    assert results(analyst, "source", "muller") == {source.pk}


def test_a_searching_select_finds_alike(analyst, china):
    ask = {"app_label": "tracker", "model_name": "stance", "field_name": "actor"}
    for sought in ("中华", "kingdom", "chinna"):
        offered = analyst.get("/admin/autocomplete/", {**ask, "term": sought}).json()["results"]

        assert [result["id"] for result in offered] == [str(china.pk)]


def test_searching_costs_as_much_with_twenty_as_with_one(analyst, china):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert results(analyst, "stance", "китай")
        return len(queries)

    StanceFactory(actor=china)
    cost_of_one = cost()
    for _ in range(19):
        StanceFactory(actor=china)

    assert cost() == cost_of_one
