"""What uses an issue, an actor or a source:
the records that name it, and the forms of new ones that would.
"""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from tracker.desk.admin.site.labels import label, link, with_named
from tracker.models import Record
from tracker.models.nouns import PARTS, RECORDS, noun_of, records_of
from tracker.models.tables import IN_ORDER
from tracker.values.nouns import Noun

MOST_LINKS, MOST_LINKS_WITHOUT_LIST, MOST_COUNTED = 5, 20, 100


class Use(NamedTuple):
    """One way in which records name those of another noun: by which lookups;
    their list may have the first.
    """

    message: str
    named: Noun
    lookups: tuple[str, ...]


class Users(NamedTuple):
    """The records that name another in one way: how many, at most so many counted; the latest;
    and where more are.

    Which is their list, or where no list is narrowed by that, `more`: how many these are.
    """

    message: str
    counted: str
    first: list[SafeString]
    all_of_them: str
    more: str


def uses_of(named: Noun, site: AdminSite) -> list[tuple[Any, Use]]:
    """Return in which ways records of which noun, by its admin, name one; claims first."""
    admins: list[Any] = [site.get_model_admin(RECORDS[noun]) for noun in reversed(IN_ORDER)]
    return [(admin, use) for admin in admins for use in admin.uses if use.named is named]


def uses(request: HttpRequest, record: Record, site: AdminSite) -> list[Users]:
    """Return what names a record that this person may see; two queries for each way of naming."""
    ways = uses_of(noun_of(record), site)
    seen = [
        (admin, use) for admin, use in ways if request.user.has_perm(f"tracker.view_{admin.noun}")
    ]
    return [users for admin, use in seen if (users := _users(request, admin, use, record))]


def _users(request: HttpRequest, admin: Any, use: Use, record: Record) -> Users | None:
    noun: Noun = admin.noun
    is_listed = any(
        use.lookups[0] in spec for spec in admin.get_list_filter(request) if isinstance(spec, tuple)
    )
    by_any = Q(*((lookup, record.pk) for lookup in use.lookups), _connector=Q.OR)
    records = records_of(noun).unmerged().filter(by_any)
    ids = list(records.order_by("-pk").distinct().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if not ids:
        return None
    shown = MOST_LINKS if is_listed else MOST_LINKS_WITHOUT_LIST
    first = reversed(with_named(noun, ids[:shown]))
    query = urlencode({f"{use.lookups[0]}__exact": record.pk})
    rest = len(ids) - shown
    return Users(
        use.message,
        f"more than {MOST_COUNTED}" if len(ids) > MOST_COUNTED else str(len(ids)),
        [link(noun, row.pk, label(row)) for row in first],
        f"{reverse(f'admin:tracker_{noun}_changelist')}?{query}" if is_listed and rest > 0 else "",
        f"more than {MOST_COUNTED - shown}"
        if len(ids) > MOST_COUNTED
        else str(rest)
        if rest > 0
        else "",
    )


def new_ones(request: HttpRequest, record: Any, site: AdminSite) -> list[tuple[Noun, str]]:
    """Return the nouns of which this person may add a record that names one,
    each with the address of its form.

    Forms of what stands on citations take what they are to name, under its noun.
    """
    named = noun_of(record)
    coded = dict.fromkeys(
        admin.noun for admin, _ in uses_of(named, site) if "citation" in PARTS[admin.noun]
    )
    return [
        (noun, f"{reverse(f'admin:tracker_{noun}_add')}?{urlencode({named.value: record.pk})}")
        for noun in coded
        if request.user.has_perm(f"tracker.add_{noun}")
        and not (named is Noun.ISSUE and noun is Noun.STANCE and not record.question)
    ]
