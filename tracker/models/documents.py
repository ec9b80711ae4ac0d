"""Documents: records in their public form, complete, rendered once and not changed afterwards.

One table per noun. A document is live in the editions from `opened` up to, not including, `closed`; what readers see
"now" is `closed is null`, as of edition E it is
`opened <= E and gone > E` (`gone`: `closed`, else the largest integer).
`body` is text: the very bytes that were rendered, without the number of the edition. `search` is what is searched: the
words of the body, from the stage of the edition, or else worked out by a trigger. `digest` is what the digest of an
edition is made of. The other columns are what is filtered and sorted by, and what the rules of an edition need: those
of fields that the schema marks so, as the desk keeps them, and below what is worked out.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Cast, Coalesce, Greatest, Least, StrIndex
from django.db.models.lookups import GreaterThan

from tracker.models.actors import Actor
from tracker.models.ahead import is_seen
from tracker.models.alignments import Alignment
from tracker.models.append_only import CLOSES_ONCE, SEEN_TO_BY_TRIGGER, append_only, in_the_edition_being_made
from tracker.models.editions import Edition
from tracker.models.issues import Issue
from tracker.models.meetings import Meeting
from tracker.models.querysets import DocumentQuerySet
from tracker.models.records import Record
from tracker.models.sources import Source
from tracker.models.stances import Stance
from tracker.models.triggers import Trigger
from tracker.models.votes import Vote
from tracker.schema.markers import Gained, Grouped, Holds
from tracker.schema.records import kept
from tracker.values.nouns import Noun
from tracker.values.vocabularies import TALLY, Choice

FOR_EVER = 2_147_483_647  # the edition that closes what is live
EDITIONS = models.Func("opened", "closed", function="int4range")
CITES = models.Func(
    Cast("body", models.JSONField()),
    template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')",
    output_field=models.BooleanField(),
)
HOW_KEPT = ("max_length", "max_digits", "decimal_places", "null")
CITES_A_SOURCE = (
    "citations: a published claim, held meeting or vote cites at least one source, with a locator or a quote."
)


def _triggers(noun: Noun, *ever: str) -> tuple[Trigger, ...]:
    """Return the triggers of a noun's documents; what `ref`, or a column in `ever`, says is one record's for ever."""
    return (
        *append_only(but=CLOSES_ONCE),
        in_the_edition_being_made("opened", "INSERT", "opens_now"),
        in_the_edition_being_made("closed", "UPDATE", "closes_now"),
        is_seen(noun),
        Trigger("knows_its_words", "BEFORE INSERT", "know_words", condition="NEW.search IS NULL"),
        *(
            Trigger(
                f"keeps_its_{column}",
                "AFTER INSERT",
                "belong_to_one_record",
                (column, f"{noun}_document_{column}_belongs_to_one_record_ever"),
                each="STATEMENT",
                rows=("new_rows",),
            )
            for column in ("ref", *ever)
        ),
    )


def _rules(table: str) -> list[models.BaseConstraint]:
    """Return what holds for the documents of every noun."""
    return [
        models.CheckConstraint(
            name=f"{table}_closes_after_it_opens", condition=models.Q(closed__gt=models.F("opened"))
        ),
        models.UniqueConstraint(
            fields=["record", "opened"], include=["gone", "digest"], name=f"{table}_opens_once_an_edition"
        ),
        models.UniqueConstraint(
            fields=["record"], condition=models.Q(closed__isnull=True), name=f"{table}_stands_once"
        ),
    ]


def _indexes(
    table: str, *leading: str, also: Sequence[str] = (), descending: bool = False, ever: Sequence[str] = ()
) -> list[models.Index]:
    """Return the indexes for lists: in order, alone and behind each of `leading`; of now, and as of an edition.

    With leading columns they hold these, and `also` what most filters look at too, so that documents themselves are
    read only once it is known which ones a page has. By `ref`, and by columns in `ever`, records are found.
    """
    order = ["-sort", "-record"] if descending else ["sort", "record"]
    held = ["id", *also, *leading] if leading else []
    return [
        models.Index(fields=["opened", "record"], name=f"{table}_opened"),
        models.Index(fields=["closed"], condition=models.Q(closed__isnull=False), name=f"{table}_closed"),
        *(
            models.Index(
                fields=[column, "record"],
                condition=models.Q(**{f"{column}__isnull": False}),
                name=f"{table}_{column}_ever",
            )
            for column in ("ref", *ever)
        ),
        # A document leaves the one for the other when it is closed; as of an edition, both are looked in.
        GinIndex(fields=["search"], condition=models.Q(closed__isnull=True), name=f"{table}_search_now"),
        GinIndex(fields=["search"], condition=models.Q(closed__isnull=False), name=f"{table}_search_closed"),
        *_now_and_then(table, "", order, held),
        *(index for column in leading for index in _now_and_then(table, column, [column, *order], held)),
    ]


def _now_and_then(table: str, name: str, fields: list[str], held: Sequence[str] = ()) -> list[models.Index]:
    include = [column for column in held if column not in fields] or None
    return [
        models.Index(
            fields=fields,
            include=include,
            condition=models.Q(closed__isnull=True),
            name=f"{table}_now_{name}".rstrip("_"),
        ),
        models.Index(fields=[*fields, "opened", "gone"], include=include, name=f"{table}_then_{name}".rstrip("_")),
    ]


def _near_names(table: str) -> GinIndex:
    """Return the index by which near spellings of a record's own names are found."""
    return GinIndex(OpClass(models.Func("search", function="public.name_words"), "gin_trgm_ops"), name=f"{table}_names")


def _own_names(table: str) -> GinIndex:
    """Return the index by which records are found by words of their own names."""
    own = models.Func("search", function="ts_filter", template="%(function)s(%(expressions)s, '{a}')")
    return GinIndex(own, name=f"{table}_own_names")


class Document(models.Model):
    """One version of a record as readers see or saw it."""

    id = models.BigAutoField(primary_key=True)
    record = models.IntegerField(help_text="The id of the record at the desk.")
    version = models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered.")
    opened = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", db_column="opened", **SEEN_TO_BY_TRIGGER
    )
    closed = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", db_column="closed", null=True, **SEEN_TO_BY_TRIGGER
    )
    gone = models.GeneratedField(
        expression=Coalesce("closed", FOR_EVER), output_field=models.IntegerField(), db_persist=True
    )
    shape = models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")
    body = models.TextField(help_text="The record as JSON, as rendered.")
    ref = models.CharField(max_length=100, null=True)
    search = SearchVectorField(help_text="The words of the body, names first.")
    digest = models.GeneratedField(
        expression=models.Func("opened", "body", function="public.document_digest"),
        output_field=models.BinaryField(),
        db_persist=True,
        help_text="The SHA-256 of the record as the API writes it.",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


def _public_columns(record: type[Record]) -> Callable[[type[Document]], type[Document]]:
    """Give documents the columns that their noun's public fields ask for, kept as the desk keeps them."""

    def add(document: type[Document]) -> type[Document]:
        for field in kept(Noun(record._meta.model_name or "")):
            for name in field.columns:
                is_list = field.mark(Holds) or field.mark(Grouped)
                column = ArrayField(models.IntegerField()) if is_list else _column(record._meta.get_field(field.name))
                column.null |= bool(field.mark(Gained))  # documents of before have none
                document.add_to_class(name, column)
        return document

    return add


def _counted(choice: str) -> models.CheckConstraint:
    """Return the rule that a vote has no more ballots of a choice than its tally counts, if that says."""
    cast = models.Func(choice, function="cardinality", output_field=models.IntegerField())
    return models.CheckConstraint(
        name=f"vote_document_{choice}_within_its_tally",
        condition=models.Q(**{f"tally_{choice}__isnull": True}) | models.Q(**{f"tally_{choice}__gte": cast}),
        violation_error_message=f"ballots: more members cast {choice} than the tally counts.",
    )


def _column(field: Any) -> "models.Field[Any, Any]":
    if isinstance(field, ArrayField):
        return ArrayField(_column(field.base_field))
    if isinstance(field, models.ForeignKey):
        return models.IntegerField(null=field.null)
    options = field.deconstruct()[3]
    kept_as: models.Field[Any, Any] = type(field)(**{name: options[name] for name in HOW_KEPT if name in options})
    return kept_as


@_public_columns(Issue)
class IssueDocument(Document):
    """An issue as readers see or saw it."""

    sort = models.TextField()
    has_question = models.BooleanField()

    class Meta:
        constraints = _rules("issue_document")
        indexes = [
            *_indexes("issue", ever=["slug"]),
            _near_names("issue"),
            _own_names("issue"),
            *_now_and_then("issue", "parent", ["parent", "record"]),
        ]

    triggers = _triggers(Noun.ISSUE, "slug")


@_public_columns(Actor)
class ActorDocument(Document):
    """An actor as readers see or saw it."""

    sort = models.TextField()

    class Meta:
        constraints = [
            *_rules("actor_document"),
            ExclusionConstraint(
                name="actor_document_iso3_belongs_to_one_record_at_once",
                expressions=[
                    ("iso3", RangeOperators.EQUAL),
                    ("record", RangeOperators.NOT_EQUAL),
                    (EDITIONS, RangeOperators.OVERLAPS),
                ],
                condition=models.Q(iso3__isnull=False),
            ),
        ]
        indexes = [
            *_indexes("actor", ever=["slug"]),
            _near_names("actor"),
            _own_names("actor"),
            *_now_and_then("actor", "kind", ["kind", "record"]),
            # quotation marks in a text of JSON have a backslash before them
            models.Index(
                fields=["record"],
                condition=models.Q(GreaterThan(StrIndex("body", models.Value('"frames":[{')), 0)),
                name="actor_framed",
            ),
        ]

    triggers = _triggers(Noun.ACTOR, "slug")


@_public_columns(Source)
class SourceDocument(Document):
    """A source as readers see or saw it."""

    sort = models.TextField()
    issued = DateRangeField(null=True)

    class Meta:
        constraints = _rules("source_document")
        indexes = _indexes("source")

    triggers = _triggers(Noun.SOURCE)


@_public_columns(Stance)
class StanceDocument(Document):
    """A stance as readers see or saw it; at most one accepted one per actor and issue on any day of any edition."""

    sort = models.DateField()
    score = models.SmallIntegerField(null=True)
    possible = DateRangeField()
    certain = DateRangeField()
    asserted = DateRangeField()

    class Meta:
        constraints = [
            *_rules("stance_document"),
            models.CheckConstraint(
                name="stance_document_cites_a_source",
                condition=models.Q(position="no_evidence") | models.Q(CITES),
                violation_error_message=CITES_A_SOURCE,
            ),
            ExclusionConstraint(
                name="stance_document_one_accepted_at_once",
                expressions=[
                    ("actor", RangeOperators.EQUAL),
                    ("issue", RangeOperators.EQUAL),
                    ("asserted", RangeOperators.OVERLAPS),
                    (EDITIONS, RangeOperators.OVERLAPS),
                ],
                condition=models.Q(standing="accepted"),
            ),
        ]
        indexes = _indexes("stance", "issue", "actor", also=["standing"], descending=True)

    triggers = _triggers(Noun.STANCE)


@_public_columns(Alignment)
class AlignmentDocument(Document):
    """An alignment as readers see or saw it; at most one accepted one per issue and pair on any day of any edition."""

    sort = models.DateField()
    possible = DateRangeField()
    certain = DateRangeField()
    asserted = DateRangeField()

    class Meta:
        constraints = [
            *_rules("alignment_document"),
            models.CheckConstraint(
                name="alignment_document_cites_a_source",
                condition=models.Q(CITES),
                violation_error_message=CITES_A_SOURCE,
            ),
            ExclusionConstraint(
                name="alignment_document_one_accepted_at_once",
                expressions=[
                    ("issue", RangeOperators.EQUAL),
                    (Least("actor", "counterpart"), RangeOperators.EQUAL),
                    (Greatest("actor", "counterpart"), RangeOperators.EQUAL),
                    ("asserted", RangeOperators.OVERLAPS),
                    (EDITIONS, RangeOperators.OVERLAPS),
                ],
                condition=models.Q(standing="accepted"),
            ),
        ]
        indexes = _indexes("alignment", "issue", "actor", "counterpart", also=["standing"], descending=True)

    triggers = _triggers(Noun.ALIGNMENT)


@_public_columns(Meeting)
class MeetingDocument(Document):
    """A meeting as readers see or saw it."""

    sort = models.DateField()
    possible = DateRangeField()
    certain = DateRangeField()

    class Meta:
        constraints = [
            *_rules("meeting_document"),
            models.CheckConstraint(
                name="meeting_document_cites_a_source",
                condition=~models.Q(status="held") | models.Q(CITES),
                violation_error_message=CITES_A_SOURCE,
            ),
        ]
        indexes = _indexes("meeting", descending=True)

    triggers = _triggers(Noun.MEETING)


def _in_order(choice: str) -> tuple[str, models.Func]:
    """Return the condition that a column has who cast a choice in order, so that an actor is found by halves."""
    return choice, models.Func(choice, function="array_sort", output_field=ArrayField(models.IntegerField()))


@_public_columns(Vote)
class VoteDocument(Document):
    """A vote as readers see or saw it; its ballots are no more than its tally counts, and in order."""

    sort = models.DateField()
    days = DateRangeField(null=True)

    class Meta:
        constraints = [
            *_rules("vote_document"),
            models.CheckConstraint(
                name="vote_document_cites_a_source",
                condition=models.Q(CITES),
                violation_error_message=CITES_A_SOURCE,
            ),
            *(_counted(choice) for choice in TALLY),
            models.CheckConstraint(
                name="vote_document_ballots_in_order",
                condition=models.Q(*(_in_order(choice.value) for choice in Choice)),
                violation_error_message="ballots: a document has who cast the same in the order of their numbers.",
            ),
        ]
        indexes = _indexes("vote", "own_body", "issue", descending=True)

    triggers = _triggers(Noun.VOTE)
