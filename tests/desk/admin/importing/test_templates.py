"""The import page lists the columns,
and has a template of each noun with a row that can be taken as it is.
"""

import pytest

from tests.desk.admin.conftest import logged_in
from tests.desk.admin.importing.test_upload import PAGE, counts, upload
from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tracker.desk.records.fields import layout
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db


def template(client, noun, kind):
    """Return a template."""
    answer = client.get(f"{PAGE}template/{noun.plural}.{kind}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{noun.plural}.{kind}"'
    return answer.content


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("noun", Noun)
def test_a_template_has_all_columns_and_a_row_that_is_taken(analyst, noun, kind):
    ActorFactory(slug="france", name="France"), ActorFactory(slug="togo", name="Togo")
    ActorFactory(slug="united-nations-security-council", kind="organization")
    IssueFactory(slug="arctic"), IssueFactory(slug="bilateral-cooperation", question="Should they?")
    (
        SourceFactory(ref="usip-2019-06"),
        SourceFactory(url="https://example.org/report", issued="2019-01"),
    )

    page = upload(analyst, template(analyst, noun, kind), f"{noun.plural}.{kind}")

    assert counts(page) == {"all": 1, "new": 1}, [row.faults for row in page.context["rows"]]
    assert set(page.context["upload"].header) == {*layout(noun).fields, *layout(noun).parts}


def test_the_page_lists_the_columns_of_what_one_may_import(analyst):
    page = analyst.get(PAGE).content.decode()

    for noun in Noun:
        assert f'href="{PAGE}template/{noun.plural}.xlsx"' in page
    assert "<code>position</code> (needed)" in page
    assert "One of: strongly opposes, opposes" in page
    assert "usip-2019-06 p. 4" in page


def test_a_template_is_for_who_may_import_and_of_a_noun(analyst):
    nobody = logged_in("analysts", username="rita")
    nobody.user.groups.clear()

    assert nobody.get(f"{PAGE}template/stances.csv").status_code in (302, 403)
    for name in ("planets.csv", "stance.csv", "stances.pdf", "stances.csvx"):
        assert analyst.get(f"{PAGE}template/{name}").status_code == 404
