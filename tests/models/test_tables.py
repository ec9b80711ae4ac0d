"""What is known of the desk's tables is what PostgreSQL has of them."""

import pytest

from tests.models.rows import DESK, execute, make
from tracker.models.nouns import noun_of
from tracker.models.tables import IN_ORDER, TABLES, owner_of, table_of, tables_of
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
RECORDS = {f"tracker_{noun}": noun for noun in Noun}
COLUMNS = """
    SELECT attname, attgenerated <> '' FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""
FOREIGN_KEYS = """
    SELECT attname, confrelid::regclass::text FROM pg_constraint
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND conrelid = %s::regclass
"""
UNIQUE = """
    SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary
"""
WRITES_EVENTS = """
    SELECT string_to_array(encode(tgargs, 'escape'), '\\000') FROM pg_trigger
    WHERE tgrelid = %s::regclass AND tgname LIKE '%%event_of_insert'
"""


def test_there_is_one_of_each_model_and_records_come_before_their_parts():
    assert {table.model for table in TABLES} == set(DESK)
    assert [table_of(table.model) for table in TABLES] == list(TABLES)
    assert [table for noun in Noun for table in tables_of(noun).values()] == list(TABLES)
    assert all(next(iter(tables_of(noun))) == "" for noun in Noun)
    assert set(IN_ORDER) == set(Noun)


@each_table
def test_columns_are_those_of_the_database_and_attributes_of_rows(table):
    columns = dict(execute(COLUMNS, table.name))

    assert {column: column in table.generated for column in table.fields} == columns
    assert {column: field.attname for column, field in table.fields.items()} == {
        column: column for column in columns
    }


@each_table
def test_what_is_written_is_what_neither_the_database_nor_a_trigger_sets(table):
    rest = {*table.generated, "id"} | (set() if table.part else {"version", "state"})

    assert set(table.written) == set(table.fields) - rest
    assert set(table.written) - set(table.own) == set(table.fields) & {
        table.owner,
        "merged_into_id",
    } - {"id"}


@each_table
def test_foreign_keys_are_those_of_the_database(table):
    refers_to = {
        column: RECORDS[name]
        for column, name in execute(FOREIGN_KEYS, table.name)
        if name in RECORDS
    }

    assert table.foreign_keys == refers_to
    assert table.references == {
        column: noun
        for column, noun in refers_to.items()
        if column not in {table.owner, "merged_into_id"}
    }


@each_table
def test_unique_keys_are_those_of_the_database(table):
    assert {key.name for key in table.unique_keys} == {
        name for (name,) in execute(UNIQUE, table.name)
    }
    assert table.key == (
        () if not (table.part and table.unique_keys) else table.unique_keys[0].columns
    )


@each_table
def test_events_call_its_rows_and_their_owner_as_it_does(table):
    ((arguments,),) = execute(WRITES_EVENTS, table.name)

    assert arguments[:3] == [table.noun.value, table.part, table.owner]


@each_table
def test_whose_a_row_is(table):
    row = make(table.model)

    noun, record = owner_of(row)

    assert noun is table.noun
    assert record == (getattr(row, noun.value).pk if table.part else row.pk)
    if table.part:
        owner = getattr(row, noun.value)
        assert noun_of(owner) is noun
        assert list(getattr(owner, table.listed_as).filter(pk=row.pk)) == [row]
