"""What is there already is told as a form is filled, with what one may do about it:
as saving would tell it.
"""

import re

import pytest
from django.contrib.auth.models import Permission

from tests.costs import assert_same_cost
from tests.desk.admin.conftest import errors, logged_in
from tests.desk.admin.records.test_stances import ADD, typed
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tracker.desk.records.duplicates import DUPLICATE_KEYS
from tracker.models import ChangeSet, Event, Review
from tracker.models.nouns import noun_of
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def told(client, record, **more):
    """Return what is told to who types what tells this record from others."""
    fields = {}
    for name in DUPLICATE_KEYS[noun_of(record)].fields:
        if name == "participants":
            actors = record.participants.values_list("actor", flat=True)
            fields |= {f"participants-{row}-actor": actor for row, actor in enumerate(actors)}
        else:
            value = getattr(record, f"{name}_id", None) or getattr(record, name)
            fields[name] = "" if value is None else value
    answer = client.get(f"/admin/tracker/{noun_of(record)}/alike/", fields | more)
    assert answer.status_code == 200
    return answer.content.decode()


def of_noun(noun):
    """Return a record that others of its noun may be."""
    taking_part = [{"actor": ActorFactory()} for _ in range(2)]
    make = {
        Noun.STANCE: lambda: StanceFactory(since="2018"),
        Noun.ALIGNMENT: lambda: AlignmentFactory(since="2018"),
        Noun.MEETING: lambda: MeetingFactory(since="2019-06-05", participants=taking_part),
        Noun.ACT: lambda: ActFactory(since="2019-06-05", participants=taking_part),
        Noun.VOTE: lambda: VoteFactory(held="2019-06-05"),
        Noun.SOURCE: lambda: SourceFactory(url="https://example.org/a"),
        Noun.ACTOR: lambda: ActorFactory(wikidata_id="Q148"),
    }
    return make[noun]()


@pytest.mark.parametrize("noun", [noun for noun, key in DUPLICATE_KEYS.items() if key])
def test_of_every_noun_it_is_told_with_a_link_to_edit_it(analyst, noun):
    record = of_noun(noun)
    page = analyst.get(f"/admin/tracker/{noun}/add/")

    says = told(analyst, record)

    assert "Already here" in says
    assert f'<a href="/admin/tracker/{noun}/{record.pk}/change/">Edit it</a>' in says
    assert "Changed from a day" not in says, "it says the same, or can't change"
    form = page.context["adminform"].form
    assert {
        name for name in DUPLICATE_KEYS[noun].fields if name != "participants"
    } <= form.fields.keys()
    assert page.context["alike_fields"].split() == [*DUPLICATE_KEYS[noun].fields]


def test_actor_and_issue_are_enough_and_what_is_wrong_counts_as_not_typed_yet(analyst):
    stance = StanceFactory(since="2018", until="2019")
    about = {"actor": stance.actor_id, "issue": stance.issue_id}
    alike = "/admin/tracker/stance/alike/"

    for more in (
        {},
        {"since": "soon"},
        {"since": "2018/2019"},
        {"until": "2018-13"},
        {"position": "maybe"},
    ):
        assert "Already here" in analyst.get(alike, about | more).content.decode(), more
    for few in (
        {"actor": stance.actor_id},
        {"issue": stance.issue_id},
        {},
        about | {"since": "2020"},
        about | {"actor": "9" * 400},
        about | {"standing": "contested"},
    ):
        assert analyst.get(alike, few).content.strip() == b"", few
    pair = {"actor": ActorFactory().pk, "issue": stance.issue_id}
    assert analyst.get("/admin/tracker/alignment/alike/", pair).content.strip() == b""


@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
def test_a_forecast_is_no_double_of_a_claim_but_of_a_forecast(analyst, factory):
    forecast = factory(since="2018", basis="forecast", likelihood="likely")

    assert "Already here" in told(analyst, forecast)
    assert told(analyst, forecast, basis="statement").strip() == ""


def test_nor_is_it_told_when_it_is_saved(analyst):
    claim = StanceFactory(since="2018")
    new = typed(
        actor=claim.actor, issue=claim.issue, since="2019", basis="forecast", likelihood="likely"
    )

    assert analyst.post(ADD, new).status_code == 302


def test_what_was_shown_is_saved_at_once_and_what_came_meanwhile_is_told(analyst):
    stance = StanceFactory(since="2018")
    says = told(analyst, stance, since="2019")
    (shown,) = re.findall('data-shown="([0-9,]+)"', says)
    new = typed(actor=stance.actor, issue=stance.issue, since="2019", alike_seen=shown)
    other = StanceFactory(since="2018", actor=stance.actor, issue=stance.issue)

    assert "Nothing is saved yet" in errors(analyst.post(ADD, new))["__all__"][0]
    other.delete()
    assert analyst.post(ADD, new).status_code == 302


def test_only_what_readers_see_is_still_so_and_only_another_position_has_changed(
    analyst, published
):
    stance = StanceFactory(since="2018", position="supports")

    assert "Still so" not in told(analyst, stance)
    published(stance, stance.actor, stance.issue, stance.citations.get().source)
    says = told(analyst, stance)
    assert f'formaction="/admin/tracker/stance/{stance.pk}/still-so/"' in says
    assert "Changed from a day" not in says
    for more in (
        {"position": ""},
        {"position": "opposes"},
        {"position": "opposes", "since": "2019"},
    ):
        says = told(analyst, stance, **{"since": ""} | more)
        assert f'name="earlier" value="{stance.pk}:{stance.version}"' in says, more
    assert "Changed from a day" not in told(analyst, stance, position="opposes", since="2017")
    assert (
        told(analyst, stance, position="opposes", earlier=f"{stance.pk}:{stance.version}").strip()
        == ""
    )


def test_who_may_not_change_a_record_has_no_button_and_who_may_not_see_it_is_told_nothing(
    published,
):
    stance = StanceFactory(since="2018")
    published(stance, stance.actor, stance.issue, stance.citations.get().source)
    about = {"actor": stance.actor_id, "issue": stance.issue_id}
    alike, still_so = "/admin/tracker/stance/alike/", f"/admin/tracker/stance/{stance.pk}/still-so/"
    reader = logged_in("")

    for address in (alike, still_so):
        answer = reader.get(address, about)
        assert answer.status_code == 403
        assert stance.actor.name not in answer.content.decode()
    reader.user.user_permissions.add(Permission.objects.get(codename="view_stance"))
    says = reader.get(alike, about).content.decode()
    assert "Look at it" in says
    assert not re.search("<button|<input|Edit it", says)
    assert reader.post(still_so).status_code == 403


def test_it_costs_as_much_for_twenty(analyst, published):
    def prepare(number):
        actor, issue = ActorFactory(), IssueFactory()
        claims = [
            StanceFactory(
                since="2018", actor=actor, issue=issue, standing="contested", standing_note="?"
            )
            for _ in range(number)
        ]
        published(actor, issue, *claims, *(claim.citations.get().source for claim in claims))
        return lambda: told(analyst, claims[0], standing="accepted", position="opposes")

    assert assert_same_cost(prepare) <= 12


def still_so(stance):
    return f"/admin/tracker/stance/{stance.pk}/still-so/"


def test_still_so_confirms_and_cites_what_the_new_form_cites(analyst, published):
    stance, source = StanceFactory(since="2018", confirmed_on="2019-06-05"), SourceFactory()
    published(stance, stance.actor, stance.issue, stance.citations.get().source)
    before, events = ChangeSet.objects.count(), Event.objects.count()
    new = typed(actor=stance.actor, issue=stance.issue, reason="Said again", from_page="change") | {
        "citations-TOTAL_FORMS": "2", "citations-0-source": "", "citations-1-source": source.pk,
        "citations-1-locator": "p. 3",
    }  # fmt: skip

    page = analyst.post(still_so(stance), new)

    assert (page.status_code, Event.objects.count()) == (200, events)
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert (int(sent["source"]), sent["locator"], sent["reason"]) == (
        source.pk,
        "p. 3",
        "Said again",
    )
    records = page.context["records"]
    sent |= {"records": records, "from_page": "change", "to": "", "on": "2020-01-01"}
    assert sent["then"] == "submit"
    answer = analyst.post(still_so(stance), sent)
    assert (answer.status_code, answer.url) == (302, f"/admin/tracker/stance/{stance.pk}/change/")
    stance.refresh_from_db()
    assert (str(stance.confirmed_on), stance.state) == ("2020-01-01", "in_review")
    assert stance.citations.filter(source=source, locator="p. 3", relation="supports").count() == 1
    assert ChangeSet.objects.count() == before + 1
    assert Review.objects.get(noun="stance").version == stance.version
    assert Review.objects.get(noun="source").record == source.pk, (
        "nobody could publish the one without the other"
    )


def test_without_a_source_it_confirms_and_what_was_never_public_is_refused(analyst, published):
    stance, draft = StanceFactory(since="2018", confirmed_on="2019-06-05"), StanceFactory()
    published(stance, stance.actor, stance.issue, stance.citations.get().source)
    page = analyst.get(still_so(stance))
    sent = {
        "records": page.context["records"],
        "reason": "Looked",
        "on": "2020-01-01",
        "then": "submit",
    }

    assert analyst.post(still_so(stance), sent).status_code == 302

    stance.refresh_from_db()
    assert (str(stance.confirmed_on), stance.citations.count()) == ("2020-01-01", 1)
    assert "see it as it is here" in analyst.get(still_so(draft)).content.decode()
    assert analyst.get("/admin/tracker/stance/999999/still-so/").status_code == 302
