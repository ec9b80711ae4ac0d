"""The addresses of version 1: a table of nouns and their views."""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, include, path

from tracker.api.http.renderers import JSON, OF_CHANGES, OF_LISTS, OF_ONE, Form, Forms
from tracker.api.v1.desk.bulk import DeskConfirmSeveral, DeskPublishSeveral, DeskUndo
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
from tracker.api.v1.public.changes import ChangeList
from tracker.api.v1.public.codebook import CodebookView
from tracker.api.v1.public.documentation import PublicSchemaView, SchemaView, docs
from tracker.api.v1.public.editions import EditionDetail, EditionList
from tracker.api.v1.public.index import Index
from tracker.api.v1.public.records import views
from tracker.api.v1.public.releases import ReleaseDetail, ReleaseFileDetail, ReleaseList
from tracker.api.views.desk import DeskView
from tracker.api.views.public import PublicView, in_form
from tracker.models.merging import MERGEABLE
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun

VIEWS = {noun: views(noun) for noun in Noun}
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


def _public(noun: Noun) -> list[URLPattern]:
    tails = {"": "list", "<str:key>/": "detail", "<str:key>/history/": "history"}
    tails |= {"<str:key>/history/<int:edition>/": "version"}
    return [
        path(f"{noun.plural}/{tail}", view.as_view(), name=f"{noun}-{name}")
        for (tail, name), view in zip(tails.items(), VIEWS[noun], strict=True)
    ]


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
    *(
        one
        for noun, (records, record, *_) in VIEWS.items()
        for one in (
            *_in_forms(noun.plural, records, OF_LISTS[noun]),
            *_in_forms(f"{noun.plural}/<str:key>", record, OF_ONE.get(noun, JSON)),
            *_public(noun),
        )
    ),
    path("desk/", include(desk)),
    path("editions/", EditionList.as_view(), name="edition-list"),
    path("editions/<int:number>/", EditionDetail.as_view(), name="edition-detail"),
    path("changes/", ChangeList.as_view(), name="change-list"),
    *_in_forms("changes", ChangeList, OF_CHANGES),
    path("releases/", ReleaseList.as_view(), name="release-list"),
    path("releases/<str:version>/", ReleaseDetail.as_view(), name="release-detail"),
    path("releases/<str:version>/files/<str:name>", ReleaseFileDetail.as_view(), name="release-file"),
    path("codebook/", CodebookView.as_view(), name="codebook"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("schema/public/", PublicSchemaView.as_view(), name="public-schema"),
    path("docs/", docs, name="docs"),
    path("docs/whole/", docs, {"public": False}, name="whole-docs"),
]
