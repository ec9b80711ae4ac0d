"""Votes say of which draft and in which meeting, and what was adopted without one; all three are found by search."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from tracker.models.rules import Rules
from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0047_rules_asked_sooner"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="vote",
            name="vote_words",
        ),
        migrations.AddField(
            model_name="vote",
            name="draft_symbol",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The draft that was voted on, where what was adopted has another symbol: “S/2015/547”.",
                max_length=100,
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="meeting_record",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The record of the meeting: “S/PV.7488”.",
                max_length=100,
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="without_vote",
            field=models.BooleanField(
                default=False,
                help_text="On if it was adopted without a vote: it has no ballots then, and no count.",
            ),
        ),
        migrations.AddField(
            model_name="votedocument",
            name="draft_symbol",
            field=models.CharField(max_length=100, null=True),
        ),
        migrations.AddField(
            model_name="votedocument",
            name="meeting_record",
            field=models.CharField(max_length=100, null=True),
        ),
        migrations.AddField(
            model_name="votedocument",
            name="without_vote",
            field=models.BooleanField(null=True),
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
                        "draft_symbol",
                        "meeting_record",
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
                    ("without_vote", False), ("outcome", "adopted"), _connector="OR"
                ),
                name="vote_without_vote_is_adopted",
                violation_error_code="without_vote",
                violation_error_message="without a vote it can only be adopted: choose that, or turn this off.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("without_vote", False),
                    models.Q(
                        ("tally_absent__isnull", True),
                        ("tally_abstain__isnull", True),
                        ("tally_no__isnull", True),
                        ("tally_yes__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="vote_without_vote_counts_nothing",
                violation_error_code="without_vote",
                violation_error_message="what was adopted without a vote has no count: take it out, or turn this off.",
            ),
        ),
        Functions(search="2b851a816742"),
        Rules(vote_without_vote_has_no_ballots="bfb13c35ea70"),
    ]
