"""The desk's rows are asked the rules of the publication as its documents are."""

import pytest
from psycopg.sql import SQL

from tests.factories import AlignmentFactory, IssueFactory, SourceFactory, StanceFactory
from tests.public.api.publishing import publish, publish_whole, settle
from tracker.models.desk_rules import AS_DOCUMENTS
from tracker.models.queries import compose, rows_of

pytestmark = pytest.mark.django_db
COLUMNS = {
    "issue": "record, parent, has_question, settled",
    "stance": "record, issue, lower(possible)",
    "alignment": "record, issue, lower(possible)",
    "source": "record, derives_from",
}


@pytest.mark.parametrize("noun", AS_DOCUMENTS)
def test_what_rules_look_at_is_the_same_of_a_record_as_of_its_document(noun):
    group = IssueFactory(question="")
    open_one, decided = IssueFactory(parent=group), IssueFactory()
    claims = [
        make(issue=issue, since=since)
        for make in (StanceFactory, AlignmentFactory)
        for issue, since in ((open_one, ""), (decided, "2018"))
    ]
    publish_whole(group, open_one, decided, *claims, SourceFactory(derives_from=SourceFactory()))
    settle(decided)
    publish(decided, decided.settlement_source)

    wanted = SQL(COLUMNS[noun])
    here = compose(
        "SELECT {wanted} FROM (SELECT {rows} FROM {table}) d ORDER BY 1",
        noun,
        wanted=wanted,
        rows=SQL(AS_DOCUMENTS[noun]),
    )
    public = compose(
        "SELECT {wanted} FROM {documents} WHERE closed IS NULL ORDER BY 1", noun, wanted=wanted
    )

    assert len(list(rows_of(here))) > 1
    assert list(rows_of(here)) == list(rows_of(public))
