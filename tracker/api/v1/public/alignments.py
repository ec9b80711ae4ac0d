"""Alignments: how two actors relate on an issue, over which period."""

from tracker.api.views import RecordDetail, RecordHistory, RecordList, RecordVersion
from tracker.values.nouns import Noun


class AlignmentList(RecordList):
    """List alignments."""

    noun = Noun.ALIGNMENT
    answers = "Alignment"


class AlignmentDetail(RecordDetail):
    """Read one alignment."""

    noun = Noun.ALIGNMENT
    answers = "Alignment"


class AlignmentHistory(RecordHistory):
    """List the versions of one alignment that were public."""

    noun = Noun.ALIGNMENT


class AlignmentVersion(RecordVersion):
    """Read one alignment as an edition published it."""

    noun = Noun.ALIGNMENT
    answers = "Alignment"


VIEWS = (AlignmentList, AlignmentDetail, AlignmentHistory, AlignmentVersion)
