"""Sources in the admin: documents of somebody else's that claims cite."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from tracker.desk.admin.forms.forms import RecordForm
from tracker.desk.admin.lists.filters import ArchiveFilter
from tracker.desk.admin.records.base import RecordAdmin
from tracker.desk.admin.records.uses import Use
from tracker.models import Source
from tracker.models.merging import UNMERGED
from tracker.values.addresses import clues, host_of, is_address, shortened, split_archived, whole
from tracker.values.csl import SourceType
from tracker.values.nouns import Noun

CHECK = '<strong class="guess">Guessed from the address: check it.</strong> {}'
ADDRESS_FIELDS = ("url", "archive_url")

OFTEN = (
    SourceType.ARTICLE_NEWSPAPER,
    SourceType.WEBPAGE,
    SourceType.SPEECH,
    SourceType.REPORT,
    SourceType.TREATY,
    SourceType.LEGISLATION,
    SourceType.ARTICLE_JOURNAL,
    SourceType.BOOK,
    SourceType.INTERVIEW,
    SourceType.DATASET,
)
MOST_SOURCES = 50
OF_THE_HOST = ("type", "publisher", "container_title", "outlet", "language")
HAS_ADDRESS = ~Q(url="") & UNMERGED


def sources_at(address: str) -> "QuerySet[Source]":
    """Return the sources at an address: their own, or that of their archived copy;
    found by indexes alone.
    """
    pasted = whole(address)
    original, copy = split_archived(pasted)
    condition = HAS_ADDRESS & Q(url_key=_key(pasted)) | ~Q(archive_url="") & Q(
        archive_key=_key(pasted)
    )
    condition |= HAS_ADDRESS & Q(url_key=_key(original)) if copy else Q()
    archive_key = Func("archive_url", function="normalised_url", output_field=TextField())
    return Source.objects.alias(archive_key=archive_key).filter(condition)


def _key(address: str) -> Func:
    return Func(Value(shortened(address)), function="normalised_url", output_field=TextField())


def guess(address: str) -> dict[str, Any]:
    """Return what the fields of a source at this address may be; what is not known is left out."""
    clue = clues(address)
    values = {
        "type": SourceType.WEBPAGE.value,
        **_in_common(host_of(clue.url)),
        "issued": clue.issued,
        "title": clue.title,
    }
    values |= {
        "url": clue.url,
        "archive_url": clue.archive_url,
        "language": clue.language or values.get("language", ""),
    }
    return {name: value for name, value in values.items() if value}


def _in_common(host: str) -> dict[str, str]:
    """Return what most of the host's latest sources have;
    publishers and outlets of one host hardly differ.
    """
    of_host = Q(url_key=host) | Q(url_key__startswith=f"{host}/")
    rows = list(
        Source.objects.filter(HAS_ADDRESS, of_host)
        .order_by("-pk")
        .values(*OF_THE_HOST)[:MOST_SOURCES]
    )
    most = {
        name: Counter(row[name] for row in rows if row[name]).most_common(1) for name in OF_THE_HOST
    }
    return {name: counted[0][0] for name, counted in most.items() if counted}


def _often_first(choices: Iterable[Any]) -> list[Any]:
    """Return the choices of a type in two groups, with the empty one before them."""
    named = dict(choices)
    often = [(term.value, named.pop(term.value)) for term in OFTEN]
    empty = [("", named.pop(""))] if "" in named else []
    return [*empty, ("Often", often), ("Others", [*named.items()])]


class SourceForm(RecordForm):
    """A source; what was guessed of it is marked, and the types that most are of come first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("type")
        if field:
            field.choices = _often_first(field.choices)
        if self.instance._state.adding and "url" in self.fields:
            self.fields["url"].widget.attrs["data-guesses"] = reverse("admin:tracker_source_add")
        for name in self.initial.get("guessed", ()):
            self.fields[name].help_text = format_html(CHECK, self.fields[name].help_text)


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """The documents that claims cite."""

    example = {
        "ref": "example-2019",
        "type": "report",
        "title": "A report",
        "authors": "Stokes, Jacob; Institute of Peace",
        "publisher": "Institute of Peace",
        "issued": "2019-06-05",
        "url": "https://example.org/2019/report",
        "language": "en",
        "keywords": "Arctic; shipping",
        "outlet": "independent",
    }
    form = SourceForm
    uses = (Use("Sources that pass it on", Noun.SOURCE, ("derives_from",)),)
    list_display = (
        "title",
        "publisher",
        "issued",
        "type",
        "outlet",
        "reliability",
        "public_status",
    )
    list_filter = ("outlet", "reliability", "type", ArchiveFilter)
    search_help_text = (
        "Searches titles, authors, publishers, addresses and keys; a whole address is found "
        "however spelt."
    )
    ordering = (F("issued_latest").desc(nulls_last=True), "-id")
    changed_together = (
        "type",
        "outlet",
        "reliability",
        "publisher",
        "container_title",
        "language",
        "keywords",
    )
    noun_fieldsets = (
        (
            None,
            {
                "fields": (
                    "url",
                    "type",
                    "title",
                    "english_title",
                    "publisher",
                    "issued",
                    "accessed_on",
                    "outlet",
                )
            },
        ),
        (
            "Authors, archive and more",
            {
                "classes": ("collapse",),
                "fields": (
                    "authors",
                    "container_title",
                    "archive_url",
                    "language",
                    "keywords",
                    "reliability",
                    "derives_from",
                ),
            },
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        if is_address(search_term):
            # by their keys: told to sort, the database would rather look at all sources in order
            return queryset.filter(
                pk__in=list(sources_at(search_term).values_list("pk", flat=True))
            ), False
        return super().get_search_results(request, queryset, search_term)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Fill a new source from the address that is given for it."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        initial.pop("guessed", None)  # is never for an address to say
        if not is_address(request.GET.get("address", "")):
            return initial
        guessed = guess(request.GET["address"])
        return {
            **initial,
            **guessed,
            "guessed": [name for name in guessed if name not in ADDRESS_FIELDS],
        }
