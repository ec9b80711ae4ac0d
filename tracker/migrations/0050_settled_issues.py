"""Issues say when and by what their question was settled."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import tracker.models.functions
from tracker.models.operations import NounTables
from tracker.models.rules import Rules


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0049_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="settled",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The day on which its question was decided, by a vote or an event: from then on nobody takes a position on it. Empty: it is open.",
                max_length=30,
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="settlement_source",
            field=models.ForeignKey(
                blank=True,
                help_text="The source that says so.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.source",
            ),
        ),
        migrations.AddField(
            model_name="issuedocument",
            name="settled",
            field=django.contrib.postgres.fields.ranges.DateRangeField(
                help_text="The days that the one can mean on which its question was settled.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="settlement",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What decided it, in one sentence of your own.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="settlement_locator",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Where in that source: “the vote on S/2019/186”.",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="settled_earliest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    django.db.models.functions.comparison.Cast("settled", models.TextField()),
                    function="edtf_earliest",
                    output_field=models.DateField(null=True),
                ),
                help_text="The first day that “settled” can mean.",
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="settled_latest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    django.db.models.functions.comparison.Cast("settled", models.TextField()),
                    function="edtf_latest",
                    output_field=models.DateField(null=True),
                ),
                help_text="The last day that “settled” can mean.",
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled", ""),
                    (
                        "settlement__regex",
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    ),
                    _connector="OR",
                ),
                name="issue_settlement_says_how",
                violation_error_code="settlement",
                violation_error_message="say in one sentence what settled it, or leave “settled” empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled", ""),
                    (
                        "settlement_locator__regex",
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    ),
                    _connector="OR",
                ),
                name="issue_settlement_says_where",
                violation_error_code="settlement_locator",
                violation_error_message="say where in the source, or leave “settled” empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled", ""), ("settlement_source__isnull", False), _connector="OR"
                ),
                name="issue_settlement_cites",
                violation_error_code="settlement_source",
                violation_error_message="name the source that says what settled it, or leave “settled” empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled", ""), _negated=True),
                    models.Q(
                        ("settlement", ""),
                        ("settlement_locator", ""),
                        ("settlement_source__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="issue_settlement_is_of_a_day",
                violation_error_code="settled",
                violation_error_message="write when it was settled, or leave its sentence, source and locator empty, too.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled", ""), models.Q(("question", ""), _negated=True), _connector="OR"
                ),
                name="issue_settlement_has_a_question",
                violation_error_code="settled",
                violation_error_message="a grouping issue has no question to settle; settle the issues below it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_earliest__isnull", True),
                    ("settled_earliest__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="issue_settlement_has_come",
                violation_error_code="settled",
                violation_error_message="it is a day to come; write it when it has come.",
            ),
        ),
        NounTables("issue", "e14b68af71ef", new=[]),
        Rules(issue_is_settled_after_its_first_claim="c896912fbdbe"),
    ]
