"""Why a record was changed, as its publisher tells readers, and never as the desk has it."""

import pytest

from tests.desk.api.working import Worker, faults, good
from tests.factories import IssueFactory
from tests.public.api.publishing import publish_whole

pytestmark = pytest.mark.django_db


def test_readers_are_told_why_each_record_was_changed(erik, reader):
    first, second = IssueFactory(), IssueFactory()
    publish_whole(first, second)
    anna = Worker("analysts")
    for issue in (first, second):
        good(
            anna.patch(issue, {"summary": "So."}, Change_Reason="Nobody but the team reads this."),
            200,
        )
        issue.refresh_from_db()
    records = [
        {"resource": "issues", "id": issue.pk, "version": issue.version}
        for issue in (first, second)
    ]

    blank = erik.post("publish/", {"records": [records[0] | {"reason": " "}, records[1]]})
    good(
        erik.post(
            "publish/",
            {"records": [records[0] | {"reason": "A misprint."}, records[1]], "note": "Both"},
        ),
        200,
    )
    good(erik.patch(first, {"summary": "Or so."}, Change_Reason="Nor this."), 200)
    first.refresh_from_db()
    good(erik.verb(first, "publish", {"reason": "It was longer."}), 200)

    assert faults(blank) == {("/records/0/reason", "invalid")}
    listed = [
        (change["id"], change["reason"], change["note"])
        for change in reader.walk("changes/?after=1")
    ]
    assert listed == [
        (first.pk, "A misprint.", "Both"),
        (second.pk, None, "Both"),
        (first.pk, "It was longer.", None),
    ]
    versions = reader.walk(f"issues/{first.slug}/history/")
    assert [version["reason"] for version in versions] == ["It was longer.", "A misprint.", None]
