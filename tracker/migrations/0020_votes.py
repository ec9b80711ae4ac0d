"""Votes and their ballots: the seventh noun.

Symbols of resolutions are found in both spellings; three themes of the General Assembly's come to those of issues.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tracker.models.triggers import Functions

TRIGGERS = [
    'CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_vote FOR EACH ROW EXECUTE FUNCTION public.compose_text();',
    "CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_vote REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', '', 'id');",
    "CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_vote REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', '', 'id');",
    "CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_vote REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', '', 'id');",
    "CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_vote FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');",
    "CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_vote FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');",
    "CREATE TRIGGER begins_at_one BEFORE INSERT ON public.tracker_vote FOR EACH ROW EXECUTE FUNCTION public.begin_at_one('vote');",
    "CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_vote FOR EACH ROW EXECUTE FUNCTION public.raise_version('held_earliest', 'held_latest');",
    "CREATE TRIGGER is_ahead_by_insert AFTER INSERT ON public.tracker_vote REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('vote');",
    "CREATE TRIGGER is_ahead_by_update AFTER UPDATE ON public.tracker_vote REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('vote');",
    "CREATE TRIGGER is_ahead_no_more AFTER DELETE ON public.tracker_vote REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('vote');",
    "CREATE TRIGGER public_is_not_deleted BEFORE DELETE ON public.tracker_vote FOR EACH ROW EXECUTE FUNCTION public.refuse_deletion_of_public('vote');",
    "CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF body_id, issue_id ON public.tracker_vote FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('vote', 'body_id', 'actor', 'issue_id', 'issue');",
    'CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_ballot FOR EACH ROW EXECUTE FUNCTION public.compose_text();',
    "CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_ballot REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', 'ballot', 'vote_id');",
    "CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_ballot REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', 'ballot', 'vote_id');",
    "CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_ballot REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', 'ballot', 'vote_id');",
    "CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_ballot FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');",
    "CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_ballot FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');",
    "CREATE TRIGGER keeps_owner BEFORE UPDATE OF vote_id ON public.tracker_ballot FOR EACH ROW WHEN (NEW.vote_id IS DISTINCT FROM OLD.vote_id) EXECUTE FUNCTION public.refuse_change('vote_id', 'a part never moves to another record');",
    "CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_ballot REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('vote', 'vote_id');",
    "CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_ballot REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('vote', 'vote_id');",
    "CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_ballot REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('vote', 'vote_id');",
    "CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF actor_id ON public.tracker_ballot FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('ballot', 'actor_id', 'actor');",
    'CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_votecitation FOR EACH ROW EXECUTE FUNCTION public.compose_text();',
    "CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_votecitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', 'citation', 'vote_id');",
    "CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_votecitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', 'citation', 'vote_id');",
    "CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_votecitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('vote', 'citation', 'vote_id');",
    "CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_votecitation FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');",
    "CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_votecitation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');",
    "CREATE TRIGGER keeps_owner BEFORE UPDATE OF vote_id ON public.tracker_votecitation FOR EACH ROW WHEN (NEW.vote_id IS DISTINCT FROM OLD.vote_id) EXECUTE FUNCTION public.refuse_change('vote_id', 'a part never moves to another record');",
    "CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_votecitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('vote', 'vote_id');",
    "CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_votecitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('vote', 'vote_id');",
    "CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_votecitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('vote', 'vote_id');",
    "CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF source_id ON public.tracker_votecitation FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('votecitation', 'source_id', 'source');",
    "CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_votedocument FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');",
    "CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_votedocument FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');",
    "CREATE TRIGGER closes_once BEFORE UPDATE ON public.tracker_votedocument FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('a document is closed once', 'closed', 'gone', 'digest');",
    "CREATE TRIGGER opens_now AFTER INSERT ON public.tracker_votedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('opened');",
    "CREATE TRIGGER closes_now AFTER UPDATE ON public.tracker_votedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('closed');",
    "CREATE TRIGGER is_seen AFTER INSERT ON public.tracker_votedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.forget_seen('vote');",
    'CREATE TRIGGER knows_its_words BEFORE INSERT ON public.tracker_votedocument FOR EACH ROW WHEN (NEW.search IS NULL) EXECUTE FUNCTION public.know_words();',
    "CREATE TRIGGER keeps_its_ref AFTER INSERT ON public.tracker_votedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.belong_to_one_record('ref', 'vote_document_ref_belongs_to_one_record_ever');",
]  # fmt: skip
# whom a merge asks for whether they name the loser still; nothing can be merged while this runs
NAMING = [
    'DROP TRIGGER merges_into_what_stands ON public.tracker_issue;',
    "CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_issue FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('issue', 'issue', 'parent_id', '', '', 'stance', 'issue_id', '', '', 'alignment', 'issue_id', '', '', 'discussion', 'issue_id', 'meeting_id', 'meeting', 'vote', 'issue_id', '', '');",
    'DROP TRIGGER merges_into_what_stands ON public.tracker_actor;',
    "CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_actor FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('actor', 'coreinterest', 'actor_id', 'issue_id', 'issue', 'membership', 'organization_id', 'actor_id', 'actor', 'stance', 'actor_id', '', '', 'stance', 'defers_to_id', '', '', 'alignment', 'actor_id', '', '', 'alignment', 'counterpart_id', '', '', 'participant', 'actor_id', 'meeting_id', 'meeting', 'participant', 'represented_by_id', 'meeting_id', 'meeting', 'vote', 'body_id', '', '', 'ballot', 'actor_id', '', '');",
    'DROP TRIGGER merges_into_what_stands ON public.tracker_source;',
    "CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_source FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('source', 'membership', 'source_id', 'actor_id', 'actor', 'stancecitation', 'source_id', '', '', 'alignmentcitation', 'source_id', '', '', 'meetingcitation', 'source_id', 'meeting_id', 'meeting', 'votecitation', 'source_id', '', '');",
    'DROP TRIGGER merges_into_what_stands ON public.tracker_meeting;',
    "CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_meeting FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('meeting');",
]  # fmt: skip
STORAGE = (
    "ALTER TABLE public.tracker_votedocument SET (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02, "
    "autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)"
)
NOUNS = ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"]
VIEW = "CREATE OR REPLACE VIEW public.tracker_document AS " + " UNION ALL ".join(
    f"SELECT '{noun}'::text AS noun, id, record, version, opened, closed, gone, shape, body "  # noqa: S608
    f"FROM public.tracker_{noun}document"
    for noun in NOUNS
)
RIGHTS = f"""
REVOKE UPDATE, DELETE ON tracker_votedocument FROM {settings.APPLICATION};
GRANT UPDATE (closed) ON tracker_votedocument TO {settings.APPLICATION};
GRANT SELECT ON tracker_votedocument TO {settings.READER};
"""


def may_write(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let all groups write votes, and make the permissions for that, which Django would make only afterwards."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config("tracker")
    config.models_module = True  # type: ignore[assignment]  # else nothing is made from a historical state
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    codenames = [
        f"{verb}_{model}"
        for verb in ("view", "add", "change", "delete")
        for model in ("vote", "ballot", "votecitation")
    ]
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    own = permissions.filter(codename__in=codenames, content_type__app_label="tracker")
    for group in apps.get_model("auth", "Group").objects.using(alias).all():
        group.permissions.add(*own)


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0019_one_address_one_source"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Functions(
            words="3c76e6706f84",
            search="fef7adfa49fb",
            votes="301a1c708295",
            chain="5b6c22a53413",
            editions="5db1d97def92",
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("yes", "yes"),
                            ("no", "no"),
                            ("abstain", "abstain"),
                            ("absent", "absent"),
                            ("not_participating", "not participating"),
                        ],
                        help_text="What a member did in a vote.",
                        max_length=40,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="What is to be said of it: that it had meant to vote otherwise, for instance.",
                        max_length=1000,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1,
                        editable=False,
                        help_text="Raised by every change of the record or of its parts.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("editing", "editing"), ("in_review", "in review")],
                        default="editing",
                        editable=False,
                        help_text="Where a record stands in the team's work; whether it is public is told by the publication.",
                        max_length=40,
                    ),
                ),
                (
                    "symbol",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The document voted on, as the body writes it: “S/2019/186”.",
                        max_length=100,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="A short label of what is voted on.",
                        max_length=300,
                    ),
                ),
                (
                    "held",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The day of the vote; empty: unknown.",
                        max_length=30,
                    ),
                ),
                (
                    "session",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="The number of the session, where the body has any.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resolution", "resolution"),
                            ("draft", "draft"),
                            ("amendment", "amendment"),
                            ("paragraph", "paragraph"),
                            ("procedural", "procedural"),
                            ("other", "other"),
                        ],
                        help_text="On what a body votes.",
                        max_length=40,
                    ),
                ),
                (
                    "amends",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The symbol, or the ref of the vote, of which this is an amendment or a paragraph.",
                        max_length=100,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("adopted", "adopted"),
                            ("rejected", "rejected"),
                            ("vetoed", "vetoed"),
                            ("not_known", "not known"),
                        ],
                        default="not_known",
                        help_text="What the body decided.",
                        max_length=40,
                    ),
                ),
                (
                    "yes_means",
                    models.CharField(
                        blank=True,
                        choices=[("supports", "supports"), ("opposes", "opposes")],
                        default="",
                        help_text="What a yes says of the question of the issue.",
                        max_length=40,
                    ),
                ),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("energy", "energy"),
                                ("defense", "defense"),
                                ("infrastructure", "infrastructure"),
                                ("trade", "trade"),
                                ("finance", "finance"),
                                ("nuclear_weapons", "nuclear weapons"),
                                ("sanctions", "sanctions"),
                                ("human_rights", "human rights"),
                                ("security", "security"),
                                ("diplomacy", "diplomacy"),
                                ("territory", "territory"),
                                ("governance", "governance"),
                                ("disarmament", "disarmament"),
                                ("development", "development"),
                                ("decolonization", "decolonization"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="What an issue or a vote is about. Any number.",
                        size=None,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="What was voted on and what came of it, in a few sentences.",
                    ),
                ),
                (
                    "tally_yes",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="How many voted in favour, as the record counts; empty: not known.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(999),
                        ],
                    ),
                ),
                (
                    "tally_no",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="How many voted against.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(999),
                        ],
                    ),
                ),
                (
                    "tally_abstain",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="How many abstained.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(999),
                        ],
                    ),
                ),
                (
                    "tally_absent",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="How many members were absent.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(999),
                        ],
                    ),
                ),
                (
                    "ballots_complete",
                    models.BooleanField(
                        default=True,
                        help_text="Off if a ballot of a member that this tracker follows is not evidenced.",
                    ),
                ),
                (
                    "held_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("held", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “held” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "held_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("held", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “held” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VoteCitation",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[("supports", "supports"), ("contradicts", "contradicts")],
                        default="supports",
                        help_text="What a source does to the claim that cites it.",
                        max_length=40,
                    ),
                ),
                (
                    "locator_label",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("act", "act"),
                            ("appendix", "appendix"),
                            ("article-locator", "article locator"),
                            ("book", "book"),
                            ("canon", "canon"),
                            ("chapter", "chapter"),
                            ("column", "column"),
                            ("elocation", "elocation"),
                            ("equation", "equation"),
                            ("figure", "figure"),
                            ("folio", "folio"),
                            ("issue", "issue"),
                            ("line", "line"),
                            ("note", "note"),
                            ("opus", "opus"),
                            ("page", "page"),
                            ("paragraph", "paragraph"),
                            ("part", "part"),
                            ("rule", "rule"),
                            ("scene", "scene"),
                            ("section", "section"),
                            ("sub-verbo", "sub verbo"),
                            ("supplement", "supplement"),
                            ("table", "table"),
                            ("timestamp", "timestamp"),
                            ("title-locator", "title locator"),
                            ("verse", "verse"),
                            ("version", "version"),
                            ("volume", "volume"),
                        ],
                        default="",
                        help_text="Where in a source the claim is found, in the locator terms of CSL 1.0.2.",
                        max_length=40,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Where in the source: “Venezuela, paragraph 2”.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        blank=True, default="", help_text="The words of the source, if they matter."
                    ),
                ),
                (
                    "quote_language",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The quote's language, as a BCP 47 tag.",
                        max_length=35,
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1: confirmed"),
                            ("2", "2: probably true"),
                            ("3", "3: possibly true"),
                            ("4", "4: doubtful"),
                            ("5", "5: improbable"),
                            ("6", "6: cannot be judged"),
                        ],
                        default="",
                        help_text="How far this piece of information is to be believed (Admiralty code).",
                        max_length=40,
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
            },
        ),
        migrations.CreateModel(
            name="VoteDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.IntegerField(help_text="The id of the record at the desk.")),
                (
                    "version",
                    models.PositiveIntegerField(
                        help_text="The desk's version of which its own data were rendered."
                    ),
                ),
                (
                    "opened",
                    models.ForeignKey(
                        db_column="opened",
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                (
                    "closed",
                    models.ForeignKey(
                        db_column="closed",
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                    ),
                ),
                (
                    "gone",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            "closed", 2147483647
                        ),
                        output_field=models.IntegerField(),
                    ),
                ),
                (
                    "shape",
                    models.PositiveSmallIntegerField(
                        help_text="The number of the renderer's form."
                    ),
                ),
                ("body", models.TextField(help_text="The record as JSON, as rendered.")),
                ("ref", models.CharField(max_length=100, null=True)),
                (
                    "search",
                    django.contrib.postgres.search.SearchVectorField(
                        help_text="The words of the body, names first."
                    ),
                ),
                (
                    "digest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("opened", "body", function="public.document_digest"),
                        help_text="The SHA-256 of the record as the API writes it.",
                        output_field=models.BinaryField(),
                    ),
                ),
                ("own_body", models.IntegerField()),
                ("symbol", models.CharField(max_length=100)),
                ("session", models.SmallIntegerField(null=True)),
                ("kind", models.CharField(max_length=40)),
                ("amends", models.CharField(max_length=100)),
                ("outcome", models.CharField(max_length=40)),
                ("issue", models.IntegerField(null=True)),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("tally_yes", models.SmallIntegerField(null=True)),
                ("tally_no", models.SmallIntegerField(null=True)),
                ("tally_abstain", models.SmallIntegerField(null=True)),
                ("tally_absent", models.SmallIntegerField(null=True)),
                (
                    "yes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "no",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "abstain",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "absent",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "not_participating",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                ("sort", models.DateField()),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="ahead",
            name="ahead_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="change",
            name="change_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="issue",
            name="issue_themes_are_known",
        ),
        migrations.RemoveConstraint(
            model_name="mention",
            name="mention_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="mention",
            name="mention_named_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="review",
            name="review_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="unchanged",
            name="unchanged_noun_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="upload",
            name="upload_noun_is_known",
        ),
        migrations.AlterField(
            model_name="ahead",
            name="noun",
            field=models.CharField(
                choices=[
                    ("issue", "issue"),
                    ("actor", "actor"),
                    ("source", "source"),
                    ("stance", "stance"),
                    ("alignment", "alignment"),
                    ("meeting", "meeting"),
                    ("vote", "vote"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="noun",
            field=models.CharField(
                choices=[
                    ("issue", "issue"),
                    ("actor", "actor"),
                    ("source", "source"),
                    ("stance", "stance"),
                    ("alignment", "alignment"),
                    ("meeting", "meeting"),
                    ("vote", "vote"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="noun",
            field=models.CharField(
                choices=[
                    ("issue", "issue"),
                    ("actor", "actor"),
                    ("source", "source"),
                    ("stance", "stance"),
                    ("alignment", "alignment"),
                    ("meeting", "meeting"),
                    ("vote", "vote"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="issue",
            name="themes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("energy", "energy"),
                        ("defense", "defense"),
                        ("infrastructure", "infrastructure"),
                        ("trade", "trade"),
                        ("finance", "finance"),
                        ("nuclear_weapons", "nuclear weapons"),
                        ("sanctions", "sanctions"),
                        ("human_rights", "human rights"),
                        ("security", "security"),
                        ("diplomacy", "diplomacy"),
                        ("territory", "territory"),
                        ("governance", "governance"),
                        ("disarmament", "disarmament"),
                        ("development", "development"),
                        ("decolonization", "decolonization"),
                    ],
                    max_length=40,
                ),
                blank=True,
                default=list,
                help_text="What an issue or a vote is about. Any number.",
                size=None,
            ),
        ),
        migrations.AlterField(
            model_name="mention",
            name="named_noun",
            field=models.CharField(
                choices=[
                    ("issue", "issue"),
                    ("actor", "actor"),
                    ("source", "source"),
                    ("stance", "stance"),
                    ("alignment", "alignment"),
                    ("meeting", "meeting"),
                    ("vote", "vote"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="mention",
            name="noun",
            field=models.CharField(
                choices=[
                    ("issue", "issue"),
                    ("actor", "actor"),
                    ("source", "source"),
                    ("stance", "stance"),
                    ("alignment", "alignment"),
                    ("meeting", "meeting"),
                    ("vote", "vote"),
                ],
                help_text="The noun of the document.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="noun",
            field=models.CharField(
                choices=[
                    ("issue", "issue"),
                    ("actor", "actor"),
                    ("source", "source"),
                    ("stance", "stance"),
                    ("alignment", "alignment"),
                    ("meeting", "meeting"),
                    ("vote", "vote"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="unchanged",
            name="noun",
            field=models.CharField(
                choices=[
                    ("issue", "issue"),
                    ("actor", "actor"),
                    ("source", "source"),
                    ("stance", "stance"),
                    ("alignment", "alignment"),
                    ("meeting", "meeting"),
                    ("vote", "vote"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="upload",
            name="noun",
            field=models.CharField(
                choices=[
                    ("issue", "issue"),
                    ("actor", "actor"),
                    ("source", "source"),
                    ("stance", "stance"),
                    ("alignment", "alignment"),
                    ("meeting", "meeting"),
                    ("vote", "vote"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="ahead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"],
                    )
                ),
                name="ahead_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"],
                    )
                ),
                name="change_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"],
                    )
                ),
                name="event_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "themes__contained_by",
                        [
                            "energy",
                            "defense",
                            "infrastructure",
                            "trade",
                            "finance",
                            "nuclear_weapons",
                            "sanctions",
                            "human_rights",
                            "security",
                            "diplomacy",
                            "territory",
                            "governance",
                            "disarmament",
                            "development",
                            "decolonization",
                        ],
                    )
                ),
                name="issue_themes_are_known",
                violation_error_code="themes",
                violation_error_message="choose from energy, defense, infrastructure, trade, finance, nuclear_weapons, sanctions, human_rights, security, diplomacy, territory, governance, disarmament, development, decolonization.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"],
                    )
                ),
                name="mention_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "named_noun__in",
                        ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"],
                    )
                ),
                name="mention_named_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"],
                    )
                ),
                name="review_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unchanged",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"],
                    )
                ),
                name="unchanged_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"],
                    )
                ),
                name="upload_noun_is_known",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignmentdocument",
            name="alignment_document_cites_a_source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        django.db.models.functions.comparison.Cast("body", models.JSONField()),
                        output_field=models.BooleanField(),
                        template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')",
                    )
                ),
                name="alignment_document_cites_a_source",
                violation_error_message="citations: a published claim, held meeting or vote cites at least one source, with a locator or a quote.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meetingdocument",
            name="meeting_document_cites_a_source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True),
                    models.Func(
                        django.db.models.functions.comparison.Cast("body", models.JSONField()),
                        output_field=models.BooleanField(),
                        template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')",
                    ),
                    _connector="OR",
                ),
                name="meeting_document_cites_a_source",
                violation_error_message="citations: a published claim, held meeting or vote cites at least one source, with a locator or a quote.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stancedocument",
            name="stance_document_cites_a_source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("position", "no_evidence"),
                    models.Func(
                        django.db.models.functions.comparison.Cast("body", models.JSONField()),
                        output_field=models.BooleanField(),
                        template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')",
                    ),
                    _connector="OR",
                ),
                name="stance_document_cites_a_source",
                violation_error_message="citations: a published claim, held meeting or vote cites at least one source, with a locator or a quote.",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="actor",
            field=models.ForeignKey(
                help_text="Which member.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="body",
            field=models.ForeignKey(
                help_text="The organization that decides.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="issue",
            field=models.ForeignKey(
                blank=True,
                help_text="The issue on whose question the vote bears.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.issue",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="vote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ballots",
                to="tracker.vote",
            ),
        ),
        migrations.AddField(
            model_name="votecitation",
            name="source",
            field=models.ForeignKey(
                help_text="The source.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.source",
            ),
        ),
        migrations.AddField(
            model_name="votecitation",
            name="vote",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="tracker.vote",
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(
                condition=models.Q(("state", "in_review")), fields=["id"], name="vote_in_review"
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(
                models.OrderBy(models.F("held_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="vote_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(
                models.OrderBy(models.F("body")),
                models.OrderBy(models.F("held_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="vote_by_body",
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(
                models.OrderBy(models.F("kind")),
                models.OrderBy(models.F("held_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="vote_by_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(
                models.OrderBy(models.F("outcome")),
                models.OrderBy(models.F("held_latest"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="vote_by_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(fields=["symbol"], name="vote_symbol"),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    models.Func(
                        "title",
                        models.Func(
                            models.Func(
                                "symbol",
                                function="spellings",
                                output_field=django.contrib.postgres.fields.ArrayField(
                                    base_field=models.TextField(), size=None
                                ),
                            ),
                            function="joined",
                            output_field=models.TextField(),
                        ),
                        "amends",
                        "summary",
                        "ref",
                        function="folded",
                        output_field=models.TextField(),
                    ),
                    name="gin_trgm_ops",
                ),
                name="vote_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"
                ),
                name="vote_ref_has_its_form",
                violation_error_code="ref",
                violation_error_message="use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["editing", "in_review"])),
                name="vote_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["resolution", "draft", "amendment", "paragraph", "procedural", "other"],
                    )
                ),
                name="vote_kind_is_known",
                violation_error_code="kind",
                violation_error_message="choose one of resolution, draft, amendment, paragraph, procedural, other.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["adopted", "rejected", "vetoed", "not_known"])),
                name="vote_outcome_is_known",
                violation_error_code="outcome",
                violation_error_message="choose one of adopted, rejected, vetoed, not_known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("yes_means__in", ["supports", "opposes", ""])),
                name="vote_yes_means_is_known",
                violation_error_code="yes_means",
                violation_error_message="choose one of supports, opposes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "themes__contained_by",
                        [
                            "energy",
                            "defense",
                            "infrastructure",
                            "trade",
                            "finance",
                            "nuclear_weapons",
                            "sanctions",
                            "human_rights",
                            "security",
                            "diplomacy",
                            "territory",
                            "governance",
                            "disarmament",
                            "development",
                            "decolonization",
                        ],
                    )
                ),
                name="vote_themes_are_known",
                violation_error_code="themes",
                violation_error_message="choose from energy, defense, infrastructure, trade, finance, nuclear_weapons, sanctions, human_rights, security, diplomacy, territory, governance, disarmament, development, decolonization.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("themes"),
                    output_field=models.BooleanField(),
                    template="NOT jsonb_path_exists(to_jsonb(%(expressions)s), 'strict $[*] ? (@.type() != \"string\")')",
                ),
                name="vote_themes_is_a_list",
                violation_error_code="themes",
                violation_error_message="write a list of texts, each of which says something.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("session__isnull", True), ("session__range", (1, 999)), _connector="OR"
                ),
                name="vote_session_is_within_bounds",
                violation_error_code="session",
                violation_error_message="write a number from 1 to 999, or none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tally_yes__isnull", True), ("tally_yes__range", (0, 999)), _connector="OR"
                ),
                name="vote_tally_yes_is_within_bounds",
                violation_error_code="tally_yes",
                violation_error_message="write a number from 0 to 999, or none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tally_no__isnull", True), ("tally_no__range", (0, 999)), _connector="OR"
                ),
                name="vote_tally_no_is_within_bounds",
                violation_error_code="tally_no",
                violation_error_message="write a number from 0 to 999, or none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tally_abstain__isnull", True),
                    ("tally_abstain__range", (0, 999)),
                    _connector="OR",
                ),
                name="vote_tally_abstain_is_within_bounds",
                violation_error_code="tally_abstain",
                violation_error_message="write a number from 0 to 999, or none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tally_absent__isnull", True),
                    ("tally_absent__range", (0, 999)),
                    _connector="OR",
                ),
                name="vote_tally_absent_is_within_bounds",
                violation_error_code="tally_absent",
                violation_error_message="write a number from 0 to 999, or none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("yes_means", ""), ("issue__isnull", False), _connector="OR"),
                name="vote_says_of_which_issue",
                violation_error_code="yes_means",
                violation_error_message="a yes means something for an issue only; name that, or leave this empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("tally_abstain__isnull", False),
                        ("tally_no__isnull", False),
                        ("tally_yes__isnull", False),
                    ),
                    models.Q(
                        ("tally_absent__isnull", True),
                        ("tally_abstain__isnull", True),
                        ("tally_no__isnull", True),
                        ("tally_yes__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="vote_tally_is_whole",
                violation_error_code="tally_yes",
                violation_error_message="give how many voted yes, no and abstained, all three, or no count at all.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("choice__in", ["yes", "no", "abstain", "absent", "not_participating"])
                ),
                name="ballot_choice_is_known",
                violation_error_code="choice",
                violation_error_message="choose one of yes, no, abstain, absent, not_participating.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("vote", "actor"), name="ballot_once_a_vote"),
        ),
        migrations.AddConstraint(
            model_name="votecitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["supports", "contradicts"])),
                name="vote_citation_relation_is_known",
                violation_error_code="relation",
                violation_error_message="choose one of supports, contradicts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votecitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "locator_label__in",
                        [
                            "act",
                            "appendix",
                            "article-locator",
                            "book",
                            "canon",
                            "chapter",
                            "column",
                            "elocation",
                            "equation",
                            "figure",
                            "folio",
                            "issue",
                            "line",
                            "note",
                            "opus",
                            "page",
                            "paragraph",
                            "part",
                            "rule",
                            "scene",
                            "section",
                            "sub-verbo",
                            "supplement",
                            "table",
                            "timestamp",
                            "title-locator",
                            "verse",
                            "version",
                            "volume",
                            "",
                        ],
                    )
                ),
                name="vote_citation_locator_label_is_known",
                violation_error_code="locator_label",
                violation_error_message="choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votecitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6", ""])),
                name="vote_citation_credibility_is_known",
                violation_error_code="credibility",
                violation_error_message="choose one of 1, 2, 3, 4, 5, 6.",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(fields=["opened", "record"], name="vote_opened"),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", False)), fields=["closed"], name="vote_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(
                condition=models.Q(("ref__isnull", False)),
                fields=["ref", "record"],
                name="vote_ref_ever",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", True)),
                fields=["search"],
                name="vote_search_now",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("closed__isnull", False)),
                fields=["search"],
                name="vote_search_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["-sort", "-record"],
                include=("id", "own_body", "issue"),
                name="vote_now",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(
                fields=["-sort", "-record", "opened", "gone"],
                include=("id", "own_body", "issue"),
                name="vote_then",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["own_body", "-sort", "-record"],
                include=("id", "issue"),
                name="vote_now_own_body",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(
                fields=["own_body", "-sort", "-record", "opened", "gone"],
                include=("id", "issue"),
                name="vote_then_own_body",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(
                condition=models.Q(("closed__isnull", True)),
                fields=["issue", "-sort", "-record"],
                include=("id", "own_body"),
                name="vote_now_issue",
            ),
        ),
        migrations.AddIndex(
            model_name="votedocument",
            index=models.Index(
                fields=["issue", "-sort", "-record", "opened", "gone"],
                include=("id", "own_body"),
                name="vote_then_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="votedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed__gt", models.F("opened"))),
                name="vote_document_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="votedocument",
            constraint=models.UniqueConstraint(
                fields=("record", "opened"),
                include=("gone", "digest"),
                name="vote_document_opens_once_an_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="votedocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed__isnull", True)),
                fields=("record",),
                name="vote_document_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="votedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(
                        django.db.models.functions.comparison.Cast("body", models.JSONField()),
                        output_field=models.BooleanField(),
                        template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')",
                    )
                ),
                name="vote_document_cites_a_source",
                violation_error_message="citations: a published claim, held meeting or vote cites at least one source, with a locator or a quote.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tally_yes__isnull", True),
                    (
                        "tally_yes__gte",
                        models.Func(
                            "yes", function="cardinality", output_field=models.IntegerField()
                        ),
                    ),
                    _connector="OR",
                ),
                name="vote_document_yes_within_its_tally",
                violation_error_message="ballots: more members cast yes than the tally counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tally_no__isnull", True),
                    (
                        "tally_no__gte",
                        models.Func(
                            "no", function="cardinality", output_field=models.IntegerField()
                        ),
                    ),
                    _connector="OR",
                ),
                name="vote_document_no_within_its_tally",
                violation_error_message="ballots: more members cast no than the tally counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tally_abstain__isnull", True),
                    (
                        "tally_abstain__gte",
                        models.Func(
                            "abstain", function="cardinality", output_field=models.IntegerField()
                        ),
                    ),
                    _connector="OR",
                ),
                name="vote_document_abstain_within_its_tally",
                violation_error_message="ballots: more members cast abstain than the tally counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tally_absent__isnull", True),
                    (
                        "tally_absent__gte",
                        models.Func(
                            "absent", function="cardinality", output_field=models.IntegerField()
                        ),
                    ),
                    _connector="OR",
                ),
                name="vote_document_absent_within_its_tally",
                violation_error_message="ballots: more members cast absent than the tally counts.",
            ),
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(NAMING, migrations.RunSQL.noop),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
        migrations.RunSQL(VIEW, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunPython(may_write, migrations.RunPython.noop),
    ]
