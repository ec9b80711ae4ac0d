"""Issues: the matters on which actors take positions, as a tree."""

from tracker.api.views import RecordDetail, RecordHistory, RecordList, RecordVersion
from tracker.values.nouns import Noun


class IssueList(RecordList):
    """List issues."""

    noun = Noun.ISSUE
    answers = "Issue"


class IssueDetail(RecordDetail):
    """Read one issue."""

    noun = Noun.ISSUE
    answers = "Issue"


class IssueHistory(RecordHistory):
    """List the versions of one issue that were public."""

    noun = Noun.ISSUE


class IssueVersion(RecordVersion):
    """Read one issue as an edition published it."""

    noun = Noun.ISSUE
    answers = "Issue"


VIEWS = (IssueList, IssueDetail, IssueHistory, IssueVersion)
