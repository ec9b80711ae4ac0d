"""The addresses of the desk in version 1, as its views name them:
what is done with a record, and all else.
"""

from django.urls import path

from tracker.desk.api import changes, imports, records, verbs
from tracker.desk.api.records import NounView
from tracker.desk.api.views import DeskView
from tracker.values.nouns import Noun

VIEWS: list[type[DeskView]] = [
    view
    for module in (records, verbs, changes, imports)
    for view in vars(module).values()
    if isinstance(view, type) and issubclass(view, DeskView) and "route" in vars(view)
]
RECORD_VIEWS = [view for view in VIEWS if issubclass(view, NounView)]

app_name = "v1-desk"
urlpatterns = [
    *(
        path(f"{noun.plural}/{view.route}", view.as_view(noun=noun), name=f"{noun}-{view.__name__}")
        for noun in Noun
        for view in RECORD_VIEWS
        if noun in view.nouns
    ),
    *(
        path(view.route, view.as_view(), name=view.__name__)
        for view in VIEWS
        if view not in RECORD_VIEWS
    ),
]
