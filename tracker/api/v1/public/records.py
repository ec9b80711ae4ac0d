"""The four views that every noun has: its list, one record, its history, one version."""

from collections.abc import Mapping
from typing import cast

from tracker.api.views.public import RecordDetail, RecordHistory, RecordList, RecordVersion, RecordView
from tracker.schema.records import SHAPES
from tracker.values.nouns import Noun

SAYS: Mapping[type[RecordView], str] = {
    RecordList: "List {0.plural}.",
    RecordDetail: "Read one {0}.",
    RecordHistory: "List the versions of one {0} that were public.",
    RecordVersion: "Read one {0} as an edition published it.",
}


def views(noun: Noun) -> list[type[RecordView]]:
    """Return the views of a noun; those of a stance are called StanceList and so on, as are operations in OpenAPI."""
    shape = SHAPES[noun].__name__
    return [
        cast(
            type[RecordView],
            type(
                view.__name__.replace("Record", shape),
                (view,),
                {"__doc__": says.format(noun), "noun": noun},
            ),
        )
        for view, says in SAYS.items()
    ]
