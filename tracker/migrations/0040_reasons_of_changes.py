"""Changes say why, each for itself, and links of the chain cover that."""

from django.db import migrations, models

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0039_predecessors"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="reason",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Why this record, if not for what the edition’s note says; public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason", ""),
                    (
                        "reason__regex",
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    ),
                    _connector="OR",
                ),
                name="change_reason_says_something",
                violation_error_code="reason",
                violation_error_message="readers see it; say something, or leave it empty.",
            ),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER composes_text BEFORE INSERT ON public.tracker_change FOR EACH ROW "
            "WHEN (NEW.reason <> '') EXECUTE FUNCTION public.compose_text();",
            "DROP TRIGGER composes_text ON public.tracker_change;",
        ),
        Functions(chain="9f57cf12a57f"),
    ]
