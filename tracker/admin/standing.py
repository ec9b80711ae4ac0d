"""Whether records are public, in one word, for lists and forms: one query for a page."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.models import Ahead, Change, Record, Unchanged
from tracker.models.nouns import DOCUMENTS, noun_of
from tracker.publication.status import Status, statuses
from tracker.values.vocabularies import Operation, State

WORDS = {
    "draft": "draft",
    "in_review": "in review",
    "published": "published",
    "changed": "changed",
    "retracted": "retracted",
    "merged": "merged",
}
MEANS = {
    "draft": "never public",
    "in_review": "its author asks for it to be published",
    "published": "readers see it as it is here",
    "changed": "readers see an earlier version",
    "retracted": "it was public and was withdrawn",
    "merged": "it is part of another record now",
}


def remember(records: Iterable[Record]) -> None:
    """Ask for the status of all these records of one noun at once."""
    found = list(records)
    if found:
        known = statuses(noun_of(found[0]), [record.pk for record in found])
        for record in found:
            vars(record)["_public"] = known[record.pk]


def status_of(record: Record) -> Status:
    """Return what the publication says of a record."""
    if "_public" not in vars(record):
        remember([record])
    status: Status = vars(record)["_public"]
    return status


def word(record: Record) -> str:
    """Return the key of the one word for a record."""
    if was_merged(record):
        return "merged"
    return status_of(record).word(state=record.state, version=record.version)


def was_merged(record: Record) -> bool:
    """Say whether a record is part of another, so that it stays as it is."""
    return getattr(record, "merged_into_id", None) is not None


def was_public(record: Record) -> bool:
    """Say whether a record has ever been public, so that it is retracted, not deleted."""
    return status_of(record).operation is not None


def badge(key: str) -> SafeString:
    """Return the word as it is shown."""
    return format_html('<span class="status status-{}" title="{}">{}</span>', key, MEANS[key], WORDS[key])


class StatusFilter(SimpleListFilter):
    """Filter a list by that word."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Return the words that the records of this list can have."""
        return [(key, name) for key, name in WORDS.items() if key != "merged" or _can_be_merged(model_admin.model)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """Return the records of the chosen word."""
        key = self.value() or ""
        if _can_be_merged(queryset.model) and key in WORDS:
            queryset = queryset.filter(merged_into__isnull=key != "merged")
        condition = _CONDITIONS.get(key)
        if condition is None:
            return queryset
        noun = noun_of(queryset.model)  # type: ignore[arg-type]
        if key in _AMONG:
            queryset = queryset.filter(pk__in=_AMONG[key].filter(noun=noun).values("record"))
        return queryset.filter(condition(*_public(queryset.model)))


def _can_be_merged(model: type[Model]) -> bool:
    return hasattr(model, "merged_into")


def _public(model: type[Model]) -> tuple[Q, Q, Q, Q]:
    """Return the conditions that a document stands, that it stands at this version, ever did, and is to be reviewed."""
    noun = noun_of(model)  # type: ignore[arg-type]
    documents = DOCUMENTS[noun]._default_manager
    stands = documents.filter(record=OuterRef("pk"), closed__isnull=True)
    same = Unchanged.objects.filter(
        noun=noun, record=OuterRef("record"), same_as=OuterRef("version"), version=OuterRef(OuterRef("version"))
    )
    in_step = stands.filter(Q(version=OuterRef("version")) | Exists(same))
    ever = Change.objects.filter(noun=noun, record=OuterRef("pk"))
    seen = [
        Exists(documents.filter(record=OuterRef("pk"), version__gte=OuterRef("version"))),
        Exists(Unchanged.objects.filter(noun=noun, record=OuterRef("pk"), version=OuterRef("version"))),
    ]
    review = Q(state=State.IN_REVIEW) & ~Q(seen[0]) & ~Q(seen[1])
    return Q(Exists(stands)), Q(Exists(in_step)), Q(Exists(ever)), review


# the few records among which those of a word are found
_AMONG: dict[str, QuerySet[Any]] = {
    "draft": Ahead.objects.all(),
    "changed": Ahead.objects.all(),
    "retracted": Change.objects.filter(operation=Operation.RETRACTED),
}
_CONDITIONS: dict[str, Callable[[Q, Q, Q, Q], Q]] = {
    "published": lambda stands, in_step, ever, review: in_step,
    "in_review": lambda stands, in_step, ever, review: review,
    "changed": lambda stands, in_step, ever, review: stands & ~in_step & ~review,
    "retracted": lambda stands, in_step, ever, review: ever & ~stands & ~review,
    "draft": lambda stands, in_step, ever, review: ~ever & ~review,
}
