"""How a question was settled is said whole: all that is missing is told at once, at each edge."""

import pytest

from tests.desk.admin.conftest import errors, logged_in
from tests.desk.admin.records.test_rules_at_edges import refused
from tests.desk.api.working import Worker, at
from tests.desk.imports.importing import planned, write
from tests.factories import IssueFactory, SourceFactory
from tests.publishing.acts import edited

pytestmark = pytest.mark.django_db
SETTLED = {
    "settled": "2019-02-28",
    "settlement": "It was voted down.",
    "settlement_locator": "the vote",
}
FAULTS = [
    ({"settled": "2019-02-28"}, {"settlement", "settlement_source", "settlement_locator"}),
    ({**SETTLED, "settlement": "", "settlement_source": "told"}, {"settlement"}),
    ({"settlement_source": "told"}, {"settled"}),
    ({**SETTLED, "settlement_source": "told", "settled": ""}, {"settled"}),
    ({**SETTLED, "settlement_source": "told", "settled": "2999"}, {"settled"}),
    ({**SETTLED, "question": ""}, {"settled", "settlement_source"}),
]


@pytest.mark.parametrize(("fields", "told"), FAULTS)
def test_a_settled_question_has_day_sentence_and_citation_and_all_that_is_missing_is_told_at_once(
    tmp_path, filled, fields, told
):
    issue, source = IssueFactory(slug="canal"), SourceFactory(ref="told")
    client, address = logged_in("analysts"), f"/admin/tracker/issue/{issue.pk}/change/"
    posted = {
        **fields,
        **({"settlement_source": source.pk} if "settlement_source" in fields else {}),
    }
    response = Worker("analysts").ask(
        "PATCH", at(issue), fields, If_Match=f'"{issue.version}"', Change_Reason="x"
    )

    assert {fault["pointer"].lstrip("/") for fault in response.json()["errors"]} == told
    assert {
        fault.field
        for fault in planned(write(tmp_path, issues=[{"slug": "canal", **fields}])).faults
    } == told
    assert set(errors(client.post(address, filled(client.get(address)) | posted))) == told
    with refused() as problems:
        edited(
            issue,
            **{
                **fields,
                **({"settlement_source": source} if "settlement_source" in posted else {}),
            },
        )
    assert len(problems) == 1
    issue.refresh_from_db()
    assert (issue.settled, issue.settlement, issue.settlement_source) == ("", "", None)
