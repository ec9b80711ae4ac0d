"""Meetings: encounters of actors, planned or held."""

from tracker.api.views import RecordDetail, RecordHistory, RecordList, RecordVersion
from tracker.values.nouns import Noun


class MeetingList(RecordList):
    """List meetings."""

    noun = Noun.MEETING
    answers = "Meeting"


class MeetingDetail(RecordDetail):
    """Read one meeting."""

    noun = Noun.MEETING
    answers = "Meeting"


class MeetingHistory(RecordHistory):
    """List the versions of one meeting that were public."""

    noun = Noun.MEETING


class MeetingVersion(RecordVersion):
    """Read one meeting as an edition published it."""

    noun = Noun.MEETING
    answers = "Meeting"


VIEWS = (MeetingList, MeetingDetail, MeetingHistory, MeetingVersion)
