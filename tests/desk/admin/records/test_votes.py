"""Votes in the admin: who voted how, pasted or row by row; and what is wrong with it."""

from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.utils.html import strip_tags

from tests.desk.admin.conftest import errors, messages, parts
from tests.factories import ActorFactory, SourceFactory, VoteFactory
from tracker.models import Actor, ChangeSet, Vote

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


def test_all_ballots_are_typed_in_one_line(analyst):
    for name in ("China", "Russia", "France", "Gabon", "Mali", "Togo"):
        ActorFactory(slug=name.lower(), name=name)
    line = "Yes: china, France; No: Russia; Gabon\nabstained: Mali; not participating: Togo"

    assert analyst.post(ADD, sent(pasted_line=line)).status_code == 302

    assert cast(Vote.objects.get()) == {
        "china": "yes", "france": "yes", "russia": "no", "gabon": "no", "mali": "abstain", "togo": "not_participating",
    }  # fmt: skip


def test_what_is_wrong_with_a_line_is_told_by_name_and_stays_in_it(analyst):
    china = ActorFactory(slug="china", name="China")
    line = "yes: China; Atlantis, Lemuria; maybe: France; no: china"

    answer = analyst.post(ADD, sent(pasted_line=line, pasted_no="Mu"))

    by_field = errors(answer)
    says = "there is no actor “Atlantis”; there is no actor “Lemuria”; “maybe” is no choice: begin with yes, no,"
    assert says in by_field["pasted_line"][0]
    assert "“china” has a ballot below with another choice" in by_field["pasted_line"][0]
    assert "“Mu”" in by_field["pasted_no"][0]
    again = answer.context["adminform"].form
    assert again["pasted_line"].value() == "yes: Atlantis; Lemuria; maybe: France; no: china"
    rows = answer.context["inline_admin_formsets"][0].formset
    assert [(row["actor"].value(), row["choice"].value()) for row in rows] == [(str(china.pk), "yes")]


def test_actors_that_are_missing_are_added_at_one_press_and_have_ballots(analyst, filled):
    ActorFactory(slug="china", name="China"), ActorFactory(slug="turkiye", name="Turkey", iso3="TUR")
    line = "yes: China, Togo, CIV, Russian Federation; no: Chinna, Türkiye; abstain: Ruritania, 中国"
    first = analyst.post(ADD, sent(pasted_line=line))

    answer = analyst.post(ADD, filled(first) | {"_add_missing": "Add", "reason": "For the vote."})

    assert first.context["missing"] == ("Togo", "Côte d'Ivoire", "Russia", "Ruritania")
    assert 'name="_add_missing"' in first.content.decode()
    made = Actor.objects.exclude(slug__in=["china", "turkiye", "council"]).order_by("pk")
    assert [*made.values_list("slug", "iso3", "kind")] == [
        ("togo", "TGO", "state"), ("cote-divoire", "CIV", "state"), ("russia", "RUS", "state"),
        ("ruritania", None, "state"),
    ]  # fmt: skip
    assert ChangeSet.objects.filter(reason="For the vote.", made_by=analyst.user).count() == 1
    assert not Vote.objects.exists()
    assert answer.context["missing"] == ()
    [message] = messages(answer)
    assert strip_tags(unescape(message)) == "4 actors added, as drafts: Togo, Côte d'Ivoire, Russia, Ruritania."
    assert all(f'href="/admin/tracker/actor/{pk}/change/"' in message for pk in made.values_list("pk", flat=True))
    assert "The vote is not saved yet" in answer.content.decode()
    assert answer.context["adminform"].form["pasted_line"].value() == "no: Chinna; abstain: 中国"

    done = analyst.post(ADD, filled(answer) | {"pasted_line": ""})

    assert done.status_code == 302, errors(done)
    assert cast(Vote.objects.get()) == {
        "china": "yes", "togo": "yes", "cote-divoire": "yes", "russia": "yes", "turkiye": "no", "ruritania": "abstain",
    }  # fmt: skip


def test_who_may_add_no_actors_is_offered_no_such_button_and_refused(analyst):
    for group in analyst.user.groups.all():
        group.permissions.remove(Permission.objects.get(codename="add_actor"))
    form = sent(pasted_line="yes: Togo")

    assert b"_add_missing" not in analyst.post(ADD, form).content
    assert analyst.post(ADD, form | {"_add_missing": "Add"}).status_code == 403
    assert not Actor.objects.filter(slug="togo").exists()


def test_the_ballots_of_a_vote_that_is_there_are_added_to_it_alike(analyst, filled):
    vote = VoteFactory(ballots=[{"actor": ActorFactory(name="China", slug="china"), "choice": "yes"}])
    address = f"/admin/tracker/vote/{vote.pk}/change/"
    form = filled(analyst.get(address)) | {"pasted_line": "no: Togo"}

    analyst.post(address, form | {"_add_missing": "Add"})
    analyst.post(address, form)

    assert cast(vote) == {"china": "yes", "togo": "no"}


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
