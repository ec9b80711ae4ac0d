"""The addresses of version 1: a table of nouns and their views."""

from django.urls import path

from tracker.api.documentation import SchemaView, docs
from tracker.api.v1.desk.changes import DeskChanges
from tracker.api.v1.desk.records import DeskDetail, DeskList
from tracker.api.v1.public import actors, alignments, issues, meetings, sources, stances
from tracker.api.v1.public.changes import ChangeList
from tracker.api.v1.public.codebook import CodebookView
from tracker.api.v1.public.editions import EditionDetail, EditionList
from tracker.api.v1.public.index import Index
from tracker.values.nouns import Noun

NOUNS = {
    Noun.ISSUE: issues.VIEWS,
    Noun.ACTOR: actors.VIEWS,
    Noun.SOURCE: sources.VIEWS,
    Noun.STANCE: stances.VIEWS,
    Noun.ALIGNMENT: alignments.VIEWS,
    Noun.MEETING: meetings.VIEWS,
}
DESK = {"": DeskList, "<str:key>/": DeskDetail}

app_name = "v1"
urlpatterns = [
    path("", Index.as_view(), name="index"),
    *(
        path(f"{noun.plural}/{tail}", view.as_view(), name=f"{noun}-{name}")
        for noun, views in NOUNS.items()
        for (tail, name), view in zip(
            [
                ("", "list"),
                ("<str:key>/", "detail"),
                ("<str:key>/history/", "history"),
                ("<str:key>/history/<int:edition>/", "version"),
            ],
            views,
            strict=True,
        )
    ),
    *(
        path(f"desk/{noun.plural}/{tail}", view.as_view(noun=noun), name=f"desk-{noun}-{view.__name__}")
        for noun in Noun
        for tail, view in DESK.items()
    ),
    path("desk/changes/", DeskChanges.as_view(), name="desk-changes"),
    path("editions/", EditionList.as_view(), name="edition-list"),
    path("editions/<int:number>/", EditionDetail.as_view(), name="edition-detail"),
    path("changes/", ChangeList.as_view(), name="change-list"),
    path("codebook/", CodebookView.as_view(), name="codebook"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
]
