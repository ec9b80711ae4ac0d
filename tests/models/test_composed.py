"""Every text is kept composed, whichever way it comes in, and found however it is asked for."""

import json
from unicodedata import normalize

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.factories import ActorFactory, IssueFactory, SourceFactory
from tests.models.rows import DESK, execute, make_writable
from tracker import history
from tracker.desk.search.searching import search
from tracker.models import ChangeSet, Edition, Event
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel

pytestmark = pytest.mark.django_db
# What the condition of `compose_text` looks for in a row: characters that could compose.
PATTERN = (
    "substring(prosrc FROM $$NEW::text ~ '([^']+)'$$) FROM pg_proc WHERE proname = 'compose_text'"
)
# Every character of Unicode that the pattern passes over;
# U+D800 to U+DFFF are halves of characters.
PASSED_OVER = f"""
    SELECT chr(code) AS letter FROM generate_series(1, x'10FFFF'::int) AS code
    WHERE code NOT BETWEEN x'D800'::int AND x'DFFF'::int AND chr(code) !~ (SELECT {PATTERN})
"""
COMPOSED = "Китай, Ålesund"
DECOMPOSED = normalize("NFD", COMPOSED)


def texts(model):
    """Return the columns of a table in which anybody writes what they want."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.generated)
        and field.name
        not in ("slug", "ref", "iso3", "country", "wikidata_id", "language", "quote_language")
        and not field.name.startswith(("since", "until", "issued", "held", "settled"))
    ]


@pytest.mark.parametrize("model", DESK, ids=lambda model: model._meta.model_name)
def test_every_column_of_text_is_kept_composed_past_the_orm_too(model):
    row = make_writable(model)
    table, columns = model._meta.db_table, texts(model)

    for field in columns:
        execute(f"UPDATE {table} SET {field.column} = %s WHERE id = %s", DECOMPOSED, row.pk)

    assert [getattr(model._default_manager.get(pk=row.pk), field.name) for field in columns] == [
        COMPOSED
    ] * len(columns)


def test_lists_and_names_are_kept_composed():
    actor = ActorFactory(aliases=[DECOMPOSED], names={"ru": DECOMPOSED})
    source = SourceFactory(keywords=[DECOMPOSED], authors=[{"literal": DECOMPOSED}])

    for row in (actor, source):
        row.refresh_from_db()
    assert (actor.aliases, actor.names) == ([COMPOSED], {"ru": COMPOSED})
    assert (source.keywords, source.authors) == ([COMPOSED], [{"literal": COMPOSED}])
    assert isinstance(type(actor)._meta.get_field("aliases"), ArrayField)


def test_a_save_of_the_same_in_pieces_changes_nothing():
    issue = IssueFactory(title=COMPOSED)
    events = Event.objects.count()

    type(issue).objects.filter(pk=issue.pk).update(title=DECOMPOSED)

    assert Event.objects.count() == events
    issue.refresh_from_db()
    assert (issue.title, issue.version) == (COMPOSED, 1)


def test_why_and_notes_are_kept_composed():
    with history.changeset(made_by=None, reason=DECOMPOSED, channel=Channel.API):
        ActorFactory()
    execute(
        "INSERT INTO tracker_edition (number, published_at, note) VALUES (1, now(), %s)", DECOMPOSED
    )

    assert ChangeSet.objects.filter(reason=COMPOSED).exists()
    assert Edition.objects.get().note == COMPOSED


@pytest.mark.parametrize("sought", [COMPOSED, DECOMPOSED])
def test_the_desk_finds_what_is_sought_in_pieces(sought):
    actor = ActorFactory(name=DECOMPOSED)

    assert [record.pk for record in search(Noun.ACTOR, type(actor).objects.all(), sought)] == [
        actor.pk
    ]


@pytest.mark.parametrize(
    "written",
    [
        "e\u0301te\u0301",
        "\u212a2",
        "a <\u0338 b",
        "\u1112\u1161\u11ab\u1100\u1173\u11af",
        "\uf900 – “x”",
    ],
)
def test_a_document_has_the_words_of_its_composed_text_in_whatever_script(written):
    composed = normalize("NFC", written)
    assert composed != written

    [(words, same)] = execute(
        "SELECT public.document_words(%s), public.document_words(%s)",
        json.dumps({"name": written}, ensure_ascii=False),
        json.dumps({"name": composed}, ensure_ascii=False),
    )

    assert words == same != ""


def test_no_text_is_changed_by_composing_unless_it_has_a_character_of_the_pattern():
    """Each of Unicode. What passes in each pair passes in each text:
    only neighbours compose, or change places.
    """
    [(number,)] = execute(f"SELECT count(*) FROM ({PASSED_OVER}) AS passed")
    changed = execute(
        f"WITH passed AS MATERIALIZED ({PASSED_OVER}) SELECT a.letter || b.letter FROM "
        f"passed a, passed b "
        "WHERE a.letter || b.letter IS NOT NFC NORMALIZED"
    )

    assert number == 0x2FF + 0x2027 - 0x2010 + 1
    assert changed == []


def test_a_row_of_any_script_is_looked_at():
    """Each character that composing changes, alone and after a letter, as Python knows them."""
    characters = [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code <= 0xDFFF]
    changing = [character for character in characters if normalize("NFC", character) != character]
    pieces = [normalize("NFD", character) for character in characters]
    changing += {piece[-1] for piece in pieces if len(piece) > 1}

    missed = execute(
        f"SELECT letter FROM unnest(%s::text[]) AS letter WHERE letter !~ (SELECT {PATTERN})",
        changing,
    )

    assert len(changing) > 1000
    assert missed == []


def test_no_text_hides_its_letters_from_the_pattern():
    """Columns of type json would keep them escaped: \\u0301."""
    hiding = execute(
        "SELECT attrelid::regclass::text, attname::text FROM pg_attribute JOIN pg_trigger ON "
        "tgrelid = attrelid WHERE tgname = 'composes_text' AND attnum > 0 AND atttypid IN "
        "('json'::regtype, 'xml'::regtype)"
    )

    assert hiding == []
