"""A note for readers that is only white space makes no edition, whichever edge it comes through."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.desk.admin.actions.test_publish import asked, sent
from tests.desk.admin.conftest import logged_in
from tests.desk.admin.selecting import send
from tests.desk.api.working import Worker
from tests.desk.imports.importing import WORLD, write
from tests.factories import ActorFactory
from tests.publishing.acts import published
from tests.publishing.review.acting import by, person
from tracker.models import Actor, Edition
from tracker.publishing.review import submit

pytestmark = pytest.mark.django_db
TOLD = (
    "eaders would see nothing of it",
    "Readers would see nothing of this",
    "Say why; readers will see it.",
    "say why it is retracted; readers see it",
)
BLANKS = [" ", "\n\t", "\xa0", "\u200b"]


def publish_in_admin(public: Actor, draft: Actor, note: str, tmp_path: Path) -> str:
    editor = logged_in("editors")
    page = editor.post("/admin/tracker/actor/", sent(asked(editor, [draft]), note=note))
    return page.content.decode()


def approve_and_publish_in_admin(public: Actor, draft: Actor, note: str, tmp_path: Path) -> str:
    by(person("analysts"), submit, draft)
    answer = send(logged_in("editors"), "approve_and_publish_selected", draft, note=note)
    return answer.content.decode()


def withdraw_in_admin(public: Actor, draft: Actor, note: str, tmp_path: Path) -> str:
    editor = logged_in("editors")
    form = asked(editor, [public], "retract_selected")
    return editor.post("/admin/tracker/actor/", sent(form, note=note)).content.decode()


def publish_over_rest(public: Actor, draft: Actor, note: str, tmp_path: Path) -> str:
    return Worker("editors").verb(draft, "publish", {"note": note}).content.decode()


def publish_several_over_rest(public: Actor, draft: Actor, note: str, tmp_path: Path) -> str:
    named = {"resource": "actors", "id": draft.pk, "version": draft.version}
    return Worker("editors").post("publish/", {"note": note, "records": [named]}).content.decode()


def withdraw_over_rest(public: Actor, draft: Actor, note: str, tmp_path: Path) -> str:
    return Worker("editors").verb(public, "retract", {"note": note}).content.decode()


def merge_over_rest(public: Actor, draft: Actor, note: str, tmp_path: Path) -> str:
    body = {"note": note, "into": ActorFactory().slug}
    return Worker("editors").verb(public, "merge", body, Change_Reason="One").content.decode()


def import_by_command(public: Actor, draft: Actor, note: str, tmp_path: Path) -> str:
    told = StringIO()
    with pytest.raises(CommandError):
        call_command(
            "import", str(write(tmp_path, **WORLD)), "--publish", "--note", note, stderr=told
        )
    return told.getvalue()


EDGES = [
    publish_in_admin,
    approve_and_publish_in_admin,
    withdraw_in_admin,
    publish_over_rest,
    publish_several_over_rest,
    withdraw_over_rest,
    merge_over_rest,
    import_by_command,
]


@pytest.mark.parametrize("note", BLANKS)
@pytest.mark.parametrize("edge", EDGES)
def test_a_blank_note_makes_no_edition(
    edge: Callable[..., str], note: str, tmp_path: Path, settings: Any
) -> None:
    settings.FOUR_EYES = "off"
    public, draft = ActorFactory(), ActorFactory()
    published(public)

    answer = edge(public, draft, note, tmp_path)

    assert any(words in answer for words in TOLD)
    assert Edition.objects.count() == 1
    assert not Actor.objects.exclude(merged_into=None).exists()
