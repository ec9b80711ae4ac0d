"""What somebody without the right to make editions sends, by whichever address,
changes nothing that readers see.
"""

import json

import pytest

from tests.desk.api.test_permissions import MAY, WRITING, routes
from tests.desk.api.working import Worker, at, good, tag
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    StanceFactory,
)
from tests.public.api.publishing import publish_whole
from tests.publishing.acts import everything_stored
from tracker.models import Event, Review
from tracker.models.nouns import noun_of

pytestmark = pytest.mark.django_db
WORDS = "Words that nobody else saw"


@pytest.fixture
def analyst(db):
    return Worker("analysts")


def test_whatever_can_make_an_edition_takes_the_right_to():
    makers = {view.__name__: view.rights["POST"] for _, view in routes() if view.makes_edition}

    assert makers.keys() == {"DeskPublish", "DeskPublishSeveral", "DeskRetract", "DeskMerge"}
    assert all("add_edition" in rights for rights in makers.values())


def bodies(record):
    """Return what is sent to each view that writes, with words in every text that it takes."""
    named = {"resource": noun_of(record).plural, "id": record.pk, "version": record.version}
    last = Event.objects.filter(noun=noun_of(record), record=record.pk).latest("id")
    return {
        "DeskConfirm": {"note": WORDS},
        "DeskConfirmSeveral": {"note": WORDS, "records": [named]},
        "DeskSubmit": {"comment": WORDS},
        "DeskRevert": {"change": last.pk},
        "DeskUndo": {},
        "DeskList": {},
    }


def test_every_view_that_analysts_write_to_is_tried_here():
    record = StanceFactory()
    imports = {"DeskImports", "DeskImportChoose", "DeskImportApply", "DeskImportDetail"}
    tried = {*bodies(record), *imports, "DeskDetail", "DeskProposeMerge", "DeskTurningPoint"}
    tried.add("DeskProposeRetraction")

    assert tried == {name for name, may in MAY.items() if WRITING in may.values()}


@pytest.mark.parametrize("factory", [StanceFactory, AlignmentFactory])
def test_no_address_takes_an_analysts_words_to_readers(analyst, factory, reader):
    record = factory(confirmed_on="2019-06-03")
    publish_whole(record)
    before, headers = everything_stored(), {"Change_Reason": WORDS.replace(" ", "%20")}

    several = bodies(record)["DeskConfirmSeveral"]
    good(analyst.verb(record, "confirm", bodies(record)["DeskConfirm"], **headers), 200)
    good(analyst.verb(record, "submit", bodies(record)["DeskSubmit"], **headers), 200)
    change_set = analyst.patch(record, {"summary": WORDS}, **headers).headers["Change-Set"]
    assert (
        analyst.verb(record, "revert", bodies(record)["DeskRevert"], **headers).status_code == 409
    )
    assert analyst.post("confirm/", several, **headers).status_code == 409
    assert analyst.post(f"changesets/{change_set}/revert/", {}, **headers).status_code == 409
    for verb in ("publish", "retract", "approve", "send-back"):
        assert (
            analyst.post(f"{at(record)}{verb}/", {"note": WORDS}, If_Match=tag(record)).status_code
            == 403
        )
    assert analyst.post("releases/", {"version": "2026.1", "notes": WORDS}).status_code == 403

    assert everything_stored() == before
    assert WORDS not in reader.get("editions/").content.decode()


def test_no_turning_point_takes_an_analysts_words_to_readers(analyst, reader):
    stance = StanceFactory(since="2018")
    publish_whole(stance)
    before, later = (
        everything_stored(),
        {"since": "2024-12-08", "position": "opposes", "summary": WORDS},
    )

    good(analyst.verb(stance, "change", later, Change_Reason=WORDS.replace(" ", "%20")), 201)

    assert everything_stored() == before
    assert WORDS not in reader.get("stances/?standing=any").content.decode()


def test_no_proposal_to_merge_takes_an_analysts_words_to_readers(analyst, reader):
    loser, survivor = ActorFactory(), ActorFactory()
    publish_whole(loser, survivor)
    before = everything_stored()

    proposed = analyst.verb(
        loser,
        "propose-merge",
        {"into": survivor.pk, "comment": WORDS},
        Change_Reason=WORDS.replace(" ", "%20"),
    )
    good(proposed, 200)

    assert Review.objects.filter(text=WORDS).exists()
    assert everything_stored() == before
    assert WORDS not in reader.get("changes/").content.decode()


def test_no_proposal_to_withdraw_takes_an_analysts_words_to_readers(analyst, reader):
    actor = ActorFactory()
    publish_whole(actor)
    before = everything_stored()

    headers = {"Change_Reason": WORDS.replace(" ", "%20")}
    good(analyst.verb(actor, "propose-retraction", {"comment": WORDS}, **headers), 200)

    assert Review.objects.filter(text=WORDS).exists()
    assert everything_stored() == before
    assert WORDS not in reader.get("changes/").content.decode()


def test_no_import_takes_an_analysts_words_to_readers(analyst, reader):
    record = ActorFactory(slug="china")
    publish_whole(record)
    before = everything_stored()
    some = [
        {"slug": slug, "kind": "state", "name": WORDS, "summary": WORDS}
        for slug in ("china", "new")
    ]
    rows = "\n".join(map(json.dumps, some))
    headers = {"Change_Reason": WORDS.replace(" ", "%20")}

    plan = good(
        analyst.send("imports/?resource=actors", rows, "application/x-ndjson", **headers), 201
    )
    address, match = f"imports/{plan['id']}/", {"If_Match": f'"{plan["version"]}"'}
    plan = good(
        analyst.post(f"{address}choose/", {"all": "create_anyway"}, **match, **headers), 200
    )
    match = {"If_Match": f'"{plan["version"]}"'}
    good(analyst.post(f"{address}apply/", {"note": WORDS}, **match, **headers), 200)
    thrown_away = good(analyst.send("imports/?resource=actors", rows, "application/x-ndjson"), 201)
    deleted = analyst.ask(
        "delete", f"imports/{thrown_away['id']}/", If_Match=f'"{thrown_away["version"]}"'
    )

    assert deleted.status_code == 204
    record.refresh_from_db()
    assert record.summary == WORDS
    assert everything_stored() == before
    assert WORDS not in reader.get("changes/").content.decode()
