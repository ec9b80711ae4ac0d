"""“Changed from a day” in the admin: the form of the later claim ends the earlier one;
offered where two meet.
"""

import re

import pytest

from tests.desk.admin.conftest import address, errors, main, messages
from tests.desk.admin.records.test_stances import ADD, cited, typed
from tests.factories import ActorFactory, AlignmentFactory, SourceFactory, StanceFactory
from tracker.models import ChangeSet, Review, Stance
from tracker.values.vocabularies import ReviewStep

pytestmark = pytest.mark.django_db
SAID = {"position": "opposes", "basis": "statement", "confidence": "high"}  # by the new source
OFFERED = re.compile(r'<input type="checkbox" name="earlier" value="([0-9:]+)">')


def opened(client, claim):
    """Return the form of the claim that takes the place of one, as its page leads to it."""
    page = main(client.get(address(claim)))
    (leads,) = re.findall(
        rf'href="(/admin/tracker/{claim._meta.model_name}/add/\?earlier=\d+)"', page
    )
    return leads, client.get(leads)


def test_the_later_claim_is_of_the_same_actor_on_the_same_issue_and_its_source_says_the_rest(
    analyst, filled
):
    stance = StanceFactory(
        since="2018",
        hedged=True,
        confidence="low",
        instruments=["economic"],
        defers_to=ActorFactory(),
    )

    _, page = opened(analyst, stance)
    stance.refresh_from_db()

    form = filled(page)
    assert [form[name] for name in ("issue", "actor", "earlier")] == [
        stance.issue_id, stance.actor_id, f"{stance.pk}:{stance.version}",
    ]  # fmt: skip
    assert not any(
        form.get(name)
        for name in (
            "position",
            "since",
            "until",
            "basis",
            "confidence",
            "hedged",
            "defers_to",
            "instruments",
            "summary",
            "confirmed_on",
        )
    )
    assert "this takes the place of" in page.content.decode()


def test_saving_ends_the_earlier_one_by_one_change(analyst, filled):
    stance, source, before = StanceFactory(since="2018"), SourceFactory(), ChangeSet.objects.count()
    leads, page = opened(analyst, stance)

    answer = analyst.post(
        leads, filled(page) | {**SAID, "since": "2024-12-08", **cited(source)}, follow=True
    )

    stance.refresh_from_db()
    later = Stance.objects.latest("pk")
    assert (stance.until, later.since, later.position) == ("2024-12-07", "2024-12-08", "opposes")
    assert list(stance.citations.values_list("source", "ends").order_by("pk"))[1:] == [
        (source.pk, True)
    ]
    assert ChangeSet.objects.count() == before + 1
    assert any("ends where this begins" in says for says in messages(answer))


@pytest.mark.parametrize(
    ("factory", "term"), [(StanceFactory, "position"), (AlignmentFactory, "pattern")]
)
def test_a_claim_that_changed_to_the_same_is_asked_about_once(analyst, filled, factory, term):
    claim = factory(since="2018")
    leads, page = opened(analyst, claim)
    same = {
        term: getattr(claim, term),
        "basis": "statement",
        "confidence": "high",
        "since": "2024-12-08",
    }
    sent = filled(page) | same | cited(SourceFactory())
    says = "It says the same as the claim that ends."

    beside = analyst.get(page.context["alike"], sent).content.decode()
    answer = analyst.post(leads, sent)

    assert f"{says} Save if that is right." in beside
    assert errors(answer) == {
        "__all__": [f"{says} Nothing is saved yet. Correct it, or save again if it is right."]
    }
    assert analyst.post(leads, filled(answer)).status_code == 302
    claim.refresh_from_db()
    assert claim.until == "2024-12-07"


def test_both_are_submitted_together(analyst, filled):
    stance = StanceFactory(since="2018")
    leads, page = opened(analyst, stance)
    sent = {**SAID, "since": "2024-12-08", **cited(SourceFactory()), "_submit": "x"}

    answer = analyst.post(leads, filled(page) | sent, follow=True)

    says = "It was saved and is in review. Submitted with it: 2 sources, 1 stance."
    assert messages(answer)[-1] == says, "that of the earlier one was never public either"
    submitted = Review.objects.filter(noun="stance", step=ReviewStep.SUBMITTED).values_list(
        "record", flat=True
    )
    assert set(submitted) == set(Stance.objects.values_list("pk", flat=True))
    assert len(submitted) == 2


def test_a_claim_that_has_been_public_says_why_it_ends(analyst, filled, published):
    stance = StanceFactory(since="2018")
    published(stance, stance.actor, stance.issue, stance.citations.get().source)
    leads, page = opened(analyst, stance)
    sent = filled(page) | {**SAID, "since": "2024-12-08", **cited(SourceFactory())}

    assert errors(analyst.post(leads, sent)) == {
        "reason": ["Say why: the claim that ends has been public."]
    }

    assert analyst.post(leads, sent | {"reason": "Damascus fell"}).status_code == 302
    assert (
        ChangeSet.objects.get(reason="Damascus fell").events.values("record").distinct().count()
        == 2
    )


def test_what_is_wrong_with_the_day_or_the_claim_is_told_in_the_form(analyst, filled):
    stance = StanceFactory(since="2018")
    leads, page = opened(analyst, stance)
    sent = filled(page) | {**SAID, **cited(SourceFactory())}

    for since, says in (
        ("", "ends where this begins"),
        ("2017", "begins on 2018, not before that"),
        ("soon", ""),
    ):
        (wrong,) = errors(analyst.post(leads, sent | {"since": since}))["since"]
        assert says in wrong
    Stance.objects.filter(pk=stance.pk).update(until="2020")
    again = analyst.post(leads, sent | {"since": "2019"})
    (wrong,) = errors(again)["__all__"]
    assert "was changed since you saw it" in wrong
    assert filled(again)["earlier"] == f"{stance.pk}:{Stance.objects.get().version}"
    assert Stance.objects.count() == 1


@pytest.mark.parametrize("sent", ["{0}:" + "9" * 5_000, "9" * 5_000 + ":1", "{0}", "x:1", ":"])
def test_a_claim_or_version_that_can_not_be_is_no_failure(analyst, filled, sent):
    stance = StanceFactory(since="2018")
    _, page = opened(analyst, stance)
    new = filled(page) | {**SAID, "since": "2024-12-08", **cited(SourceFactory())}

    answer = analyst.post(ADD, new | {"earlier": sent.format(stance.pk)})

    assert "__all__" in errors(answer)  # it was changed meanwhile, or there is one already
    assert Stance.objects.count() == 1


def test_what_contradicts_an_accepted_claim_offers_to_end_that(analyst, filled):
    stance, source = StanceFactory(since="2018"), SourceFactory()
    new = typed(
        actor=stance.actor,
        issue=stance.issue,
        since="2024-12-08",
        position="opposes",
        **cited(source),
    )

    page = analyst.post(ADD, new)

    (told,) = errors(page)["__all__"]
    assert "Already here" in told
    assert "on 2024-12-07, by the sources" in told
    (offered,) = OFFERED.findall(told)
    assert analyst.post(ADD, filled(page) | {"earlier": offered}).status_code == 302
    stance.refresh_from_db()
    assert (stance.until, Stance.objects.count()) == ("2024-12-07", 2)


def test_it_is_not_offered_where_the_other_can_not_end_then(analyst):
    begun_later = StanceFactory(since="2025")
    contested = StanceFactory(since="2018", standing="contested", standing_note="?")

    for claim in (begun_later, contested):
        later = {"since": "2024-12-08", "position": "opposes"}
        new = typed(actor=claim.actor, issue=claim.issue, **later, **cited(SourceFactory()))
        (told,) = errors(analyst.post(ADD, new))["__all__"]
        assert "Already here" in told
        assert not OFFERED.findall(told)


def test_it_is_not_offered_for_the_same_position(analyst):
    stance = StanceFactory(since="2018", position="supports")
    new = typed(
        actor=stance.actor, issue=stance.issue, since="2024-12-08", **cited(SourceFactory())
    )

    (told,) = errors(analyst.post(ADD, new))["__all__"]

    assert "Already here" in told
    assert not OFFERED.findall(told)


def test_only_what_somebody_holds_can_change(analyst):
    contested = StanceFactory(since="2018", standing="contested", standing_note="?")
    alignment = AlignmentFactory(since="2018")

    assert "?earlier=" not in main(analyst.get(address(contested)))
    assert f"/admin/tracker/alignment/add/?earlier={alignment.pk}" in main(
        analyst.get(address(alignment))
    )


def test_that_nothing_was_found_is_not_told_to_who_found_something(analyst):
    nothing = StanceFactory(position="no_evidence", citations=[])

    answer = analyst.post(
        ADD,
        typed(
            actor=nothing.actor, issue=nothing.issue, since="2024-12-08", **cited(SourceFactory())
        ),
    )

    assert answer.status_code == 302


def test_the_later_claim_of_another_actor_is_refused_beside_the_field(analyst, filled):
    stance, another = StanceFactory(since="2018"), ActorFactory()
    leads, page = opened(analyst, stance)
    sent = {
        "position": "opposes",
        "since": "2024-12-08",
        "actor": str(another.pk),
        **cited(SourceFactory()),
    }

    answer = analyst.post(leads, filled(page) | sent)

    assert any(
        "It is not that of" in says or "it is not that of" in says
        for says in errors(answer)["actor"]
    )
    stance.refresh_from_db()
    assert stance.until == ""
