"""Stances: which position an actor holds on an issue, over which period."""

from tracker.api.views import RecordDetail, RecordHistory, RecordList, RecordVersion
from tracker.values.nouns import Noun


class StanceList(RecordList):
    """List stances."""

    noun = Noun.STANCE
    answers = "Stance"


class StanceDetail(RecordDetail):
    """Read one stance."""

    noun = Noun.STANCE
    answers = "Stance"


class StanceHistory(RecordHistory):
    """List the versions of one stance that were public."""

    noun = Noun.STANCE


class StanceVersion(RecordVersion):
    """Read one stance as an edition published it."""

    noun = Noun.STANCE
    answers = "Stance"


VIEWS = (StanceList, StanceDetail, StanceHistory, StanceVersion)
