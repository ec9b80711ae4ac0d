"""The records of all walks: few, so that what is done to them meets;
and what the desk has of each.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from tests.consistency.oracle import Fields, Label
from tests.factories import (
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.models.rows import DESK
from tracker.models import Record
from tracker.models.nouns import DOCUMENTS, PARTS, RECORDS, noun_of
from tracker.publishing.publish import Chosen
from tracker.values.nouns import Noun

MAKE: dict[Noun, Any] = {
    Noun.SOURCE: SourceFactory,
    Noun.ISSUE: IssueFactory,
    Noun.ACTOR: ActorFactory,
    Noun.STANCE: StanceFactory,
    Noun.ALIGNMENT: AlignmentFactory,
    Noun.MEETING: MeetingFactory,
    Noun.VOTE: VoteFactory,
}
CLAIMS = (Noun.STANCE, Noun.ALIGNMENT, Noun.MEETING, Noun.VOTE)
PARENTS = [None, 0, 1, None, 3, 4]
ON_STANCES = [
    (0, 1, "accepted"),
    (1, 1, "accepted"),
    (0, 2, "accepted"),
    (2, 5, "accepted"),
    (0, 1, "contested"),
]
ON_ALIGNMENTS = [(0, 1, 2, "accepted"), (2, 1, 4, "accepted"), (1, 0, 2, "contested")]
ON_MEETINGS = [([0, 1], [1]), ([1, 2], [2, 5]), ([2], [])]
# what walks vary of a record, and of whom its parts tell
SHOWN: dict[str, tuple[str, ...]] = {
    "source": ("title",),
    "actor": ("slug", "name", "kind", "summary"),
    "issue": ("slug", "title", "parent", "summary"),
    "stance": (
        "actor",
        "issue",
        "defers_to",
        "since",
        "until",
        "confirmed_on",
        "standing",
        "summary",
    ),
    "alignment": (
        "actor",
        "counterpart",
        "issue",
        "since",
        "until",
        "confirmed_on",
        "standing",
        "summary",
    ),
    "meeting": ("title", "since", "until", "summary"),
    "vote": ("title",),
}
NAMED_BY_PARTS = {"citations": "source", "participants": "actor", "issues": "issue"}


def cast() -> None:
    """Make the records at an empty desk; none of them is public."""
    sources = SourceFactory.create_batch(3)
    cited = [{"source": sources[0], "locator": "p. 1"}]
    actors = [ActorFactory(kind=kind) for kind in ("state", "state", "bloc", "bloc")]
    issues: list[Any] = []
    for parent in PARENTS:
        issues.append(IssueFactory(parent=None if parent is None else issues[parent]))
    claim = {"standing_note": "Rivals.", "confirmed_on": "2018-12-05", "citations": cited}
    for actor, issue, standing in ON_STANCES:
        defers_to = None if actor else actors[1]
        StanceFactory(
            actor=actors[actor],
            issue=issues[issue],
            standing=standing,
            defers_to=defers_to,
            **claim,
        )
    for actor, other, issue, standing in ON_ALIGNMENTS:
        sides = {"actor": actors[actor], "counterpart": actors[other]}
        AlignmentFactory(issue=issues[issue], standing=standing, **sides, **claim)
    for present, discussed in ON_MEETINGS:
        parts = {"participants": [{"actor": actors[place]} for place in present]}
        MeetingFactory(
            issues=[{"issue": issues[place]} for place in discussed], citations=cited, **parts
        )
    for actor in actors[:3]:
        actor.memberships.create(organization=actors[3], role="member", source=sources[1])
    VoteFactory(body=actors[2], ballots=[{"actor": actors[0]}], citations=cited)


def called(label: Label, number: int) -> dict[str, str]:
    """Return one of the names, and of the slugs, of a record."""
    name = "name" if label.noun == "actor" else "title"
    slug = {"slug": f"{label.noun}-{label.id}-{number}"} if label.noun in ("actor", "issue") else {}
    return {name: f"{label.noun} {label.id}, {number}", **slug}


def labels(noun: Noun, *, is_public: bool | None = None) -> list[Label]:
    """Return the records of a noun that were not merged into others."""
    found = unmerged(noun)
    if is_public is not None:
        public = DOCUMENTS[noun]._default_manager.filter(closed=None).values("record")
        found = found.filter(pk__in=public) if is_public else found.exclude(pk__in=public)
    return [Label(noun, pk) for pk in found.values_list("pk", flat=True)]


def unmerged(noun: Noun) -> Any:
    return rows(RECORDS[noun])


def rows(table: type[models.Model]) -> Any:
    """Return the rows of a table,
    without records that were merged into others and without their parts.
    """
    owners = [noun for noun, parts in PARTS.items() if table in parts.values()]
    merged = f"{owners[0]}__merged_into" if owners else "merged_into"
    can_be_merged = hasattr(RECORDS[owners[0]] if owners else table, "merged_into")
    return table._default_manager.filter(**({merged: None} if can_be_merged else {})).order_by("pk")


def row_of(label: Label) -> Any:
    return RECORDS[Noun(label.noun)]._default_manager.get(pk=label.id)


def chosen(records: Iterable[Label]) -> list[Chosen]:
    return [Chosen(Noun(label.noun), label.id) for label in records]


def fields_at_desk(label: Label) -> Fields:
    """Return what the oracle is told of a record."""
    row = row_of(label)
    parts = {
        name: [
            Label(noun, part)
            for part in getattr(row, name).order_by("pk").values_list(noun, flat=True)
        ]
        for name, noun in NAMED_BY_PARTS.items()
        if label.noun in ("stance", "alignment", "meeting") and hasattr(row, name)
    }
    shown = {name: _value(getattr(row, name)) for name in SHOWN[label.noun]}
    # a vote is no other one for a ballot's actor being called otherwise
    rest = {
        "whom_it_names": [*_named(label, but="ballot")],
        "its_rows": "\n".join(map(_told, _rows(label))),
    }
    return {"id": row.pk, **shown, **parts, **rest}


def _value(value: Any) -> Any:
    if isinstance(value, Record):
        return Label(noun_of(value), value.pk)
    return str(value) if value else None


def with_unpublished(records: Iterable[Label]) -> list[Label]:
    """Return records with all that they name, and what that names in turn,
    as far as it is not public.
    """
    public = {label for noun in RECORDS for label in labels(noun, is_public=True)}
    every, waiting = set[Label](), set(records)
    while waiting:
        every |= waiting
        waiting = {named for label in waiting for named in _named(label)} - every - public
    return sorted(every)


def _rows(label: Label) -> list[models.Model]:
    parts = PARTS[Noun(label.noun)].values()
    return [
        row_of(label),
        *(row for part in parts for row in rows(part).filter(**{label.noun: label.id})),
    ]


def _told(row: models.Model) -> str:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return str(
        {name: value for name, value in values.items() if name not in ("id", "version", "state")}
    )


def _named(label: Label, *, but: str = "") -> Iterator[Label]:
    for row in _rows(label):
        for field in row._meta.concrete_fields if row._meta.model_name != but else ():
            key = field.related_model in NOUNS and getattr(row, field.attname)
            if key and (row._meta.model_name == label.noun or field.name != label.noun):
                yield Label(NOUNS[field.related_model], key)


NOUNS = {model: noun for noun, model in RECORDS.items()}


def is_named(label: Label) -> bool:
    """Tell whether a row that is no part of it refers to a record."""
    return any(
        model.objects.filter(**{field.name: label.id}).exists()
        for model in DESK
        for field in model._meta.concrete_fields
        if field.related_model is RECORDS[Noun(label.noun)]
        and field.remote_field.on_delete is models.PROTECT
    )
