"""A note for readers is empty or says something; what editions say that were made before stays."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0033_chain_holds")]
    operations = [
        AddConstraintNotValid(
            "edition",
            models.CheckConstraint(
                name="edition_note_says_something",
                condition=models.Q(note="") | models.Q(note__regex=r"\S"),
                violation_error_message="note: readers see it; say something, or leave it empty.",
            ),
        ),
    ]
