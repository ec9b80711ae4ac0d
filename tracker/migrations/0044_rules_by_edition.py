"""Rules of the publication are queries of one file, and a table says which of them binds editions from which on.

Those that constraints of documents held become such rules too, so that they can change. Those of now held all along.
"""

import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import tracker.models.functions
from tracker.models.editions import LOCK
from tracker.models.rules import Rules
from tracker.models.triggers import Functions

TRIGGERS = [
    "CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_rulechange FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');",
    "CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_rulechange FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');",
    "CREATE TRIGGER is_linked_once BEFORE UPDATE ON public.tracker_rulechange FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('one link of the chain covers it', 'link', 'digest');",
    "CREATE TRIGGER is_linked_now AFTER UPDATE ON public.tracker_rulechange REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('link');",
]  # fmt: skip
RIGHTS = f"""
REVOKE INSERT, UPDATE, DELETE ON tracker_rulechange FROM {settings.APPLICATION};
REVOKE USAGE ON SEQUENCE tracker_rulechange_id_seq FROM {settings.APPLICATION};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0043_steps_of_reviews"),
    ]

    operations = [
        migrations.RunSQL(LOCK, migrations.RunSQL.noop),  # before documents, as publishers take it
        migrations.CreateModel(
            name="RuleChange",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(help_text="Its code.", max_length=100)),
                (
                    "text_digest",
                    models.CharField(
                        help_text="The SHA-256 of its text, in hexadecimal; empty: given up.",
                        max_length=64,
                    ),
                ),
                (
                    "edition",
                    models.PositiveIntegerField(help_text="The first edition that it binds."),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=tracker.models.functions.ClockTimestamp(),
                        help_text="When that was so decided (UTC).",
                    ),
                ),
                (
                    "link",
                    models.IntegerField(
                        help_text="The edition whose link of the chain covers it; none: not yet.",
                        null=True,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["link", "id"], name="rulechange_of_a_link")],
            },
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="alignmentdocument",
            name="alignment_document_cites_a_source",
        ),
        migrations.RemoveConstraint(
            model_name="alignmentdocument",
            name="alignment_document_one_accepted_at_once",
        ),
        migrations.RemoveConstraint(
            model_name="meetingdocument",
            name="meeting_document_cites_a_source",
        ),
        migrations.RemoveConstraint(
            model_name="stancedocument",
            name="stance_document_cites_a_source",
        ),
        migrations.RemoveConstraint(
            model_name="stancedocument",
            name="stance_document_one_accepted_at_once",
        ),
        migrations.RemoveConstraint(
            model_name="votedocument",
            name="vote_document_cites_a_source",
        ),
        migrations.RemoveConstraint(
            model_name="votedocument",
            name="vote_document_yes_within_its_tally",
        ),
        migrations.RemoveConstraint(
            model_name="votedocument",
            name="vote_document_no_within_its_tally",
        ),
        migrations.RemoveConstraint(
            model_name="votedocument",
            name="vote_document_abstain_within_its_tally",
        ),
        migrations.RemoveConstraint(
            model_name="votedocument",
            name="vote_document_absent_within_its_tally",
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                models.F("issue"),
                django.db.models.functions.comparison.Least("actor", "counterpart"),
                django.db.models.functions.comparison.Greatest("actor", "counterpart"),
                models.F("opened"),
                models.F("gone"),
                condition=models.Q(("standing", "accepted")),
                name="alignment_document_accepted",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                models.F("issue"),
                models.F("actor"),
                models.F("opened"),
                models.F("gone"),
                condition=models.Q(("standing", "accepted")),
                name="stance_document_accepted",
            ),
        ),
        Functions(chain="275ed80890de", editions="9a02a2e15faf", issues="3d37cf509899"),
        Rules(
            from_first=True,
            stance_cites_a_source="80cb261c4839",
            alignment_cites_a_source="5a9dfca0332a",
            meeting_cites_a_source="3998ccfbedc8",
            vote_cites_a_source="9d1c30f99a34",
            stance_forecasts_have_a_likelihood="29c8f5d5e686",
            alignment_forecasts_have_a_likelihood="962d7ebf6dc9",
            stance_one_accepted_at_once="f9b01cac25dc",
            alignment_one_accepted_at_once="d6c9a7eab4a7",
            stance_defers_to_another="09dd63652c9f",
            alignment_is_of_two_actors="38b6bba68495",
            stance_issue_has_a_question="79e70f960d03",
            issue_is_not_its_own_ancestor="39456818578e",
            vote_ballots_are_within_its_tally="4ce76bc23e2b",
            vote_veto_is_by_a_permanent_member="83df282e321a",
        ),
    ]
