"""Lists and searching selects find records by any of their names:
accents, case, scripts, near spellings.
"""

import pytest

from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
)

pytestmark = pytest.mark.django_db


def results(client, noun, sought):
    """Return the ids that a list finds."""
    page = client.get(f"/admin/tracker/{noun}/", {"q": sought})
    assert page.status_code == 200
    return {record.pk for record in page.context["cl"].result_list}


@pytest.fixture
def china(db):
    return ActorFactory(
        name="China",
        iso3="CHN",
        names={"zh": "中华人民共和国", "ru": "Китай"},
        aliases=["Middle Kingdom", "ПРК"],
    )


def test_an_actor_is_found_by_any_name(analyst, china):
    ActorFactory(name="Russia", names={"zh": "俄罗斯", "ru": "Россия"})

    names = (
        "china",
        "CHN",
        "中华",
        "华人",
        "民",
        "китай",
        "КИТ",
        "kingdom",
        "middle china",
        '"Middle Kingdom"',
        "прк",
    )
    assert [name for name in names if results(analyst, "actor", name) != {china.pk}] == []


def test_accents_are_no_matter_and_short_words_are_found_where_words_begin(analyst):
    actor, union = (
        ActorFactory(name="São Tomé and Príncipe"),
        ActorFactory(name="European Union", short_name="EU"),
    )
    ActorFactory(name="Togo"), ActorFactory(name="Museum")

    for sought in ("sao tome", "São Tomé", "SAO", "tomé"):
        assert results(analyst, "actor", sought) == {actor.pk}, sought
    assert results(analyst, "actor", "eu") == {union.pk}


def test_a_name_spelled_nearly_so_is_found_where_nothing_else_is(analyst):
    actor = ActorFactory(name="Venezuela", aliases=["Bolivarian Republic"])
    StanceFactory(actor=actor)
    ActorFactory(name="Kenya")

    for sought in ("venzuela", "Venezuella", "bolivarian venzuela"):
        assert results(analyst, "actor", sought) == {actor.pk}, sought
        assert len(results(analyst, "stance", sought)) == 1, sought
    assert results(analyst, "actor", "xyzzy") == set()


def test_no_sign_has_a_meaning_of_its_own(analyst):
    ActorFactory(name="Kenya")

    for sought in ("%", "_", "\\", "'", '"', "%%%", "\x00", "100%", "a" * 3000, "中%国"):
        results(analyst, "actor", sought)
    for sought in ("k%a", "k_nya"):
        assert results(analyst, "actor", sought) == set()


def test_claims_are_found_by_any_name_of_what_they_name(analyst, china):
    issue = IssueFactory(title="Sanções contra Pyongyang")
    stance = StanceFactory(actor=china, issue=issue, summary="It wavers.")
    alignment = AlignmentFactory(
        actor=ActorFactory(name="Russia"), counterpart=china, issue=issue, summary="—"
    )
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
