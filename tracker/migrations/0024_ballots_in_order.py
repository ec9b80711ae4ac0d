"""Documents of votes have who cast a choice in order, so that an actor is found among them by halves."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

CHOICES = ("yes", "no", "abstain", "absent", "not_participating")
ORDERED = {
    name: models.Func(name, function="array_sort", output_field=ArrayField(models.IntegerField()))
    for name in CHOICES
}
FILLED = f"""
    ALTER TABLE tracker_votedocument DISABLE TRIGGER USER;
    UPDATE tracker_votedocument SET {", ".join(f"{name} = array_sort({name})" for name in CHOICES)}
    WHERE {" OR ".join(f"{name} <> array_sort({name})" for name in CHOICES)};
    ALTER TABLE tracker_votedocument ENABLE TRIGGER USER;
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("tracker", "0023_asked_once_a_statement")]
    operations = [
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "votedocument",
            models.CheckConstraint(
                name="vote_document_ballots_in_order",
                condition=models.Q(*ORDERED.items()),
                violation_error_message="ballots: a document has who cast the same in the order of their numbers.",
            ),
        ),
    ]
