"""Meetings as readers see them."""

from typing import Any

from tracker.models import Meeting
from tracker.publication.render.names import Names
from tracker.publication.render.parts import UNKNOWN_BEGINNING, citations, ends_of, since_of, until_of
from tracker.schema import records as public
from tracker.schema.parts import Discussion, Participant
from tracker.values.periods import certain, meeting_days, possible
from tracker.values.vocabularies import MeetingKind, MeetingStatus, ParticipantRole


def shape(meeting: Meeting, parts: Any, names: Names) -> public.Meeting:
    """Return the meeting in its public form."""
    return public.Meeting(
        id=meeting.pk,
        ref=meeting.ref,
        title=meeting.title,
        kind=MeetingKind(meeting.kind),
        status=MeetingStatus(meeting.status),
        since=since_of(meeting),
        until=until_of(meeting),
        place=meeting.place or None,
        country=meeting.country or None,
        series=meeting.series or None,
        summary=meeting.summary or None,
        participants=[
            Participant(
                actor=names.actor(part.actor_id),
                represented_by=names.actor_or_none(part.represented_by_id),
                role=ParticipantRole(part.role),
            )
            for part in parts["participant"]
        ],
        issues=[Discussion(names.issue(part.issue_id), part.outcome or None) for part in parts["discussion"]],
        citations=citations(parts["citation"], names),
    )


def columns(meeting: Meeting, parts: Any) -> dict[str, Any]:
    """Return what meetings are filtered and sorted by."""
    ends = meeting_days(ends_of(meeting))
    return {
        "sort": meeting.since_earliest or UNKNOWN_BEGINNING,
        "kind": meeting.kind,
        "status": meeting.status,
        "country": meeting.country,
        "series": meeting.series,
        "participants": [part.actor_id for part in parts["participant"]],
        "issues": [part.issue_id for part in parts["discussion"]],
        "possible": str(possible(ends)),
        "certain": str(certain(ends, None)),
    }
