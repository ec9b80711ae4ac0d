"""The forms in which the desk answers about imports:
what would become of rows, and what is wrong with them.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from tracker.desk.api.shapes import AN_ADDRESS, Resource

Line = Annotated[
    int, Meta(description="The line, row or entry of the file; 0: the file as a whole.")
]
FieldName = Annotated[
    str, Meta(description="The field; empty: the row as a whole.", examples=["citations: source"])
]
Counts = Annotated[
    dict[str, dict[str, int]],
    Meta(description="By resource, how many rows there are by what becomes of them."),
]
BECOMES = (
    "What becomes of it: created, changed, same, existing (another record is used), "
    "left_out; or, as long as nobody has decided, duplicate (it may be there already) or "
    "error."
)


class DeskErrorPlace(Struct, frozen=True):
    """Where an error of a kind comes."""

    line: Line
    field: FieldName
    value: Annotated[
        str, Meta(description="What stands there, shortened; of an unknown field its name.")
    ]


class DeskErrorKind(Struct, frozen=True):
    """All errors of one kind: the same of the same field, whatever the row and its value."""

    code: Annotated[str, Meta(description="For programs.", examples=["unknown"])]
    field: FieldName
    detail: Annotated[str, Meta(description="For people: what is wrong, and what would be right.")]
    count: Annotated[int, Meta(description="How many there are.")]
    is_of_file: Annotated[
        bool, Meta(description="The file itself has it, so it can only be mended there.")
    ]
    first: Annotated[list[DeskErrorPlace], Meta(description="The first places, five at most.")]


class DeskErrors(Struct, frozen=True):
    """All that is wrong with a file and its rows, by kind."""

    count: Annotated[int, Meta(description="How many errors there are.")]
    others: Annotated[
        int, Meta(description="How many of them are of kinds beyond those that are told.")
    ]
    kinds: Annotated[
        list[DeskErrorKind], Meta(description="The kinds, by first line; 500 at most.")
    ]


class DeskRowError(Struct, frozen=True):
    """One thing that is wrong with a row."""

    field: FieldName
    value: Annotated[str, Meta(description="What stands there, shortened.")]
    detail: Annotated[str, Meta(description="What is wrong, and what would be right.")]


class DeskAlike(Struct, frozen=True, omit_defaults=True):
    """What a new row may be already."""

    why: Annotated[str, Meta(description="In what they are alike.")]
    id: Annotated[int | UnsetType, Meta(description="The number of a record at the desk.")] = UNSET
    line: Annotated[int | UnsetType, Meta(description="An earlier line of the same file.")] = UNSET


class DeskImportRow(Struct, frozen=True):
    """What would become of one row of a file."""

    line: Line
    outcome: Annotated[str, Meta(description=BECOMES)]
    id: Annotated[
        int | None, Meta(description="The number of the record that it is; null: a new one.")
    ]
    changed: Annotated[
        dict[str, list[Any]],
        Meta(description="The fields that change, old and new value; references by their keys."),
    ]
    stays: Annotated[
        dict[str, list[Any]],
        Meta(
            description=(
                "The fields that the desk changed since the row's `version`: as they were then, "
                "as they stay."
            )
        ),
    ]
    errors: Annotated[list[DeskRowError], Meta(description="What is wrong with it.")]
    alike: Annotated[list[DeskAlike], Meta(description="What it may be already.")]
    choice: Annotated[
        str | None, Meta(description="What was chosen for it: use, create or leave_out.")
    ]


class DeskImportSummary(Struct, frozen=True):
    """A file that is to be imported, and how many of its rows become what;
    nothing is written yet.
    """

    id: Annotated[int, Meta(description="The number of the import.")]
    version: Annotated[
        int, Meta(description="Raised whenever the rows are looked at anew; its `ETag`.")
    ]
    name: Annotated[str, Meta(description="The name of the file.")]
    format: Annotated[
        str, Meta(description="Its format, as it was recognised.", examples=["ndjson"])
    ]
    resource: Resource
    made_at: Annotated[
        datetime, Meta(description="When it came (UTC); it is kept for a day.", tz=True)
    ]
    can_apply: Annotated[
        bool, Meta(description="Nothing is wrong or to be decided any more, and something to do.")
    ]
    counts: Counts
    url: Annotated[str, Meta(description="Where all is told of it.", extra_json_schema=AN_ADDRESS)]


class DeskImport(DeskImportSummary, frozen=True):
    """A file that is to be imported, and what would become of its rows; nothing is written yet."""

    errors: DeskErrors
    rows: Annotated[
        list[DeskImportRow], Meta(description="The first rows; `all_rows` has the others.")
    ]
    all_rows: Annotated[
        str, Meta(description="Where all rows are listed.", extra_json_schema=AN_ADDRESS)
    ]


class DeskImported(Struct, frozen=True):
    """What an import did."""

    change_set: Annotated[
        UUID | None, Meta(description="The change set, which can be undone; null: nothing changed.")
    ]
    counts: Counts
