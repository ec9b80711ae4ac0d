"""Sources: the documents that claims cite."""

from tracker.api.views import RecordDetail, RecordHistory, RecordList, RecordVersion
from tracker.values.nouns import Noun


class SourceList(RecordList):
    """List sources."""

    noun = Noun.SOURCE
    answers = "Source"


class SourceDetail(RecordDetail):
    """Read one source."""

    noun = Noun.SOURCE
    answers = "Source"


class SourceHistory(RecordHistory):
    """List the versions of one source that were public."""

    noun = Noun.SOURCE


class SourceVersion(RecordVersion):
    """Read one source as an edition published it."""

    noun = Noun.SOURCE
    answers = "Source"


VIEWS = (SourceList, SourceDetail, SourceHistory, SourceVersion)
