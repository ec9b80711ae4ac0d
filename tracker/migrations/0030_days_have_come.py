"""No check, and nothing that was read or held, lies in the future."""

from django.db import migrations, models

import tracker.models.functions


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0029_days_to_come"),
    ]

    operations = [
        migrations.AlterField(
            model_name="alignment",
            name="confirmed_on",
            field=models.DateField(
                blank=True,
                help_text="The day somebody last checked that it still held; by default the first day that the newest cited source's date can mean.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="stance",
            name="confirmed_on",
            field=models.DateField(
                blank=True,
                help_text="The day somebody last checked that it still held; by default the first day that the newest cited source's date can mean.",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on__isnull", True),
                    ("confirmed_on__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="alignment_confirmed_on_has_come",
                violation_error_message="confirmed_on: it is a day to come; write today or an earlier one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True),
                    ("since_earliest__isnull", True),
                    ("since_earliest__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="meeting_that_was_held_has_begun",
                violation_error_message="since: its first day is to come, so it wasn’t held yet; correct the day, or choose “planned” or “expected”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accessed_on__isnull", True),
                    ("accessed_on__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="source_accessed_on_has_come",
                violation_error_message="accessed_on: it is a day to come; write today or an earlier one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on__isnull", True),
                    ("confirmed_on__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="stance_confirmed_on_has_come",
                violation_error_message="confirmed_on: it is a day to come; write today or an earlier one.",
            ),
        ),
    ]
