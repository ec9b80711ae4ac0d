"""Contested claims that only what is withdrawn contests:
shown with it, and accepted in the same change.
"""

from typing import Any

import pytest

from tests.costs import cost
from tests.desk.admin.actions.test_publish import asked, sent
from tests.desk.admin.conftest import logged_in, main
from tests.desk.api.working import Worker, good
from tests.factories import AlignmentFactory, StanceFactory
from tests.public.api.publishing import publish_whole, retract
from tests.publishing.acts import changeset, edited
from tracker.desk.records.contested import accept, contested_alone
from tracker.models import ChangeSet, Event
from tracker.models.nouns import noun_of
from tracker.publishing.publish import Chosen
from tracker.publishing.status import statuses
from tracker.values.problems import RefusedError

pytestmark = pytest.mark.django_db
CONTESTED = {"standing": "contested", "standing_note": "Another reading."}


def beside(claim: Any, **fields: Any) -> Any:
    """Return another claim about the same, entered the other way round if it is of two."""
    same = {"issue": claim.issue, "actor": claim.actor, "since": "2019", "until": ""}
    if hasattr(claim, "counterpart"):
        same |= {"actor": claim.counterpart, "counterpart": claim.actor}
    return _factory(claim)(**{**same, **fields})


def _factory(claim: Any) -> Any:
    return AlignmentFactory if hasattr(claim, "counterpart") else StanceFactory


def key(claim: Any) -> Any:
    return noun_of(claim), claim.pk


@pytest.fixture(params=[StanceFactory, AlignmentFactory])
def rival(request: pytest.FixtureRequest) -> Any:
    """Return an accepted claim that is public."""
    claim = request.param(since="2018", until="")
    publish_whole(claim)
    return claim


def test_what_a_rival_alone_contests_is_found(rival: Any) -> None:
    claim = beside(rival, **CONTESTED)
    beside(rival, since="2015", until="2016", **CONTESTED)
    _factory(rival)(issue=rival.issue, **CONTESTED)

    assert contested_alone([key(rival)]) == [key(claim)]
    assert cost(lambda: contested_alone([key(rival)])) == 2


def test_what_others_contest_too_is_not_unless_they_go_as_well(rival: Any) -> None:
    first, second = beside(rival, **CONTESTED), beside(rival, since="2020", **CONTESTED)
    assert contested_alone([key(rival)]) == []
    assert contested_alone([key(rival), key(first)]) == [key(second)]

    publish_whole(second)
    retract(second)
    assert contested_alone([key(rival)]) == [key(first)]


def test_that_nothing_was_found_contests_nothing() -> None:
    rival = StanceFactory(since="2018", until="", position="no_evidence")
    beside(rival, **CONTESTED)
    assert contested_alone([key(rival)]) == []


def test_it_is_accepted_in_the_change_that_withdraws_the_rival(rival: Any, settings: Any) -> None:
    settings.FOUR_EYES = "off"
    claim = beside(rival, **CONTESTED)
    editor, address = logged_in("editors"), f"/admin/tracker/{noun_of(rival)}/"
    page = asked(editor, [rival], "retract_selected")
    assert "Contested by these alone" in main(page)

    pin = f"{noun_of(claim)}:{claim.pk}:{claim.version}"
    editor.post(address, sent(page, note="It rests on a forgery.", accept=pin))

    claim.refresh_from_db()
    assert (claim.standing, claim.standing_note, claim.state) == ("accepted", "", "in_review")
    assert statuses(noun_of(rival), [rival.pk])[rival.pk].version is None
    [change] = ChangeSet.objects.filter(made_by=editor.user)
    assert Event.objects.filter(changeset=change, record=claim.pk).exists()


def test_it_stays_contested_unless_ticked(rival: Any, settings: Any) -> None:
    settings.FOUR_EYES = "off"
    claim = beside(rival, **CONTESTED)
    editor = logged_in("editors")
    form = sent(asked(editor, [rival], "retract_selected"), note="It rests on a forgery.")
    form.pop("accept", None)
    editor.post(f"/admin/tracker/{noun_of(rival)}/", form)

    claim.refresh_from_db()
    assert claim.standing == "contested"
    assert statuses(noun_of(rival), [rival.pk])[rival.pk].version is None


def test_programs_accept_it_too(rival: Any, settings: Any) -> None:
    settings.FOUR_EYES = "off"
    claim, other = beside(rival, **CONTESTED), StanceFactory(**CONTESTED)
    editor = Worker("editors")

    def named(record: Any) -> dict[str, Any]:
        return {"resource": noun_of(record).plural, "id": record.pk, "version": record.version}

    refused = editor.verb(
        rival, "retract", {"note": "Forged.", "accept": [named(claim), named(other)]}
    )
    [error] = good(refused, 409)["errors"]
    assert "it is contested by more than what is withdrawn" in error["detail"]
    assert statuses(noun_of(rival), [rival.pk])[rival.pk].version is not None

    good(editor.verb(rival, "retract", {"note": "Forged.", "accept": [named(claim)]}), 200)
    claim.refresh_from_db()
    assert (claim.standing, claim.state) == ("accepted", "in_review")


def test_all_that_can_not_be_accepted_is_told_at_once(rival: Any) -> None:
    accepted, later = (
        beside(rival, since="2015", until="2016"),
        beside(rival, since="2014", until="2014", **CONTESTED),
    )
    edited(later, summary="Otherwise.")
    records = [Chosen(*key(claim)) for claim in (accepted, later)]
    with changeset(), pytest.raises(RefusedError) as refused:
        accept(records=records, withdrawn=[key(rival)])
    assert {problem.record for problem in refused.value.problems} == {key(accepted), key(later)}
