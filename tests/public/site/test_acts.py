"""Pages of acts: the latest, each with the text that was issued, and what two did on an issue."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.factories import ActFactory, ActorFactory, AlignmentFactory, IssueFactory, SourceFactory
from tests.plugins.caches import forget
from tests.public.api.publishing import publish_whole
from tests.public.site.conftest import Visitor
from tracker.models import Act

pytestmark = pytest.mark.django_db
WORDS = "word " * 25


@pytest.fixture
def act() -> Act:
    """A joint statement of China and Russia on a canal, whose text is cited; and a patrol that is planned for 2999."""
    china, russia = ActorFactory(slug="china", name="China"), ActorFactory(slug="russia", name="Russia")
    xi, canal = ActorFactory(slug="xi", name="Xi", kind="person"), IssueFactory(slug="canal", title="Canal")
    text = SourceFactory(title="Whole statement", url="https://example.org/statement", language="zh")
    act: Act = ActFactory(
        title="On the canal", kind="joint_statement", since="2019-06-05", text=text, issues=[{"issue": canal}],
        participants=[
            {"actor": china, "role": "signatory", "represented_by": xi}, {"actor": russia, "role": "signatory"}
        ],
        citations=[{"source": text, "locator": "p. 1", "quote": WORDS, "quote_language": "en"}],
    )  # fmt: skip
    patrol = ActFactory(
        title="Around the canal", kind="patrol", status="planned", since="2999", citations=[],
        participants=[{"actor": china}, {"actor": russia}],
    )  # fmt: skip
    alignment = AlignmentFactory(actor=china, counterpart=russia, issue=canal, since="2019")
    publish_whole(act, patrol, alignment)
    return act


def test_an_act_is_told_with_its_text_its_signatories_and_some_of_its_words(visitor: Visitor, act: Act) -> None:
    page = visitor.text(f"/acts/{act.pk}/")

    assert (
        "“ On the canal ”, a joint statement, was issued on 5 June 2019. Signatories: China ( Xi ) and Russia ." in page
    )
    assert "It bears on “ Canal ”. Text: “ Whole statement ”." in page
    text = page.partition("The text ")[2].partition("What each edition said")[0]
    assert "Whole statement , in Chinese: the whole text" in text
    assert text.count("word") == 25
    assert "Signed by China ( Xi ), Russia" in text
    assert 'href="https://example.org/statement"' in visitor.read(f"/acts/{act.pk}/")


def test_acts_are_listed_those_to_come_apart(visitor: Visitor, act: Act) -> None:
    done, _, ahead = visitor.text("/acts/").partition("To come")

    assert "On the canal" in done
    assert "is planned to take place in 2999" in ahead


def test_what_they_did_is_told_wherever_they_are(visitor: Visitor, act: Act) -> None:
    headings = {
        "/issues/canal/": "What they did",
        "/actors/china/": "What it did with others",
        "/pairs/china/russia/": "What they did together",
        f"/sources/{act.text_id}/": "Acts that name it",
    }
    for address, heading in headings.items():
        assert "On the canal" in visitor.text(address).partition(heading)[2], address
    for address in ("/issues/canal/", "/pairs/china/russia/"):
        assert '<circle class="dot dot-past"' in visitor.read(address), address
        assert "On the canal (done, on 5 June 2019)" in visitor.read(address), address


@pytest.mark.parametrize("address", ["/acts/", "/issues/canal/", "/pairs/china/russia/", "/acts/{act}/"])
def test_a_page_takes_as_many_statements_with_twenty_acts(visitor: Visitor, act: Act, address: str) -> None:
    counted = []
    for edition in (1, 2):
        forget()
        with CaptureQueriesContext(connections["publication"]) as queries:
            visitor.read(f"{address.format(act=act.pk)}?edition={edition}")
        counted.append(len(queries))
        if edition == 1:
            both = [{"actor": part.actor} for part in act.participants.all()]
            issues = [{"issue": part.issue} for part in act.issues.all()]
            publish_whole(*(ActFactory(participants=both, issues=issues) for _ in range(20)))
    assert counted[0] == counted[1]
