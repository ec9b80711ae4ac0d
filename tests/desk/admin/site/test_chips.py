"""Chips in lists, reviews and histories:
of records as they are at the desk, published or not, as readers see them.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import ActorFactory, AlignmentFactory, MeetingFactory, StanceFactory
from tests.publishing.acts import edited, stance_with_all
from tracker.values.days import month

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CHIP = re.compile(r'<td class="field-chip[^"]*"><span class="(.*?)">(.*?)</span></td>')


def listed(client, noun):
    """Return the chips of a list: the classes of each, and all that it says."""
    page = client.get(f"/admin/tracker/{noun}/").content.decode()
    return [
        (set(classes.split()), re.sub("<[^>]+>", "", content))
        for classes, content in CHIP.findall(page)
    ]


def test_a_list_says_of_each_stance_what_readers_would_see(analyst):
    old = TODAY.replace(day=1, year=TODAY.year - 3)
    stale = f"in {month(old)}, not confirmed since"
    StanceFactory(position="opposes", since="2001", confirmed_on=old, hedged=True)
    StanceFactory(
        position="silent",
        since="2002",
        confirmed_on=TODAY,
        standing="contested",
        standing_note="x",
        defers_to=ActorFactory(name="Ruritania"),
    )
    StanceFactory(position="supports", since="2000", until="2001", confirmed_on=None)

    assert listed(analyst, "stance") == [
        (
            {"chip", "position-silent", "nothing-silent", "contested"},
            "silent, contested, deferring to Ruritania",
        ),
        ({"chip", "position-opposes", "hedged", "stale"}, f"− opposed, with reserve, {stale}"),
        ({"chip", "position-supports", "ended"}, "+ supported, until 2001"),
    ]


def test_a_list_says_of_each_alignment_and_meeting_what_readers_would_see(analyst):
    AlignmentFactory(pattern="parallel", confirmed_on=TODAY)
    AlignmentFactory(pattern="defers", confirmed_on=TODAY)
    MeetingFactory(status="planned", since=str(TODAY - timedelta(days=9)))
    MeetingFactory(status="held", since="2019")

    both = [({"chip", "pattern-defers"}, "defers to"), ({"chip", "pattern-parallel"}, "parallel")]
    # their ends have columns
    assert sorted(listed(analyst, "alignment"), key=lambda chip: chip[1]) == both
    assert listed(analyst, "meeting") == [
        ({"chip", "meeting-planned", "overdue"}, "planned, overdue"),
        ({"chip", "meeting-held"}, "held"),
    ]


def test_a_review_and_a_history_show_terms_as_chips(analyst):
    stance = stance_with_all(position="supports")
    edited(stance, position="silent")
    chips = [
        '<span class="chip position-supports"><span class="sign" aria-hidden="true">+</span> '
        '<span class="word">supports</span></span>',
        '<span class="chip position-silent"><span class="word">silent</span></span>',
    ]

    review = analyst.get(f"/admin/tracker/stance/{stance.pk}/review/").content.decode()
    history = analyst.get(f"/admin/tracker/stance/{stance.pk}/history/").content.decode()

    assert f"<del>{chips[0]}</del>" in review
    assert f"<ins>{chips[1]}</ins>" in review
    assert all(chip in history for chip in chips)
