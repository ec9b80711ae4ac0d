"""Actors: states, organizations, blocs, persons and armed groups."""

from tracker.api.views import RecordDetail, RecordHistory, RecordList, RecordVersion
from tracker.values.nouns import Noun


class ActorList(RecordList):
    """List actors."""

    noun = Noun.ACTOR
    answers = "Actor"


class ActorDetail(RecordDetail):
    """Read one actor."""

    noun = Noun.ACTOR
    answers = "Actor"


class ActorHistory(RecordHistory):
    """List the versions of one actor that were public."""

    noun = Noun.ACTOR


class ActorVersion(RecordVersion):
    """Read one actor as an edition published it."""

    noun = Noun.ACTOR
    answers = "Actor"


VIEWS = (ActorList, ActorDetail, ActorHistory, ActorVersion)
