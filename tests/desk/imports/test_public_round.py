"""What readers download of any noun, in any form but bibliographies, imports without a change."""

import pytest
from django.test import Client

from tests.desk.admin.lists.test_exporting import make
from tests.desk.imports.importing import faults, outcomes, write
from tests.desk.imports.uploading import received
from tests.factories import (
    ActorFactory,
    FrameFactory,
    IssueFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import publish_whole
from tracker.desk.imports import Action
from tracker.models import Ballot, Vote
from tracker.models.nouns import DOCUMENTS, RECORDS
from tracker.public.api.http.renderers import OF_LISTS, Ics
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
CLAIMS = [Noun.STANCE, Noun.ALIGNMENT]
EXPORTS = [
    (noun, form.format)
    for noun in Noun
    for form in OF_LISTS[noun]
    if form.format not in ("json", Ics.format, "bib", "ris", "csljson")
]
CHOICES = ["no", "yes", "abstain", "absent", "no", "yes", "abstain", "yes"]


@pytest.fixture
def world() -> None:
    """Publish records of each noun, with ballots in another order than readers have them."""
    make("A title", "a text")
    VoteFactory(ballots=[{"actor": ActorFactory(), "choice": choice} for choice in CHOICES])
    followed = [{"predecessor": ActorFactory()} for _ in range(3)]
    actor = ActorFactory(kind="organization", predecessors=followed)
    FrameFactory(actor=actor)
    StanceFactory(citations=[{"source": SourceFactory(), "locator": place} for place in "zya"])
    IssueFactory(core_interests=[{"actor": actor}, {"actor": ActorFactory()}])
    publish_whole(
        *(record for model in RECORDS.values() for record in model._default_manager.all())
    )


@pytest.mark.parametrize(("noun", "form"), EXPORTS)
def test_an_export_comes_back_as_it_was(world: None, noun: Noun, form: str) -> None:
    whole = {"standing": "any"} if noun in CLAIMS else {}
    content = b"".join(Client().get(f"/api/v1/{noun.plural}.{form}", whole))
    rows = received(content, f"{noun.plural}.{form}", noun=noun).rows
    assert rows.count() == DOCUMENTS[noun]._default_manager.count()
    assert list(rows.exclude(outcome="same").values_list("outcome", "faults", "changes")) == []


def test_another_order_of_ballots_is_no_change_since_a_version(tmp_path):
    """Neither in the file nor at the desk."""
    voters = [ActorFactory(slug=slug) for slug in "abc"]
    vote = VoteFactory(ballots=[{"actor": voter} for voter in voters])
    row = {
        "id": vote.pk,
        "version": vote.version,
        "ballots": [{"actor": slug, "choice": "yes"} for slug in "cab"],
    }
    write(tmp_path, votes=[row])
    assert {outcome.action for outcome in outcomes(tmp_path)} == {Action.SAME}

    Ballot.objects.filter(actor=voters[0]).delete()
    Ballot.objects.create(vote=vote, actor=voters[0], choice="yes")
    assert Vote.objects.get().version > vote.version
    assert {outcome.action for outcome in outcomes(tmp_path)} == {Action.SAME}

    Ballot.objects.filter(actor=voters[0]).update(choice="no")
    write(
        tmp_path,
        votes=[{**row, "ballots": [*row["ballots"][:2], {"actor": "b", "choice": "abstain"}]}],
    )
    assert [column for _, _, column in faults(tmp_path)] == ["ballots"]
