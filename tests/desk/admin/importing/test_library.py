"""The digital library's votes at the desk:
who is missing is told and made by a button, then all of it is imported.
"""

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
    votes = table(
        ASSEMBLY, of_vote(7, "CHN China Y; KEN Kenya N; TGO Togo X"), of_vote(8, "CHN China Y")
    )
    address = preview(analyst, votes, "2026_02_06_ga_voting.csv")
    page = analyst.get(address)
    assert counts(page) == {"all": 2, "error": 2}
    assert "Kenya Togo Voting data" in text(page)
    assert ticked(page) == ["kenya", "togo", "un-library-votes"]

    page = analyst.post(address, {"do": "add_missing", "makes": ticked(page)}, follow=True)

    assert counts(page) == {"all": 2, "new": 2}
    assert "3 chosen: made as drafts when you import." in text(page)
    assert not Actor.objects.filter(slug="kenya").exists()
    assert not Source.objects.filter(ref="un-library-votes").exists()
    made = ChangeSet.objects.count()
    analyst.post(address, {"do": "import", "reason": "Session 78", "shown": ["2", "5"]})
    assert dict(Vote.objects.get(ref="undl-7").ballots.values_list("actor__slug", "choice")) == {
        "china": "yes", "kenya": "no", "togo": "absent",
    }  # fmt: skip
    assert ChangeSet.objects.count() == made + 1
    assert Actor.objects.get(slug="kenya").iso3 == "KEN"
    assert Source.objects.filter(ref="un-library-votes").exists()
    assert "1 new, 1 changed" not in str(messages(analyst.get("/admin/")))


def test_a_doubtful_member_is_made_only_if_ticked_and_what_nobody_has_chosen_is_not(analyst):
    ActorFactory(slug="united-nations-general-assembly", kind="organization")
    ActorFactory(slug="kenya", name="Kenya", kind="state", iso3="KEN")
    Source.objects.filter(ref="un-library-votes").delete()
    votes = table(ASSEMBLY, of_vote(7, "KEN Kenya Y; ATL Atlantis N; TGO Togo Y"))
    address = preview(analyst, votes, "2026_02_06_ga_voting.csv")
    page = analyst.get(address)
    assert "it is a state without a country code" in text(page)
    assert ticked(page) == ["togo", "un-library-votes"]

    page = analyst.post(address, {"do": "add_missing", "makes": ticked(page)}, follow=True)
    assert counts(page) == {"all": 1, "error": 1}, "Atlantis is still nobody"
    page = analyst.post(
        address, {"do": "add_missing", "makes": [*ticked(page), "atlantis"]}, follow=True
    )
    assert counts(page) == {"all": 1, "new": 1}
    analyst.post(address, {"do": "import", "reason": "Session 78", "shown": ["2"]})

    assert Actor.objects.filter(slug__in=["togo", "atlantis"]).count() == 2
    assert Vote.objects.get().ballots.count() == 3


def ticked(page):
    return [key for key, _, is_ticked in page.context["missing"] if is_ticked]
