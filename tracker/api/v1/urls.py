"""The addresses of version 1: a table of nouns and their views."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from tracker.api.http.renderers import OF_CHANGES, OF_ONE, Form, Forms
from tracker.api.v1.desk.bulk import DeskConfirmSeveral, DeskPublishSeveral
from tracker.api.v1.desk.changes import DeskChanges
from tracker.api.v1.desk.history import DeskCompare, DeskHistory
from tracker.api.v1.desk.imports import (
    DeskImportApply,
    DeskImportChoose,
    DeskImportDetail,
    DeskImportRows,
    DeskImports,
)
from tracker.api.v1.desk.records import DeskDetail, DeskList
from tracker.api.v1.desk.releases import DeskReleases
from tracker.api.v1.desk.undo import DeskUndo
from tracker.api.v1.desk.verbs import (
    DeskApprove,
    DeskConfirm,
    DeskMerge,
    DeskProposeMerge,
    DeskPublish,
    DeskRetract,
    DeskRevert,
    DeskSendBack,
    DeskSubmit,
)
from tracker.api.v1.public.agreement import AgreementList
from tracker.api.v1.public.changes import ChangeList
from tracker.api.v1.public.codebook import CodebookView
from tracker.api.v1.public.documentation import PublicSchemaView, SchemaView, docs
from tracker.api.v1.public.editions import EditionDetail, EditionList
from tracker.api.v1.public.index import Index
from tracker.api.v1.public.releases import ReleaseDetail, ReleaseFileDetail, ReleaseList
from tracker.api.views.desk import DeskView
from tracker.api.views.public import PublicView, RecordDetail, RecordHistory, RecordList, RecordVersion, in_form
from tracker.formats.page_citations import FORMS
from tracker.models.merging import MERGEABLE
from tracker.schema.records import CLAIMS, SHAPES
from tracker.values.nouns import Noun

PUBLIC: dict[type[PublicView], tuple[str, str, str]] = {
    RecordList: ("", "list", "List {0.plural}."),
    RecordDetail: ("<str:key>/", "detail", "Read one {0}."),
    RecordHistory: ("<str:key>/history/", "history", "List the versions of one {0} that were public."),
    RecordVersion: ("<str:key>/history/<int:edition>/", "version", "Read one {0} as an edition published it."),
}
DESK: dict[str, type[DeskView]] = {
    "": DeskList,
    "<str:key>/": DeskDetail,
    "<str:key>/history/": DeskHistory,
    "<str:key>/diff/": DeskCompare,
    "<str:key>/submit/": DeskSubmit,
    "<str:key>/approve/": DeskApprove,
    "<str:key>/send-back/": DeskSendBack,
    "<str:key>/publish/": DeskPublish,
    "<str:key>/retract/": DeskRetract,
    "<str:key>/propose-merge/": DeskProposeMerge,
    "<str:key>/merge/": DeskMerge,
    "<str:key>/confirm/": DeskConfirm,
    "<str:key>/revert/": DeskRevert,
}
ONLY: dict[type[DeskView], Iterable[Noun]] = {DeskProposeMerge: MERGEABLE, DeskMerge: MERGEABLE, DeskConfirm: CLAIMS}


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


def _at_the_desk(noun: Noun) -> list[URLPattern]:
    return [
        path(tail, view.as_view(noun=noun), name=f"desk-{noun}-{view.__name__}")
        for tail, view in DESK.items()
        if noun in ONLY.get(view, Noun)
    ]


desk: list[URLPattern | URLResolver] = [
    *(path(f"{noun.plural}/", include(_at_the_desk(noun))) for noun in Noun),
    path("changes/", DeskChanges.as_view(), name="desk-changes"),
    path("changesets/<uuid:change_set>/revert/", DeskUndo.as_view(), name="desk-undo"),
    path("imports/", DeskImports.as_view(), name="desk-imports"),
    path("imports/<int:upload>/", DeskImportDetail.as_view(), name="desk-import"),
    path("imports/<int:upload>/rows/", DeskImportRows.as_view(), name="desk-import-rows"),
    path("imports/<int:upload>/choose/", DeskImportChoose.as_view(), name="desk-import-choose"),
    path("imports/<int:upload>/apply/", DeskImportApply.as_view(), name="desk-import-apply"),
    path("releases/", DeskReleases.as_view(), name="desk-releases"),
    path("confirm/", DeskConfirmSeveral.as_view(), name="desk-confirm"),
    path("publish/", DeskPublishSeveral.as_view(), name="desk-publish"),
]
app_name = "v1"
urlpatterns = [
    path("", Index.as_view(), name="index"),
    *(pattern for noun in Noun for pattern in _public(noun)),
    path("desk/", include(desk)),
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
