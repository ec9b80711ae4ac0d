"""The addresses of the desk in version 1: a table of what is done with a record, and all else."""

from collections.abc import Iterable

from django.urls import URLPattern, include, path

from tracker.desk.api.bulk import DeskConfirmSeveral, DeskPublishSeveral
from tracker.desk.api.changes import DeskChanges
from tracker.desk.api.history import DeskCompare, DeskHistory
from tracker.desk.api.imports import DeskImportApply, DeskImportChoose, DeskImportDetail, DeskImportRows, DeskImports
from tracker.desk.api.records import DeskDetail, DeskList
from tracker.desk.api.releases import DeskReleases
from tracker.desk.api.undo import DeskUndo
from tracker.desk.api.verbs import (
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
from tracker.desk.api.views import DeskView
from tracker.models.merging import MERGEABLE
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun

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


def _at_the_desk(noun: Noun) -> list[URLPattern]:
    return [
        path(tail, view.as_view(noun=noun), name=f"{noun}-{view.__name__}")
        for tail, view in DESK.items()
        if noun in ONLY.get(view, Noun)
    ]


app_name = "v1-desk"
urlpatterns = [
    *(path(f"{noun.plural}/", include(_at_the_desk(noun))) for noun in Noun),
    path("changes/", DeskChanges.as_view(), name="changes"),
    path("changesets/<uuid:change_set>/revert/", DeskUndo.as_view(), name="undo"),
    path("imports/", DeskImports.as_view(), name="imports"),
    path("imports/<int:upload>/", DeskImportDetail.as_view(), name="import"),
    path("imports/<int:upload>/rows/", DeskImportRows.as_view(), name="import-rows"),
    path("imports/<int:upload>/choose/", DeskImportChoose.as_view(), name="import-choose"),
    path("imports/<int:upload>/apply/", DeskImportApply.as_view(), name="import-apply"),
    path("releases/", DeskReleases.as_view(), name="releases"),
    path("confirm/", DeskConfirmSeveral.as_view(), name="confirm"),
    path("publish/", DeskPublishSeveral.as_view(), name="publish"),
]
