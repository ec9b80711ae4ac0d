"""Votes in the admin: who voted how, pasted or row by row; and what is wrong with it."""

from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.utils.html import strip_tags

from tests.desk.admin.conftest import errors, messages, parts
from tests.factories import ActorFactory, SourceFactory, VoteFactory
from tracker.models import Actor, ChangeSet, Event, Review, Vote

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/vote/add/"


def sent(**more: object) -> dict[str, object]:
    council = ActorFactory(slug="council", kind="organization")
    return {
        "body": council.pk,
        "symbol": "S/2019/186",
        "held": "2019-02-28",
        "kind": "draft",
        "outcome": "rejected",
        "ballots_complete": "on",
        **parts("ballots"),
        **parts(
            "citations",
            {"source": SourceFactory().pk, "relation": "supports", "quote": "They voted."},
        ),
        **more,
    }


def cast(vote: Vote) -> dict[str, str]:
    return dict(vote.ballots.values_list("actor__slug", "choice"))


def test_who_is_pasted_by_name_code_or_slug_has_a_ballot(analyst):
    ActorFactory(slug="china", name="China", iso3="CHN")
    ActorFactory(slug="russia", name="Russia", aliases=["Russian Federation"])
    ActorFactory(slug="south-korea", name="Korea, Republic of")
    france = ActorFactory(slug="france", name="France")
    form = sent(
        pasted_yes="Korea, Republic of\nfrance",
        pasted_no="CHN, Russian Federation",
        pasted_abstain="",
        **parts("ballots", {"actor": france.pk, "choice": "yes", "note": "First."}),
    )

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
    assert [(row["actor"].value(), row["choice"].value()) for row in rows] == [
        (str(china.pk), "yes")
    ]


def test_all_ballots_are_typed_in_one_line(analyst):
    for name in ("China", "Russia", "France", "Gabon", "Mali", "Togo"):
        ActorFactory(slug=name.lower(), name=name)
    line = "Yes: china, France; No: Russia; Gabon\nabstained: Mali; not participating: Togo"

    assert analyst.post(ADD, sent(pasted_line=line)).status_code == 302

    assert cast(Vote.objects.get()) == {
        "china": "yes",
        "france": "yes",
        "russia": "no",
        "gabon": "no",
        "mali": "abstain",
        "togo": "not_participating",
    }


def test_what_is_wrong_with_a_line_is_told_by_name_and_stays_in_it(analyst):
    china = ActorFactory(slug="china", name="China")
    line = "yes: China; Atlantis, Lemuria; maybe: France; no: china"

    answer = analyst.post(ADD, sent(pasted_line=line, pasted_no="Mu"))

    by_field = errors(answer)
    says = (
        "there is no actor “Atlantis”; there is no actor “Lemuria”; “maybe” is no choice: begin "
        "with yes, no,"
    )
    assert says in by_field["pasted_line"][0]
    assert "“china” has a ballot below with another choice" in by_field["pasted_line"][0]
    assert "“Mu”" in by_field["pasted_no"][0]
    again = answer.context["adminform"].form
    assert again["pasted_line"].value() == "yes: Atlantis; Lemuria; maybe: France; no: china"
    rows = answer.context["inline_admin_formsets"][0].formset
    assert [(row["actor"].value(), row["choice"].value()) for row in rows] == [
        (str(china.pk), "yes")
    ]


def offered(answer) -> dict[str, bool]:
    """Return which members a page offers to make actors, and whether they are ticked."""
    field = answer.context["adminform"].form["new_actors"]
    return {text: slug in (field.value() or ()) for slug, text in field.field.choices}


def test_actors_that_are_missing_are_made_with_the_vote_in_one_change(analyst, filled):
    (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="turkiye", name="Turkey", iso3="TUR"),
    )
    line = "yes: China, Togo, CIV, Russian Federation; no: Türkiye; abstain: Kenya"
    first = analyst.post(ADD, sent(pasted_line=line))

    assert offered(first) == {"Togo": True, "Côte d'Ivoire": True, "Russia": True, "Kenya": True}
    assert "there is no actor “Togo”" in errors(first)["pasted_line"][0]
    assert "Tick below who is to become an actor" in errors(first)["pasted_line"][0]
    assert not Actor.objects.filter(slug="togo").exists()

    done = analyst.post(ADD, filled(first) | {"reason": "For the vote."})

    assert done.status_code == 302, errors(done)
    assert cast(Vote.objects.get()) == {
        "china": "yes",
        "togo": "yes",
        "cote-divoire": "yes",
        "russia": "yes",
        "turkiye": "no",
        "kenya": "abstain",
    }
    made = Actor.objects.filter(iso3__in=["TGO", "CIV", "RUS", "KEN"]).order_by("pk")
    assert [*made.values_list("slug", "kind", "state")] == [
        (slug, "state", "editing") for slug in ("togo", "cote-divoire", "russia", "kenya")
    ]
    [change] = ChangeSet.objects.filter(reason="For the vote.", made_by=analyst.user)
    assert {*Event.objects.filter(changeset=change).values_list("noun", flat=True)} == {
        "vote",
        "actor",
    }
    assert Vote.objects.get().version == 1
    saved = analyst.get(done.url)
    assert messages(first) == [], "nothing is told as done beside what is wrong"
    assert "errornote" not in saved.content.decode()
    says = next(message for message in messages(saved) if "as drafts" in message)
    assert (
        strip_tags(unescape(says))
        == "4 actors added, as drafts: Togo, Côte d'Ivoire, Russia, Kenya."
    )
    assert all(
        f'href="/admin/tracker/actor/{pk}/change/"' in says
        for pk in made.values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("name", "doubt"),
    [
        ("DRC", "it may be Democratic Republic of the Congo"),
        ("ASF", "its name is an abbreviation"),
        ("Chinna", "it may be China; it is a state without a country code"),
        ("CIV", "it may be Abidjan"),
        ("Ruritania", "it is a state without a country code"),
    ],
    ids=["initials", "abbreviation", "nearly the same name", "an alias", "no code"],
)
def test_a_member_that_is_doubtful_is_asked_about_and_made_only_if_ticked(
    analyst, filled, name, doubt
):
    ActorFactory(slug="china", name="China", kind="state", iso3="CHN")
    ActorFactory(name="Democratic Republic of the Congo", kind="state", iso3="COD")
    ActorFactory(name="Abidjan", kind="organization", aliases=["Côte d’Ivoire"])
    count = Actor.objects.count()
    answer = analyst.post(
        ADD, sent(pasted_line=f"yes: China; no: {name}") | {"body": ActorFactory().pk}
    )
    assert any(doubt in text for text in offered(answer)), offered(answer)
    assert [*offered(answer).values()] == [False]

    form = filled(answer)
    assert analyst.post(ADD, form).status_code == 200, "it isn't made unless it is ticked"
    assert not Vote.objects.exists()
    [(slug, _)] = answer.context["adminform"].form.fields["new_actors"].choices
    done = analyst.post(ADD, form | {"new_actors": [slug]})

    assert done.status_code == 302, errors(done)
    assert cast(Vote.objects.get()) == {"china": "yes", slug: "no"}
    assert Actor.objects.count() == count + 3


def test_no_actor_is_made_where_the_vote_is_refused(analyst, filled):
    answer = analyst.post(ADD, sent(pasted_line="yes: Togo", tally_yes=1))

    form = filled(answer) | {"held": "someday"}
    assert "held" in errors(analyst.post(ADD, form))
    assert "tally_yes" in errors(analyst.post(ADD, form | {"held": "2019-02-28", "tally_yes": 0}))
    assert not Actor.objects.filter(slug="togo").exists()


def test_a_member_with_two_choices_is_told_and_not_made(analyst, filled):
    answer = analyst.post(ADD, sent(pasted_line="yes: Togo; no: TGO"))

    again = analyst.post(ADD, filled(answer))

    assert "“TGO” has a ballot below with another choice" in errors(again)["pasted_line"][0]
    assert offered(again) == {"Togo": True}
    assert not Actor.objects.filter(slug="togo").exists()


def test_who_may_add_no_actors_is_offered_none_and_makes_none(analyst):
    for group in analyst.user.groups.all():
        group.permissions.remove(Permission.objects.get(codename="add_actor"))
    form = sent(pasted_line="yes: Togo")

    assert offered(analyst.post(ADD, form)) == {}
    assert (
        analyst.post(ADD, form | {"new_actors": ["togo"], "new_actors_seen": "togo"}).status_code
        == 200
    )
    assert not Actor.objects.filter(slug="togo").exists()


def test_the_ballots_of_a_vote_that_is_there_are_added_to_it_alike(analyst, filled):
    vote = VoteFactory(
        ballots=[{"actor": ActorFactory(name="China", slug="china"), "choice": "yes"}]
    )
    address = f"/admin/tracker/vote/{vote.pk}/change/"
    form = filled(analyst.get(address)) | {"pasted_line": "no: Togo"}

    analyst.post(address, filled(analyst.post(address, form)))

    assert cast(vote) == {"china": "yes", "togo": "no"}


def test_the_new_actors_are_submitted_for_review_with_the_vote(analyst, filled):
    answer = analyst.post(ADD, sent(pasted_line="yes: Togo"))

    page = analyst.post(ADD, filled(answer) | {"_submit": "Submit"}, follow=True)

    assert "It was saved and is in review. Submitted with it: 1 actor, 1 source." in messages(page)

    assert {*Review.objects.values_list("noun", flat=True)} == {"vote", "actor", "source"}


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
