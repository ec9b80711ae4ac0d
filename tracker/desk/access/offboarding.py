"""Somebody leaves the team:
from one moment on they can't log in and are logged out, and their work is another's.

Their tokens are revoked.
"""

from collections.abc import Callable, Iterator
from functools import partial

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from tracker.desk.access.tokens import revoke_all
from tracker.history import current
from tracker.publishing.four_eyes import members
from tracker.publishing.publish import Chosen
from tracker.publishing.review import assign
from tracker.publishing.worklists import Task, WorklistPlace, drafts, sent_back, waiting

SELF = "nobody takes themselves out of the team; ask another administrator"
SUCCESSOR = "their work goes to somebody else who is in the team"


@transaction.atomic
def offboard(*, user: int, to: int, text: str = "") -> int:
    """Deactivate a person, end their sessions and tokens, and give their work to another;
    return how much it is.

    Raises ValueError if that can't be, Refused, and OutsideChangeSet outside `history.changeset()`.
    """
    if user == current().made_by:
        raise ValueError(SELF)
    people = {
        person.pk: person
        for person in get_user_model()._default_manager.select_for_update().order_by("pk")
    }
    if user == to or not members().filter(pk=to).exists():
        raise ValueError(SUCCESSOR)
    lists = partial(drafts, of=user), partial(sent_back, to=user), partial(waiting, to=user)
    work = [task for page in lists for task in _all(page)]
    assign(records=[Chosen(task.noun, task.record) for task in work], to=to, text=text)
    people[user].is_active = False
    people[user].save(update_fields=["is_active"])
    _end_sessions(user)
    revoke_all(user=user)
    return len(work)


def _all(page: Callable[..., list[Task]]) -> Iterator[Task]:
    after: WorklistPlace | None = None
    while tasks := page(after=after):
        yield from tasks
        after = tasks[-1].place


def _end_sessions(user: int) -> None:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user):
            session.delete()
