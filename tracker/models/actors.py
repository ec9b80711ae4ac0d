"""Actors: states, organizations, blocs, persons and armed groups;
what they are members of, which votes are coded.

Only states have a code of ISO 3166-1, or of ISO 3166-3 if they are no more, and not all do (Kosovo
has none). A membership belongs to the member: of an organization or bloc, or, for a person, an
office in a state. A predecessor belongs to the one that follows it.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from tracker.models.constraints import (
    UniqueByDigest,
    begins_before_it_ends,
    few,
    has_none,
    is_json,
    known_lists,
    known_terms,
    matches,
    plain_lists,
    says_something,
)
from tracker.models.documents import (
    EDITIONS,
    Document,
    document_indexes,
    document_rules,
    indexes_now_and_then,
    near_names_index,
    own_names_index,
    public_columns,
)
from tracker.models.fields import (
    CountryField,
    LineField,
    NamesField,
    ProseField,
    ReferenceField,
    SlugField,
    TermField,
    TermsField,
    TextsField,
    VagueDateField,
    WikidataField,
    first_day,
    last_day,
)
from tracker.models.indexes import joined, search_index, texts_of
from tracker.models.merging import UNMERGED, survivor
from tracker.models.records import Checked, Period, Record, record_constraints, record_indexes
from tracker.values.vocabularies import ActorKind, VoteKind

NAMES_TOO_LONG = '$.* ? (@ like_regex "^.{201}" flag "s")'


class Actor(Period, Record):
    """A state, organization, bloc, person or armed group that takes positions."""

    slug = SlugField()
    kind = TermField(ActorKind)
    name = LineField("The name in English, as readers know it.", max_length=200, required=True)
    short_name = LineField("A shorter name or abbreviation, for tables.", max_length=60)
    names = NamesField("Names in other languages, by BCP 47 tag: {“zh”: “中国”, “ru”: “Китай”}.")
    aliases = TextsField("Other names under which it is found.")
    summary = ProseField("Who or what it is, in a few sentences.")
    since = VagueDateField(
        "From when on it exists: when it became a state or was founded; empty: unknown."
    )
    until = VagueDateField("Until when it existed; empty: it still does, as far as known.")
    iso3 = CountryField(
        "ISO 3166-1 alpha-3 code, for states that have one; of a former state that of ISO 3166-3.",
        verbose_name="country code",
        null=True,
    )
    wikidata_id = WikidataField("The Wikidata item, e.g. Q148.", max_length=20)
    merged_into = survivor()

    class Meta:
        indexes = [
            *record_indexes("actor"),
            search_index(
                "actor",
                "name",
                "short_name",
                "slug",
                "iso3",
                "wikidata_id",
                "ref",
                texts_of("names"),
                joined("aliases"),
            ),
        ]
        constraints = [
            *record_constraints("actor"),
            *known_terms("actor", kind=ActorKind),
            matches("actor", "slug", *SlugField.form),
            matches("actor", "iso3", *CountryField.form),
            matches("actor", "wikidata_id", *WikidataField.form, or_empty=True),
            *plain_lists("actor", "aliases"),
            begins_before_it_ends("actor"),
            says_something("actor_has_a_name", "name", "write one, of letters that are seen."),
            models.CheckConstraint(
                name="actor_only_states_have_a_code",
                condition=models.Q(iso3__isnull=True) | models.Q(kind="state"),
                violation_error_code="iso3",
                violation_error_message="only a state has a country code; leave it empty.",
            ),
            models.UniqueConstraint(
                fields=["iso3"],
                condition=UNMERGED,
                name="actor_iso3_is_of_one",
                violation_error_code="iso3",
                violation_error_message="another actor has this country code; use that one.",
            ),
            *few("actor", 200, "aliases"),
            has_none(
                "actor",
                "names",
                NAMES_TOO_LONG,
                "names_are_short",
                "give each name no more than 200 letters.",
            ),
            models.CheckConstraint(
                name="actor_names_are_few",
                condition=models.Func(
                    models.F("names"),
                    template="octet_length(%(expressions)s::text) <= 50000",
                    output_field=models.BooleanField(),
                ),
                violation_error_code="names",
                violation_error_message=(
                    "give fewer names; all together have no more than 50,000 bytes."
                ),
            ),
            is_json("actor", "names", "object", "write an object of language tags and names."),
            has_none(
                "actor",
                "names",
                '$.* ? (@.type() != "string" || @ == "")',
                "names_are_not_empty",
                "give each language a name, or leave it out.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keep an empty code as null, since only nulls are not unique."""
        super().clean()
        self.iso3 = self.iso3 or None


class Membership(Period):
    """A part of an actor: its membership of an organization or bloc, or its office in a state."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="memberships")
    organization = ReferenceField(
        Actor,
        "What it is a member of: an organization or bloc, or the state in which a person "
        "holds office.",
        related_name="members",
    )
    role = LineField("As what: member, permanent member, observer, President …", max_length=100)
    since = VagueDateField("From when, as far as known.")
    until = VagueDateField("Until when; empty: not ended, as far as known.")
    source = ReferenceField("tracker.Source", "The source that says so.", null=True)

    is_ordered = False  # their days tell which came first

    class Meta:
        constraints = [
            begins_before_it_ends("membership"),
            models.CheckConstraint(
                name="membership_is_of_another",
                condition=~models.Q(actor=models.F("organization")),
                violation_error_code="organization",
                violation_error_message="an actor is no member of itself.",
            ),
            models.UniqueConstraint(
                fields=["actor", "organization", "role", "since"], name="membership_once_a_period"
            ),
        ]

    def __str__(self) -> str:
        return self.role or f"membership {self.pk}"


class Predecessor(Checked):
    """A part of an actor: another one that it follows, as Russia does the Soviet Union."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="predecessors")
    predecessor = ReferenceField(
        Actor,
        "Whom it follows: the state or body whose place it took, or a part of it.",
        related_name="successors",
    )
    since = VagueDateField("From when on it is in that place; empty: unknown.")
    since_earliest = first_day("since")
    since_latest = last_day("since")

    is_ordered = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="predecessor_is_another",
                condition=~models.Q(actor=models.F("predecessor")),
                violation_error_code="predecessor",
                violation_error_message="an actor doesn’t follow itself.",
            ),
            models.UniqueConstraint(fields=["actor", "predecessor"], name="predecessor_once"),
        ]

    def __str__(self) -> str:
        return f"predecessor {self.pk}"


class Frame(Period):
    """A part of an actor that decides by votes:
    from when to when all of its recorded votes of some kinds are here.
    """

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="frames")
    kinds = TermsField(VoteKind, help_text="Of which kinds all recorded votes are here.")
    since = VagueDateField("From when on all are here; empty: from its first vote.")
    until = VagueDateField("Until when all are here; empty: to this day.")
    note = LineField(
        "What that means in words: what was taken for a recorded vote, and what is missing "
        "all the same.",
        max_length=1000,
    )
    source = ReferenceField("tracker.Source", "The list of votes that was taken over.", null=True)

    is_ordered = False  # their days tell which came first

    class Meta:
        constraints = [
            begins_before_it_ends("frame"),
            *known_lists("frame", kinds=VoteKind),
            *plain_lists("frame", "kinds"),
            models.CheckConstraint(
                name="frame_says_kinds",
                condition=~models.Q(kinds=[]),
                violation_error_code="kinds",
                violation_error_message="choose of which kinds all votes are here.",
            ),
            UniqueByDigest(
                fields=["actor", "since", "until", "note"],
                digested=("note",),
                name="frame_once_a_period_and_note",
            ),
        ]

    def __str__(self) -> str:
        return f"frame {self.pk}"


@public_columns(Actor)
class ActorDocument(Document):
    """An actor as readers see or saw it."""

    sort = models.TextField()

    class Meta:
        constraints = [
            *document_rules("actor_document"),
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
            *document_indexes("actor", ever=["slug"]),
            near_names_index("actor"),
            own_names_index("actor"),
            *indexes_now_and_then("actor", "kind", ["kind", "record"]),
            # quotation marks in a text of JSON have a backslash before them
            models.Index(
                fields=["record"],
                condition=models.Q(GreaterThan(StrIndex("body", models.Value('"frames":[{')), 0)),
                name="actor_framed",
            ),
        ]
