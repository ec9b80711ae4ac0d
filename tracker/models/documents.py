"""Documents: records in their public form, complete, rendered once and not changed afterwards.

One table per noun. A document is live in the editions from `opened` up to, not including, `closed`;
what readers see "now" is `closed is null`, as of edition E it is `opened <= E and gone > E`
(`gone`: `closed`, else the largest integer). `body` is text: the very bytes that were rendered,
without the number of the edition. `search` is what is searched: the words of the body, from the
stage of the edition, or else worked out by a trigger. `digest` is what the digest of an edition is
made of. The other columns are what is filtered and sorted by, and what the rules of an edition
need: those of fields that the schema marks so, as the desk keeps them, and below what is worked
out.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Coalesce

from tracker.models.append_only import SEEN_TO_BY_TRIGGER
from tracker.models.editions import Edition
from tracker.models.querysets import DocumentQuerySet
from tracker.models.records import Record
from tracker.schema.markers import FilterByPart, Grouped, SinceShape
from tracker.schema.records import kept
from tracker.values.nouns import Noun

FOR_EVER = 2_147_483_647  # the edition that closes what is live
EDITIONS = models.Func("opened", "closed", function="int4range")
HOW_KEPT = ("max_length", "max_digits", "decimal_places", "null")


def document_rules(table: str) -> list[models.BaseConstraint]:
    """Return what holds for the documents of every noun."""
    return [
        models.CheckConstraint(
            name=f"{table}_closes_after_it_opens", condition=models.Q(closed__gt=models.F("opened"))
        ),
        models.UniqueConstraint(
            fields=["record", "opened"],
            include=["gone", "digest"],
            name=f"{table}_opens_once_an_edition",
        ),
        models.UniqueConstraint(
            fields=["record"], condition=models.Q(closed__isnull=True), name=f"{table}_stands_once"
        ),
    ]


def document_indexes(
    table: str,
    *leading: str,
    also: Sequence[str] = (),
    descending: bool = False,
    ever: Sequence[str] = (),
    of_actors: Sequence[str] = (),
) -> list[models.Index]:
    """Return the indexes for lists: in order, alone and behind each of `leading`;
    of now, and as of an edition.

    With leading columns they hold these, and `also` what most filters look at too, so that
    documents themselves are read only once it is known which ones a page has. Those behind an actor
    also hold `of_actors`: a matrix looks through all claims of its actors. By `ref`, and by columns
    in `ever`, records are found.
    """
    order = ["-sort", "-record"] if descending else ["sort", "record"]
    held = ["id", *also, *leading] if leading else []
    by_actor = [*held, *of_actors]
    return [
        models.Index(fields=["opened", "record"], name=f"{table}_opened"),
        models.Index(
            fields=["closed"], condition=models.Q(closed__isnull=False), name=f"{table}_closed"
        ),
        *(
            models.Index(
                fields=[column, "record"],
                condition=models.Q(**{f"{column}__isnull": False}),
                name=f"{table}_{column}_ever",
            )
            for column in ("ref", *ever)
        ),
        # A document leaves the one for the other when it is closed;
        # as of an edition, both are looked in.
        GinIndex(
            fields=["search"], condition=models.Q(closed__isnull=True), name=f"{table}_search_now"
        ),
        GinIndex(
            fields=["search"],
            condition=models.Q(closed__isnull=False),
            name=f"{table}_search_closed",
        ),
        *indexes_now_and_then(table, "", order, held),
        *(
            index
            for column in leading
            for index in indexes_now_and_then(
                table, column, [column, *order], by_actor if column == "actor" else held
            )
        ),
    ]


def indexes_now_and_then(
    table: str, name: str, fields: list[str], held: Sequence[str] = ()
) -> list[models.Index]:
    include = [column for column in held if column not in fields] or None
    return [
        models.Index(
            fields=fields,
            include=include,
            condition=models.Q(closed__isnull=True),
            name=f"{table}_now_{name}".rstrip("_"),
        ),
        models.Index(
            fields=[*fields, "opened", "gone"],
            include=include,
            name=f"{table}_then_{name}".rstrip("_"),
        ),
    ]


def near_names_index(table: str) -> GinIndex:
    """Return the index by which near spellings of a record's own names are found."""
    return GinIndex(
        OpClass(models.Func("search", function="public.name_words"), "gin_trgm_ops"),
        name=f"{table}_names",
    )


def own_names_index(table: str) -> GinIndex:
    """Return the index by which records are found by words of their own names."""
    own = models.Func(
        "search", function="ts_filter", template="%(function)s(%(expressions)s, '{a}')"
    )
    return GinIndex(own, name=f"{table}_own_names")


class Document(models.Model):
    """One version of a record as readers see or saw it."""

    id = models.BigAutoField(primary_key=True)
    record = models.IntegerField(help_text="The id of the record at the desk.")
    version = models.PositiveIntegerField(
        help_text="The desk's version of which its own data were rendered."
    )
    opened = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="opened",
        **SEEN_TO_BY_TRIGGER,
    )
    closed = models.ForeignKey(
        Edition,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="closed",
        null=True,
        **SEEN_TO_BY_TRIGGER,
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
    # bodies stay in their rows up to the size of a page
    storage: ClassVar[str] = "SET (toast_tuple_target = 8160)"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


def public_columns(record: type[Record]) -> Callable[[type[Document]], type[Document]]:
    """Give documents the columns that their noun's public fields ask for,
    kept as the desk keeps them.
    """

    def add(document: type[Document]) -> type[Document]:
        for field in kept(Noun(record._meta.model_name or "")):
            for name in field.columns:
                is_list = field.mark(FilterByPart) or field.mark(Grouped)
                column = (
                    ArrayField(models.IntegerField())
                    if is_list
                    else _column(record._meta.get_field(field.name))
                )
                column.null |= bool(field.mark(SinceShape))  # documents of before have none
                document.add_to_class(name, column)
        return document

    return add


def _column(field: Any) -> "models.Field[Any, Any]":
    if isinstance(field, ArrayField):
        return ArrayField(_column(field.base_field))
    if isinstance(field, models.ForeignKey):
        return models.IntegerField(null=field.null)
    made_of, options = type(field.clone()), field.deconstruct()[3]
    kept_as: models.Field[Any, Any] = made_of(
        **{name: options[name] for name in HOW_KEPT if name in options}
    )
    return kept_as
