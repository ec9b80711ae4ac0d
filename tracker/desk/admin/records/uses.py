"""What uses an issue, an actor or a source: the records that name it, and the forms of new ones that would."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from tracker.desk.admin.site.labels import label, link, with_named
from tracker.models import Record
from tracker.models.nouns import noun_of, records_of
from tracker.values.nouns import Noun

MOST_LINKS, MOST_LINKS_WITHOUT_LIST, MOST_COUNTED = 5, 20, 100


class Use(NamedTuple):
    """One way in which records of a noun name another: by which lookups; the first is a filter of their list."""

    says: str
    by: Noun
    lookups: tuple[str, ...]
    is_listed: bool = True


USES = {
    Noun.ISSUE: (
        Use("Stances on it", Noun.STANCE, ("issue",)),
        Use("Alignments on it", Noun.ALIGNMENT, ("issue",)),
        Use("Meetings about it", Noun.MEETING, ("issues__issue",)),
        Use("Votes that bear on it", Noun.VOTE, ("issue",)),
        Use("Issues that are part of it", Noun.ISSUE, ("parent",)),
    ),
    Noun.ACTOR: (
        Use("Its stances", Noun.STANCE, ("actor",)),
        Use("Stances that defer to it", Noun.STANCE, ("defers_to",), is_listed=False),
        Use("Its alignments", Noun.ALIGNMENT, ("actor", "counterpart")),
        Use("Meetings in which it takes part", Noun.MEETING, ("participants__actor",)),
        Use("Meetings to which it came for another", Noun.MEETING, ("participants__represented_by",), is_listed=False),
        Use("Its votes, as the body that decides", Noun.VOTE, ("body",)),
        Use("Votes in which it cast a ballot", Noun.VOTE, ("ballots__actor",)),
        Use("Its members", Noun.ACTOR, ("memberships__organization",)),
        Use("Actors that follow it", Noun.ACTOR, ("predecessors__predecessor",)),
        Use("Issues among its core interests", Noun.ISSUE, ("core_interests__actor",), is_listed=False),
    ),
    Noun.SOURCE: (
        Use("Stances that cite it", Noun.STANCE, ("citations__source",)),
        Use("Alignments that cite it", Noun.ALIGNMENT, ("citations__source",)),
        Use("Meetings that cite it", Noun.MEETING, ("citations__source",)),
        Use("Votes that cite it", Noun.VOTE, ("citations__source",)),
        Use("Actors whose membership it tells", Noun.ACTOR, ("memberships__source",), is_listed=False),
        Use("Bodies whose votes it lists", Noun.ACTOR, ("frames__source",), is_listed=False),
    ),
}
NEW = (Noun.STANCE, Noun.ALIGNMENT, Noun.MEETING, Noun.VOTE)  # forms that take what they are to name, under its noun


class Users(NamedTuple):
    """The records that name another in one way: how many, at most so many counted; the latest; and where more are.

    Which is their list, or where no list is narrowed by that, `more`: how many these are.
    """

    says: str
    counted: str
    first: list[SafeString]
    all_of_them: str
    more: str


def uses(request: HttpRequest, record: Record) -> list[Users]:
    """Return what names a record that this person may see; two queries for each way of naming."""
    seen = [use for use in USES.get(noun_of(record), ()) if request.user.has_perm(f"tracker.view_{use.by}")]
    return [users for use in seen if (users := _users(use, record))]


def _users(use: Use, record: Record) -> Users | None:
    by_any = Q(*((lookup, record.pk) for lookup in use.lookups), _connector=Q.OR)
    records = records_of(use.by).unmerged().filter(by_any)
    ids = list(records.order_by("-pk").distinct().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if not ids:
        return None
    shown = MOST_LINKS if use.is_listed else MOST_LINKS_WITHOUT_LIST
    first = reversed(with_named(use.by, ids[:shown]))
    query = urlencode({f"{use.lookups[0]}__exact": record.pk})
    rest = len(ids) - shown
    return Users(
        use.says,
        f"more than {MOST_COUNTED}" if len(ids) > MOST_COUNTED else str(len(ids)),
        [link(use.by, row.pk, label(row)) for row in first],
        f"{reverse(f'admin:tracker_{use.by}_changelist')}?{query}" if use.is_listed and rest > 0 else "",
        f"more than {MOST_COUNTED - shown}" if len(ids) > MOST_COUNTED else str(rest) if rest > 0 else "",
    )


def new_ones(request: HttpRequest, record: Any) -> list[tuple[Noun, str]]:
    """Return the nouns of which this person may add a record that names one, each with the address of its form."""
    noun = noun_of(record)
    fits = [new for new in NEW if not (noun is Noun.ISSUE and new is Noun.STANCE and not record.question)]
    return [
        (new, f"{reverse(f'admin:tracker_{new}_add')}?{urlencode({noun.value: record.pk})}")
        for new in (fits if noun in USES else ())
        if request.user.has_perm(f"tracker.add_{new}")
    ]
