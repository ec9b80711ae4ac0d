"""What whoever may do everything in the database can change: a line for each, with what `verify`
says of it then, or with what docs/operations.md says of why it finds nothing.
"""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings

from tests.factories import UserFactory
from tests.models.rows import deferred_checked
from tests.publishing.releases.acts import released
from tests.verify.world import World, complaints, damage, run
from tracker.models import ChangeSet, Undoing, Upload
from tracker.models.triggers import source

pytestmark = pytest.mark.django_db
GUIDE = (
    Path(settings.BASE_DIR, "docs/operations.md").read_text().partition("What it can't find:")[2]
)
DIGEST = (
    "CREATE OR REPLACE FUNCTION public.document_digest(opened int, body text) RETURNS bytea "
    "LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp "
    "AS $$ BEGIN RETURN sha256(''); END $$"
)
LINK_DIGEST = (
    "CREATE OR REPLACE FUNCTION public.link_digest(before bytea, link public.tracker_link) "
    "RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN link.digest"
)
OTHERWISE = "it is not as the tracker has it"

COMPLAINTS: dict[str, tuple[list[str], list[str]]] = {
    "a trigger is disabled": (
        ["ALTER TABLE tracker_event DISABLE TRIGGER is_append_only"],
        ["trigger is_append_only of tracker_event: it is disabled"],
    ),
    "a trigger fires no more but in replication": (
        ["ALTER TABLE tracker_edition ENABLE REPLICA TRIGGER proves_itself"],
        ["trigger proves_itself of tracker_edition: it is disabled"],
    ),
    "all triggers are disabled, those of foreign keys too": (
        ["ALTER TABLE tracker_link DISABLE TRIGGER ALL"],
        [
            *("trigger RI_ConstraintTrigger_c_N of tracker_link: it is disabled",) * 2,
            *(
                f"trigger {name} of tracker_link: it is disabled"
                for name in ("is_append_only", "is_made_now", "refuses_truncate")
            ),
        ],
    ),
    "a trigger is dropped": (
        ["DROP TRIGGER refuses_truncate ON tracker_change"],
        ["trigger refuses_truncate of tracker_change: it is missing"],
    ),
    "a trigger is made again with another condition": (
        [
            "DROP TRIGGER keeps_id ON tracker_actor",
            "CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON tracker_actor FOR EACH ROW WHEN "
            "(NEW.id = OLD.id) EXECUTE FUNCTION refuse_change('id', 'an id never changes')",
        ],
        [f"trigger keeps_id of tracker_actor: {OTHERWISE}"],
    ),
    "a trigger is added": (
        [
            "CREATE TRIGGER mine BEFORE INSERT ON tracker_event FOR EACH ROW "
            "EXECUTE FUNCTION suppress_redundant_updates_trigger()"
        ],
        ["trigger mine of tracker_event: it is not one of the tracker’s"],
    ),
    "a rule stands in for a trigger": (
        ["CREATE RULE quiet AS ON UPDATE TO tracker_stance DO INSTEAD NOTHING"],
        ["tracker_stance: it has the rule quiet"],
    ),
    "the function of digests is replaced": (
        [DIGEST],
        [f"function document_digest(opened integer, body text): {OTHERWISE}"],
    ),
    "a function of the chain, in SQL, is replaced": (
        [LINK_DIGEST],
        [f"function link_digest(before bytea, link tracker_link): {OTHERWISE}"],
    ),
    "a function loses its search path": (
        ["ALTER FUNCTION public.refuse() RESET search_path"],
        [f"function refuse(): {OTHERWISE}"],
    ),
    "a function works as the owner": (
        ["ALTER FUNCTION public.refuse() SECURITY DEFINER"],
        [f"function refuse(): {OTHERWISE}"],
    ),
    "the application may call what writes the chain": (
        ["GRANT EXECUTE ON FUNCTION public.add_link TO tracker_app"],
        [f"function add_link(made integer): {OTHERWISE}"],
    ),
    "another function of the name is called instead": (
        ["CREATE FUNCTION public.survivor(smallint) RETURNS int LANGUAGE sql RETURN 1"],
        ["function survivor(smallint): it is not one of the tracker’s"],
    ),
    "the application may rewrite history": (
        ["GRANT UPDATE, TRUNCATE ON tracker_event TO tracker_app"],
        ["tracker_app: it may TRUNCATE tracker_event", "tracker_app: it may UPDATE tracker_event"],
    ),
    "the application may rewrite one column": (
        ["GRANT UPDATE (note) ON tracker_edition TO tracker_app"],
        ["tracker_app: it may UPDATE tracker_edition (note)"],
    ),
    "the application may set the number of the next event": (
        ["GRANT UPDATE ON SEQUENCE tracker_event_id_seq TO tracker_app"],
        ["tracker_app: it may UPDATE tracker_event_id_seq"],
    ),
    "the application has the rights of the owner": (
        ["GRANT tracker_owner TO tracker_app"],
        ["tracker_app: it may do what tracker_owner may"],
    ),
    "somebody inherits the rights of the owner": (
        ["CREATE ROLE mallory", "GRANT tracker_owner TO mallory"],
        ["mallory: it inherits what tracker_owner may"],
    ),
    "somebody may write everywhere": (
        ["CREATE ROLE mallory", "GRANT pg_write_all_data TO mallory"],
        ["mallory: it inherits what pg_write_all_data may"],
    ),
    "somebody may hang a trigger on the past": (
        ["CREATE ROLE mallory", "GRANT ALL ON tracker_event TO mallory"],
        [
            f"mallory: it may {right} tracker_event"
            for right in ("DELETE", "INSERT", "TRIGGER", "TRUNCATE", "UPDATE")
        ],
    ),
    "a function of another name works as the owner": (
        [
            "SET ROLE tracker_owner",
            "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1",
            "SET ROLE NONE",
        ],
        ["function mine(): it is not one of the tracker’s"],
    ),
    "the reader may read the desk": (
        ["GRANT SELECT ON tracker_stance TO tracker_reader"],
        ["tracker_reader: it may SELECT tracker_stance"],
    ),
    "the reader may read who published": (
        ["GRANT SELECT (published_by_id) ON tracker_edition TO tracker_reader"],
        ["tracker_reader: it may SELECT tracker_edition (published_by_id)"],
    ),
    "everybody may write": (
        ["GRANT DELETE ON tracker_review TO PUBLIC"],
        ["public: it may DELETE tracker_review"],
    ),
    "the reader may read no more": (
        ["REVOKE SELECT ON tracker_mention FROM tracker_reader"],
        ["tracker_reader: it may not SELECT tracker_mention"],
    ),
    "the reader is a superuser": (
        ["ALTER ROLE tracker_reader SUPERUSER"],
        ["tracker_reader: it may do everything"],
    ),
    "a note on what is ahead is gone": (
        ["DELETE FROM tracker_ahead WHERE (noun, record) = ('stance', {draft})"],
        ["stance {draft}: the desk is ahead of the publication, and lists of drafts don't know it"],
    ),
    "a note on what is ahead is of another version": (
        [
            "UPDATE tracker_ahead SET version = version - 1 WHERE (noun, record) = "
            "('stance', {stance})"
        ],
        [
            "stance {stance}: the desk is ahead of the publication, and lists of drafts "
            "don't know it"
        ],
    ),
    "a release is gone, but not its files": (
        [
            "INSERT INTO tracker_releasefile (release_id, name, media_type, sha256, size) "
            "VALUES (9, 'actors.csv', 'text/csv', repeat('0', 64), 0)"
        ],
        ["actors.csv, a file of release number 9: there is no such release"],
    ),
    "a digest is made by another function, and the function put back": (
        [
            DIGEST,
            "UPDATE tracker_actordocument SET body = body WHERE opened = 2",
            source("digests"),
        ],
        [
            "actor {actor}, opened by edition 2: its digest is not that of its body",
            "edition 2: the chain tells that its documents that it opened and closed were "
            "otherwise when it was made",
        ],
    ),
}


@pytest.mark.parametrize("kind", COMPLAINTS)
def test_what_is_changed_is_found(world, kind):
    statements, expected = (list(map(numbered(world), each)) for each in COMPLAINTS[kind])

    tampered(*statements)

    assert [re.sub(r"_[0-9]+ ", "_N ", says) for says in complaints()] == expected


OF_AN_ADMINISTRATOR = {
    "a table with all that it has": [
        "CREATE TABLE public.mine (id int GENERATED ALWAYS AS IDENTITY, at timestamptz)",
        "CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
        "NEW; END'",
        "CREATE TRIGGER touches BEFORE UPDATE ON public.mine FOR EACH ROW EXECUTE FUNCTION "
        "public.touch()",
        "CREATE RULE quiet AS ON DELETE TO public.mine DO INSTEAD NOTHING",
        "CREATE VIEW public.ours AS SELECT number FROM public.tracker_edition",
    ],
    "a backup": [
        "CREATE ROLE backup LOGIN",
        "GRANT pg_read_all_data TO backup",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO backup",
    ],
    "a vacuum": [
        "CREATE ROLE vacuum LOGIN",
        "GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO vacuum",
    ],
    "who refers to ours": ["CREATE ROLE other LOGIN", "GRANT REFERENCES ON tracker_actor TO other"],
    "who reads as readers do": ["CREATE ROLE reports LOGIN", "GRANT tracker_reader TO reports"],
    "logins": [
        "CREATE ROLE one LOGIN",
        "GRANT tracker_owner, tracker_app, tracker_reader TO one WITH INHERIT FALSE, SET TRUE",
        "CREATE ROLE root LOGIN SUPERUSER",
        "GRANT tracker_owner TO root",
    ],
}


@pytest.mark.parametrize("kind", OF_AN_ADMINISTRATOR)
def test_what_an_administrator_keeps_beside_the_tracker_is_no_alarm(kind):
    tampered(*OF_AN_ADMINISTRATOR[kind])

    assert complaints() == []


# By what is changed: how, and what the guide says of it.
DOCUMENTED: dict[str, tuple[list[str], str]] = {
    "an event with its row, since the latest edition": (
        [
            "UPDATE tracker_stance SET summary = 'Otherwise.' WHERE id = {stance}",
            'UPDATE tracker_event SET after = after || \'{"summary": "Otherwise."}\' WHERE '
            "id = "
            "(SELECT max(id) FROM tracker_event WHERE (noun, part, record) = ('stance', '', "
            "{stance}))",
        ],
        "**What the desk did since the latest edition**",
    ),
    "which change set undid which": (
        ["DELETE FROM tracker_undoing"],
        "which change set undid which",
    ),
    "a row of a staged upload": (
        ["UPDATE tracker_upload SET name = 'another.csv'"],
        "files that wait to be imported",
    ),
    "a note on what is ahead that is superfluous": (
        ["INSERT INTO tracker_ahead (noun, record, version) VALUES ('actor', {actor}, 99)"],
        "a superfluous row of `tracker_ahead`",
    ),
    "the transaction of an edition": (
        ["UPDATE tracker_edition SET transaction = 1"],
        "the `transaction` of an edition or a release",
    ),
    "a right of a person": (["UPDATE auth_user SET is_superuser = true"], "accounts"),
    "a constraint": (
        ["ALTER TABLE tracker_stance DROP CONSTRAINT stance_defers_to_another"],
        "Constraints and indexes",
    ),
}


@pytest.mark.parametrize("kind", DOCUMENTED)
def test_what_is_not_found_is_documented(world, kind):
    with_more_than_records()
    statements, guide = DOCUMENTED[kind]

    tampered(*map(numbered(world), statements))

    assert complaints() == []
    assert guide in " ".join(GUIDE.split())


# Tables of which nothing is proved, which the guide names as what they are for.
UNPROVED = {
    *(
        "tracker_failedattempts",
        "tracker_keptanswer",
        "tracker_review",
        "tracker_throttle",
        "tracker_token",
    ),
    *(
        "tracker_checkedbackup",
        "tracker_undoing",
        "tracker_upload",
        "tracker_uploadpiece",
        "tracker_uploadrow",
    ),
}
# Of which the world has no rows; tests of their own damage them.
EMPTY = {
    "tracker_alignmentresolution",
    "tracker_ballot",
    "tracker_coreinterest",
    "tracker_frame",
    "tracker_predecessor",
    "tracker_stanceresolution",
    "tracker_unchanged",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "table", [model._meta.db_table for model in apps.get_app_config("tracker").get_models()]
)
def test_a_table_that_is_emptied_is_found_or_documented(world, table):
    with_more_than_records()
    with deferred_checked():
        released("2026.1")
    with damage():
        rows = run(f"DELETE FROM {table}")

    assert rows or table in UNPROVED | EMPTY
    assert not rows or bool(complaints()) == (table not in UNPROVED)


def numbered(world: World):
    names = {name: getattr(world, name).pk for name in ("draft", "stance", "actor")}
    return lambda text: re.sub(
        r"\{(draft|stance|actor)\}", lambda match: str(names[match[1]]), text
    )


def with_more_than_records() -> None:
    """Let there be an undoing, an upload and a person."""
    with damage():
        undone, by = (
            ChangeSet.objects.get(),
            ChangeSet.objects.create(id=uuid4(), reason="Undo.", channel="admin"),
        )
    Undoing.objects.create(undone=undone, by=by, is_whole=True)
    Upload.objects.create(made_by=UserFactory(), name="mine.csv", noun="actor", kind="csv")
    run("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")


def tampered(*statements: str) -> None:
    """Run statements as a superuser, each of which must hit something."""
    with damage():
        for statement in statements:
            assert run(statement), statement
