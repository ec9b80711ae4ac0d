"""Four eyes: whoever made the last change of a record publishes it only if somebody else approved that very version.

The setting FOUR_EYES says "on", "off" or "auto": as soon as two of the team may publish. It is asked of people who
log in; whoever runs a command on the server, an import or another, could write to the database as well.
"""

from collections.abc import Iterator

from django.conf import settings

from tracker.history import Context
from tracker.history.authorship import last_changed_by
from tracker.models import Review
from tracker.publication.publish.batch import Batch, in_chunks
from tracker.services.team import members
from tracker.values.problems import Problem
from tracker.values.vocabularies import Act, Channel

MAY_PUBLISH = "tracker.add_edition"
OWN = "you made its last change, so somebody else must approve or publish version {version}"


def asked_of(context: Context) -> int | None:
    """Return whose own changes somebody else must have seen: of who logged in, and of nobody else."""
    return context.made_by if context.channel in (Channel.ADMIN, Channel.API) else None


def unseen(versions: Batch, by: int) -> Iterator[Problem]:
    """Yield which records, at these versions, nobody has seen but the one by whom they would be published."""
    if not is_asked_for():
        return
    for noun, ids in in_chunks(versions):
        own = [record for record, author in last_changed_by(noun, ids).items() if author == by]
        approvals = Review.objects.filter(noun=noun, record__in=own, act=Act.APPROVED).exclude(made_by=by)
        approved = set(approvals.values_list("record", "version"))
        for record in own:
            if (record, version := versions[noun][record]) not in approved:
                yield Problem("refused", OWN, params={"version": version}, record=(noun, record))


def is_asked_for() -> bool:
    """Tell whether publishing takes two people."""
    if settings.FOUR_EYES != "auto":
        return bool(settings.FOUR_EYES == "on")
    return len(members(MAY_PUBLISH).values_list("pk")[:2]) == 2


def may_publish(person: int) -> bool:
    """Tell whether somebody may make editions, and so undo what readers have seen."""
    return members(MAY_PUBLISH).filter(pk=person).exists()
