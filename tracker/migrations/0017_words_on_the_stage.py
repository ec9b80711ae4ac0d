"""A document takes the words that were worked out on the stage of its edition; without, it works them out.

That documents and changes are of an edition, triggers of their statements say already, so no foreign key looks it up
for each row; and one index of changes by their record is enough.
"""

from django.db import migrations, models

NOUNS = ["issue", "actor", "source", "stance", "alignment", "meeting"]
MADE = (
    "DROP TRIGGER knows_its_words ON public.tracker_{noun}document; "
    "CREATE TRIGGER knows_its_words BEFORE INSERT ON public.tracker_{noun}document FOR EACH ROW {condition}"
    "EXECUTE FUNCTION public.know_words();"
)
KEYS = [
    ("change", "edition"),
    *((f"{noun}document", column) for noun in NOUNS for column in ("opened", "closed")),
]


def _key(column: str) -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey(
        "tracker.edition",
        on_delete=models.PROTECT,
        related_name="changes" if column == "edition" else "+",
        db_column=column,
        null=column == "closed",
        db_constraint=False,
        db_index=False,
    )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0016_publishing_sooner")]
    operations = [
        *(
            migrations.RunSQL(
                MADE.format(noun=noun, condition="WHEN (NEW.search IS NULL) "),
                MADE.format(noun=noun, condition=""),
            )
            for noun in NOUNS
        ),
        *(migrations.AlterField(model, column, _key(column)) for model, column in KEYS),
        migrations.RemoveConstraint("change", "change_once_per_record_and_edition"),
        migrations.RemoveIndex("change", "change_of_record"),
        migrations.AddConstraint(
            "change",
            models.UniqueConstraint(
                fields=["noun", "record", "edition"], name="change_once_per_record_and_edition"
            ),
        ),
    ]
