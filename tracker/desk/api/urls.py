"""The addresses of the desk in version 1, as its views name them: what is done with a record, and all else."""

from django.urls import path

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
from tracker.values.nouns import Noun

RECORD_VIEWS: tuple[type[DeskView], ...] = (
    DeskList,
    DeskDetail,
    DeskHistory,
    DeskCompare,
    DeskSubmit,
    DeskApprove,
    DeskSendBack,
    DeskPublish,
    DeskRetract,
    DeskProposeMerge,
    DeskMerge,
    DeskConfirm,
    DeskRevert,
)
VIEWS: tuple[type[DeskView], ...] = (
    DeskChanges,
    DeskUndo,
    DeskImports,
    DeskImportDetail,
    DeskImportRows,
    DeskImportChoose,
    DeskImportApply,
    DeskReleases,
    DeskConfirmSeveral,
    DeskPublishSeveral,
)

app_name = "v1-desk"
urlpatterns = [
    *(
        path(f"{noun.plural}/{view.route}", view.as_view(noun=noun), name=f"{noun}-{view.__name__}")
        for noun in Noun
        for view in RECORD_VIEWS
        if noun in view.nouns
    ),
    *(path(view.route, view.as_view(), name=view.__name__) for view in VIEWS),
]
