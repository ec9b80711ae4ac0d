"""The addresses of the publication in version 1: a table of nouns and their views."""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from tracker.public.api.agreement import AgreementList
from tracker.public.api.changes import ChangeList
from tracker.public.api.codebook import CodebookView
from tracker.public.api.documentation import PublicSchemaView, SchemaView, docs
from tracker.public.api.editions import EditionDetail, EditionList
from tracker.public.api.http.renderers import OF_CHANGES, OF_ONE, Form, Forms
from tracker.public.api.index import Index
from tracker.public.api.releases import ReleaseDetail, ReleaseFileDetail, ReleaseList
from tracker.public.api.views import PublicView, RecordDetail, RecordHistory, RecordList, RecordVersion, in_form
from tracker.public.formats.page_citations import FORMS
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

PUBLIC: dict[type[PublicView], tuple[str, str, str]] = {
    RecordList: ("", "list", "List {0.plural}."),
    RecordDetail: ("<str:key>/", "detail", "Read one {0}."),
    RecordHistory: ("<str:key>/history/", "history", "List the versions of one {0} that were public."),
    RecordVersion: ("<str:key>/history/<int:edition>/", "version", "Read one {0} as an edition published it."),
}


def _public(noun: Noun) -> Iterator[URLPattern]:
    """Yield the addresses of a noun; the views of a stance are StanceList and so on, as operations in OpenAPI are."""
    for base, (tail, name, says) in PUBLIC.items():
        named = base.__name__.replace("Record", SHAPES[noun].__name__)
        view: type[PublicView] = type(named, (base,), {"__doc__": says.format(noun), "noun": noun})
        if base in (RecordList, RecordDetail):
            yield from _in_forms(f"{noun.plural}/{tail}".removesuffix("/"), view, view.forms())
        yield path(f"{noun.plural}/{tail}", view.as_view(), name=f"{noun}-{name}")
    yield from _cited(noun)


def _cited(noun: Noun) -> Iterator[URLPattern]:
    """Yield the addresses that lead to the citation of a record's page, where no form of the record itself is there."""
    own = {form.format for form in OF_ONE.get(noun, ())}
    for suffix in FORMS.keys() - own:
        where = f"{noun.plural}/<str:key>.{suffix}"
        yield path(where, to_citation, {"plural": noun.plural, "suffix": suffix}, name=f"{noun}-cited-{suffix}")


@require_safe
def to_citation(request: HttpRequest, plural: str, key: str, suffix: str) -> HttpResponse:
    """Lead to the citation of a record's page."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"/{plural}/{quote(key, safe='')}.{suffix}{'?' if query else ''}{query}")


def _in_forms(where: str, view: type[PublicView], forms: Forms) -> list[URLPattern]:
    """Return the addresses that name a form instead of ending in a slash: `stances.csv`."""
    return [
        path(f"{where}.{form.format}", in_form(view, form).as_view(), name=f"{view.__name__}-{form.format}")
        for form in forms
        if issubclass(form, Form)
    ]


app_name = "v1"
urlpatterns = [
    path("", Index.as_view(), name="index"),
    *(pattern for noun in Noun for pattern in _public(noun)),
    path("editions/", EditionList.as_view(), name="edition-list"),
    path("editions/<int:number>/", EditionDetail.as_view(), name="edition-detail"),
    path("changes/", ChangeList.as_view(), name="change-list"),
    *_in_forms("changes", ChangeList, OF_CHANGES),
    path("releases/", ReleaseList.as_view(), name="release-list"),
    path("releases/<str:version>/", ReleaseDetail.as_view(), name="release-detail"),
    path("releases/<str:version>/files/<str:name>", ReleaseFileDetail.as_view(), name="release-file"),
    path("agreement/", AgreementList.as_view(), name="agreement"),
    *_in_forms("agreement", AgreementList, AgreementList.renderer_classes),
    path("codebook/", CodebookView.as_view(), name="codebook"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("schema/public/", PublicSchemaView.as_view(), name="public-schema"),
    path("docs/", docs, name="docs"),
    path("docs/whole/", docs, {"public": False}, name="whole-docs"),
]
