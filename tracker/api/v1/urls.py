"""The addresses of version 1: a table of nouns and their views."""

from django.urls import path

from tracker.api.documentation import SchemaView, docs
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
    path("editions/", EditionList.as_view(), name="edition-list"),
    path("editions/<int:number>/", EditionDetail.as_view(), name="edition-detail"),
    path("changes/", ChangeList.as_view(), name="change-list"),
    path("codebook/", CodebookView.as_view(), name="codebook"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
]
