"""Votes in the admin: who voted how, pasted or row by row; and what is wrong with it."""

import pytest

from tests.admin.conftest import errors
from tests.admin.records.test_meetings import parts
from tests.factories import ActorFactory, SourceFactory, VoteFactory
from tracker.models import Vote

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/vote/add/"


def sent(**more: object) -> dict[str, object]:
    council = ActorFactory(slug="council", kind="organization")
    return {
        "body": council.pk, "symbol": "S/2019/186", "held": "2019-02-28", "kind": "draft", "outcome": "rejected",
        "ballots_complete": "on", **parts("ballots"),
        **parts("citations", {"source": SourceFactory().pk, "relation": "supports", "quote": "They voted."}), **more,
    }  # fmt: skip


def cast(vote: Vote) -> dict[str, str]:
    return dict(vote.ballots.values_list("actor__slug", "choice"))


def test_who_is_pasted_by_name_code_or_slug_has_a_ballot(analyst):
    ActorFactory(slug="china", name="China", iso3="CHN")
    ActorFactory(slug="russia", name="Russia", aliases=["Russian Federation"])
    ActorFactory(slug="south-korea", name="Korea, Republic of")
    france = ActorFactory(slug="france", name="France")
    form = sent(
        pasted_yes="Korea, Republic of\nfrance", pasted_no="CHN, Russian Federation", pasted_abstain="",
        **parts("ballots", {"actor": france.pk, "choice": "yes", "note": "First."}),
    )  # fmt: skip

    assert analyst.post(ADD, form).status_code == 302
    vote = Vote.objects.get()
    assert cast(vote) == {"france": "yes", "south-korea": "yes", "china": "no", "russia": "no"}
    assert (vote.version, vote.ballots.get(actor=france).note) == (1, "First.")


def test_who_is_not_understood_is_told_by_name_and_nothing_is_lost(analyst):
    china = ActorFactory(slug="china", name="China")
    ActorFactory(slug="georgia", name="Georgia"), ActorFactory(slug="georgia-us", name="Georgia")
    form = sent(pasted_yes="China; Atlantis", pasted_no="Chinna\nGeorgia\nchina", pasted_abstain="")

    answer = analyst.post(ADD, form)

    by_field = errors(answer)
    assert "“Atlantis”" in by_field["pasted_yes"][0]
    assert "“Chinna” (did you mean China?)" in by_field["pasted_no"][0]
    assert "several actors are called “Georgia”" in by_field["pasted_no"][0]
    assert "“china” has a ballot below with another choice" in by_field["pasted_no"][0]
    assert not Vote.objects.exists()
    again = answer.context["adminform"].form
    assert again["pasted_no"].value().split("\n") == ["Chinna", "Georgia", "china"]
    rows = answer.context["inline_admin_formsets"][0].formset
    assert [(row["actor"].value(), row["choice"].value()) for row in rows] == [(str(china.pk), "yes")]


def test_a_vote_that_is_there_already_is_told_once(analyst):
    form = sent()
    VoteFactory(body_id=form["body"], symbol="S/2019/186", held="2019-02-28")

    answer = analyst.post(ADD, form)

    assert "the same body and day, and no other symbol or tally" in answer.content.decode()
    assert Vote.objects.count() == 1


def test_the_list_is_found_by_symbol_and_day(analyst):
    VoteFactory(symbol="A/RES/2752(XXVI)", held="1971-09-06")
    VoteFactory(symbol="S/2019/186")

    for query in ("q=R/26/2752", "period=1971"):
        page = analyst.get(f"/admin/tracker/vote/?{query}").content.decode()
        assert "A/RES/2752(XXVI)" in page
        assert "S/2019/186" not in page
