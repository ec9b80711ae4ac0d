"""What blocks an undo names parts by what they name, as links, and not by their numbers."""

import re

import pytest

from tests.costs import assert_same_cost
from tests.desk.undo.acts import done
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.publishing.acts import published, retracted

pytestmark = pytest.mark.django_db


def page_of(changed):
    return f"/admin/tracker/changeset/{changed}/undo/"


def shown_blockers(page):
    """Return what blocks it as a page says it, without its marks, and the links in it."""
    content = page.content.decode().split('class="module blockers"')[1].split("</fieldset>")[0]
    return " ".join(re.sub("<[^>]+>", "", content).split()), re.findall('href="([^"]+)"', content)


def added(make):
    """Make a record as one change; return its change set and the record."""
    made = []
    return done(lambda: made.append(make())), made[0]


def test_a_citation_is_called_by_its_source_and_its_place_and_by_the_claim_that_it_belongs_to(
    analyst,
):
    source = SourceFactory(title="The <dam> law", publisher="The Gazette", issued="2018")
    changed, stance = added(
        lambda: StanceFactory(
            actor__name="Ruritania",
            citations=[{"source": source, "locator_label": "page", "locator": "3"}],
        )
    )
    done(lambda: stance.citations.update(quote="So."))

    page = analyst.get(page_of(changed))
    words, links = shown_blockers(page)

    assert "stance Ruritania supports" in words
    named = (
        "citation “The &lt;dam&gt; law (The Gazette, 2018)”, page 3, was changed since "
        "(“quote”): undo that first"
    )
    assert named in words
    assert f"/admin/tracker/source/{source.pk}/review/" in links
    assert f"citation {stance.citations.get().pk}" not in words


def test_a_citation_that_is_gone_is_called_by_what_it_was(analyst):
    source = SourceFactory(title="The dam law", publisher="", issued="")
    changed, stance = added(
        lambda: StanceFactory(
            citations=[{"source": source, "locator": "", "locator_label": "", "quote": "So."}]
        )
    )
    done(stance.citations.get().delete)

    words, _ = shown_blockers(analyst.get(page_of(changed)))

    assert "its citation “The dam law” was deleted since: put that back first" in words


def test_other_parts_are_called_by_what_they_name(analyst):
    actor = ActorFactory(name="Freedonia")
    first, meeting = added(lambda: MeetingFactory(citations=[]))
    second, issue = added(IssueFactory)
    done(lambda: meeting.participants.create(actor=actor, role="host"))
    done(lambda: issue.core_interests.create(actor=actor))

    meetings, links = shown_blockers(analyst.get(page_of(first)))
    issues, _ = shown_blockers(analyst.get(page_of(second)))

    assert "participant “Freedonia” was added since: undo that first" in meetings
    assert f"/admin/tracker/actor/{actor.pk}/review/" in links
    assert "core interest “Freedonia” was added since: undo that first" in issues


def test_what_must_be_withdrawn_first_is_one_list_with_one_button_for_who_may(analyst, editor):
    made = []
    changed = done(lambda: made.extend([ActorFactory(), IssueFactory(), SourceFactory()]))
    actor, issue, _ = made
    published(actor, issue)

    page = editor.get(page_of(changed))
    assert [(named.noun, named.id) for named in page.context["to_withdraw"]] == [
        ("actor", actor.pk),
        ("issue", issue.pk),
    ]
    assert page.context["blockers"] == [], "each is told once"
    assert f'value="actor:{actor.pk}"> Leave out' in page.content.decode()
    sent = {
        "action": "retract_selected",
        "_selected_action": actor.pk,
        "also": f"issue:{issue.pk}",
        "index": "0",
    }
    assert f'value="issue:{issue.pk}"' in page.content.decode()
    asked = editor.post("/admin/tracker/actor/", sent)
    assert [row.key for row in asked.context["selection"].selected] == [
        ("actor", actor.pk),
        ("issue", issue.pk),
    ]

    told = analyst.get(page_of(changed)).content.decode()
    assert "Ask an editor to withdraw them, then leave them out here." in told
    assert "Withdraw these …" not in told

    retracted(actor, issue)
    assert editor.get(page_of(changed)).context["to_withdraw"] == []


def test_what_must_be_withdrawn_first_costs_as_many_queries_for_twenty(editor):
    def prepare(number):
        made = []
        changed = done(lambda: made.extend(ActorFactory.create_batch(number)))
        published(*made)
        return lambda: editor.get(page_of(changed))

    assert_same_cost(prepare)
