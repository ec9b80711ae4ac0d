"""Every sentence about the questions that come along settled:
of the day on which they were, never as of today.
"""

import html
import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.public.site.conftest import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SETS = (
    "first",
    "security-council",
    "positions-2019-2026",
    "watch-2019-2026",
    "security-council-votes",
    "settled-questions",
    "corrections-2026",
)
SENTENCE = re.compile(r'<meta name="description" content="([^"]+)">')
OF_TODAY = re.compile(
    r"confirmed since|[Nn]ever confirmed|not known whether|\b(?:has|have) (?:strongly |been "
    r")?\w+ed\b|\b(?:supports|opposes|is neutral|is "
    r"silent|coordinate|diverge|compete|act|complement|defers|hedges)\b"
)


def test_no_claim_on_a_settled_question_is_told_as_of_today(visitor: Visitor) -> None:
    call_command("bootstrap", *SETS, stdout=StringIO(), stderr=StringIO())
    issues = visitor.client.get("/api/v1/issues/?settled=true&page_size=100").json()["results"]
    assert len(issues) == 39
    told = 0

    for issue in issues:
        page = visitor.text(f"/issues/{issue['slug']}/")
        assert "Settled " in page
        assert issue["settlement"] in page
        for noun in ("stances", "alignments"):
            query = (
                f"issue={issue['slug']}&settled=true&on=2026-11-30"
                "&with_settled=true&standing=any&page_size=100"
            )
            for claim in visitor.client.get(f"/api/v1/{noun}/?{query}").json()["results"]:
                assert claim["is_stale"] is False
                sentence = html.unescape(
                    SENTENCE.search(visitor.read(f"/{noun}/{claim['id']}/"))[1]
                )
                assert (
                    "when the question was settled" in sentence or claim["basis"] == "forecast"
                ), sentence
                assert not OF_TODAY.search(sentence), sentence
                told += 1

    assert told > 60
