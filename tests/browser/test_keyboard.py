"""By keyboard alone: alignments and meetings are coded, and on every page one sees where one is.

Stances are coded so in `test_coding`.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import (
    add_part,
    choose,
    count_keys,
    search,
    seconds,
    tab_to,
    unseen_stops,
)
from tests.browser.walk import make_records
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tracker.models import Act, Alignment, Meeting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HOW = pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])


@HOW
def test_an_alignment_is_coded_by_keyboard_alone(log_in, width, dark):
    issue, source = IssueFactory(title="The river"), SourceFactory(title="The treaty")
    ActorFactory(name="Ruritania"), ActorFactory(name="Freedonia")
    page = log_in("analysts", "anna", width=width, dark=dark)
    page.goto("/admin/tracker/alignment/add/")

    search(page, "issue", "river", "The river")
    search(page, "actor", "rurit", "Ruritania")
    choose(page, "pattern", "hed")
    search(page, "counterpart", "freed", "Freedonia")
    tab_to(page, "since")
    page.keyboard.type("2018-12")
    choose(page, "basis", "for")
    choose(page, "likelihood", "likely")
    choose(page, "confidence", "mod")
    search(page, "citations-0-source", "treaty", "The treaty")
    tab_to(page, "citations-0-locator")
    page.keyboard.type("article 3")
    add_part(page, "Citation")
    search(page, "citations-1-source", "treaty", "The treaty")
    tab_to(page, "citations-1-quote")
    page.keyboard.type("For ever.")
    page.keyboard.press("Control+s")

    expect(page.get_by_text("was added")).to_be_visible()
    alignment = Alignment.objects.get()
    assert (alignment.issue, alignment.actor.name, alignment.counterpart.name) == (
        issue,
        "Ruritania",
        "Freedonia",
    )
    assert (alignment.pattern, alignment.since, alignment.basis) == (
        "hedges",
        "2018-12",
        "forecast",
    )
    assert (alignment.likelihood, alignment.confidence) == ("likely", "moderate")
    cited = alignment.citations.order_by("pk").values_list("source", "locator", "quote")
    assert list(cited) == [(source.pk, "article 3", ""), (source.pk, "", "For ever.")]


@HOW
def test_a_meeting_is_coded_by_keyboard_alone_with_who_took_part_and_what_was_discussed(
    log_in, width, dark
):
    issue, source = IssueFactory(title="The river"), SourceFactory(title="The communiqué")
    (
        ActorFactory(name="Ruritania"),
        ActorFactory(name="Freedonia"),
        ActorFactory(name="Rufus", kind="person"),
    )
    page = log_in("analysts", "anna", width=width, dark=dark)
    page.goto("/admin/tracker/meeting/add/")

    tab_to(page, "title")
    page.keyboard.type("Talks about the river")
    choose(page, "kind", "summ")
    choose(page, "status", "held")
    tab_to(page, "since")
    page.keyboard.type("2019-06-05")
    add_part(page, "Participant")
    search(page, "participants-0-actor", "rurit", "Ruritania")
    search(page, "participants-0-represented_by", "rufus", "Rufus")
    choose(page, "participants-0-role", "host")
    add_part(page, "Participant")
    search(page, "participants-1-actor", "freed", "Freedonia")
    add_part(page, "Issue discussed")
    search(page, "issues-0-issue", "river", "The river")
    tab_to(page, "issues-0-outcome")
    page.keyboard.type("A dam, one day.")
    search(page, "citations-0-source", "commun", "The communiqué")
    tab_to(page, "citations-0-locator")
    page.keyboard.type("p. 3")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("was added")).to_be_visible()
    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.kind, meeting.status) == (
        "Talks about the river",
        "summit",
        "held",
    )
    taking = meeting.participants.order_by("pk").values_list(
        "actor__name", "represented_by__name", "role"
    )
    assert list(taking) == [("Ruritania", "Rufus", "host"), ("Freedonia", None, "participant")]
    assert list(meeting.issues.values_list("issue", "outcome")) == [(issue.pk, "A dam, one day.")]
    assert list(meeting.citations.values_list("source", "locator")) == [(source.pk, "p. 3")]


@HOW
def test_a_joint_statement_is_coded_by_keyboard_alone_with_its_text_and_two_signatories(
    log_in, width, dark
):
    ActorFactory(name="Ruritania"), ActorFactory(name="Freedonia")
    text = SourceFactory(title="The communiqué")
    page = log_in("analysts", "anna", width=width, dark=dark)
    page.goto("/admin/tracker/act/add/")
    count_keys(page)
    tab_to(page, "title")
    page.keyboard.type("Statement about the river")
    choose(page, "kind", "joint s")
    choose(page, "status", "done")
    tab_to(page, "since")
    page.keyboard.type("2019-06-05")
    search(page, "text", "commun", "The communiqué")
    for place, name in enumerate(("Ruritania", "Freedonia")):
        add_part(page, "Participant")
        search(page, f"participants-{place}-actor", name[:5].lower(), name)
        choose(page, f"participants-{place}-role", "sign")
    search(page, "citations-0-source", "commun", "The communiqué")
    tab_to(page, "citations-0-locator")
    page.keyboard.type("p. 3")
    assert 30 < seconds(page, thoughts=12) <= 90  # of eleven fields, and to save
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("was added")).to_be_visible()
    act = Act.objects.get()
    assert (act.kind, act.status, act.text) == ("joint_statement", "done", text)
    signed = act.participants.order_by("pk").values_list("actor__name", "role")
    assert list(signed) == [("Ruritania", "signatory"), ("Freedonia", "signatory")]


@HOW
def test_on_every_kind_of_page_one_sees_where_one_is(log_in, width, dark):
    records = make_records()
    page = log_in("editors", "erik", width=width, dark=dark)
    root = f"/admin/tracker/meeting/{records['meeting'].pk}"

    seen = {}
    for address in (
        "/admin/",
        "/admin/tracker/stance/?basis__exact=statement",
        f"{root}/change/",
        f"{root}/review/",
        f"{root}/history/",
        "/admin/tracker/edition/1/change/",
        "/admin/import/",
        "/admin/review/waiting/",
    ):
        page.goto(address)
        count, unseen = unseen_stops(page)
        assert count > 8, address
        seen[address] = unseen

    assert {address: unseen for address, unseen in seen.items() if unseen} == {}
