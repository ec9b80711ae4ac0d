"""The digital library's votes at the desk: who is missing is told and made by a button, then all of it is imported."""

import pytest

from tests.desk.admin.conftest import messages, text
from tests.desk.admin.importing.test_upload import counts, preview
from tests.desk.imports.library import ASSEMBLY, of_vote, table
from tests.factories import ActorFactory
from tracker.models import Actor, ChangeSet, Source, Vote

pytestmark = pytest.mark.django_db


def test_missing_members_and_the_source_are_made_by_a_button_and_the_votes_imported(analyst):
    ActorFactory(slug="united-nations-general-assembly", kind="organization")
    ActorFactory(slug="china", name="China", iso3="CHN")
    votes = table(ASSEMBLY, of_vote(7, "CHN China Y; KEN Kenya N; TGO Togo X"), of_vote(8, "CHN China Y"))
    address = preview(analyst, votes, "2026_02_06_ga_voting.csv")
    page = analyst.get(address)
    assert counts(page) == {"all": 2, "error": 2}
    assert "2 actors and 1 source that these votes name are not here yet: Kenya, Togo, Voting data." in text(page)

    page = analyst.post(address, {"do": "add_missing"}, follow=True)

    assert counts(page) == {"all": 2, "new": 2}
    assert "2 actors and 1 source added, as drafts. The votes are not imported yet." in str(messages(page))
    assert Actor.objects.get(slug="kenya").iso3 == "KEN"
    assert Source.objects.filter(ref="un-library-votes").exists()
    made = ChangeSet.objects.count()
    analyst.post(address, {"do": "import", "reason": "Session 78", "shown": ["2", "5"]})
    assert dict(Vote.objects.get(ref="undl-7").ballots.values_list("actor__slug", "choice")) == {
        "china": "yes", "kenya": "no", "togo": "absent",
    }  # fmt: skip
    assert ChangeSet.objects.count() == made + 1
