"""The addresses of the publication in version 1, as its views name them."""

from collections.abc import Iterator
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from tracker.public.api.agreement import AgreementList
from tracker.public.api.changes import ChangeList
from tracker.public.api.documentation import PublicSchemaView, SchemaView, docs, try_operation
from tracker.public.api.editions import EditionDetail, EditionList
from tracker.public.api.forecasts import ForecastList
from tracker.public.api.http.renderers import OF_ONE, Bibtex, FormatRenderer
from tracker.public.api.index import CodebookView, Index
from tracker.public.api.releases import ReleaseDetail, ReleaseFileDetail, ReleaseList
from tracker.public.api.views import (
    PublicView,
    RecordDetail,
    RecordHistory,
    RecordList,
    RecordVersion,
)
from tracker.values.nouns import Noun

VIEWS: tuple[type[PublicView], ...] = (
    Index,
    EditionList,
    EditionDetail,
    ChangeList,
    ReleaseList,
    ReleaseDetail,
    ReleaseFileDetail,
    AgreementList,
    ForecastList,
    CodebookView,
    SchemaView,
    PublicSchemaView,
)
RECORD_VIEWS = (RecordList, RecordDetail, RecordHistory, RecordVersion)


def _addresses(view: type[PublicView], noun: Noun | None = None) -> Iterator[URLPattern]:
    """Yield the address of a view, and those that name a form instead of ending in a slash:
    `stances.csv`.
    """
    route = f"{noun.plural}/{view.route}" if noun else view.route
    for form in view(noun=noun).forms():
        if issubclass(form, FormatRenderer):
            yield path(
                f"{route.removesuffix('/')}.{form.format}", view.as_view(noun=noun, only=form)
            )
    yield path(route, view.as_view(noun=noun), name=view.__name__)


@require_safe
def to_citation(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """Lead to the citation of a record's page."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"/{plural}/{quote(key, safe='')}.bib{'?' if query else ''}{query}")


# Where a record has this form itself, that is what is answered.
CITED = [noun.plural for noun in Noun if Bibtex not in OF_ONE.get(noun, ())]

app_name = "v1"
urlpatterns = [
    *(pattern for noun in Noun for view in RECORD_VIEWS for pattern in _addresses(view, noun)),
    *(path(f"{plural}/<str:key>.bib", to_citation, {"plural": plural}) for plural in CITED),
    *(pattern for view in VIEWS for pattern in _addresses(view)),
    path("docs/", docs, name="docs"),
    path("docs/try/<str:operation_id>/", try_operation, name="try"),
    path("docs/whole/", docs, {"public": False}, name="whole-docs"),
]
