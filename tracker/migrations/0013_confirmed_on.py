"""Documents of claims keep the day of the last check in a column: readers ask which were stale on a day."""

from django.db import migrations, models

FILLED = """
    ALTER TABLE tracker_{noun}document DISABLE TRIGGER USER;
    UPDATE tracker_{noun}document SET confirmed_on = (body::json ->> 'confirmed_on')::date;
    ALTER TABLE tracker_{noun}document ENABLE TRIGGER USER;
"""
CLAIMS = ("alignment", "stance")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0012_upload_row_values")]
    operations = [
        *(
            migrations.AddField(f"{noun}document", "confirmed_on", models.DateField(null=True))
            for noun in CLAIMS
        ),
        *(migrations.RunSQL(FILLED.format(noun=noun), "") for noun in CLAIMS),
    ]
