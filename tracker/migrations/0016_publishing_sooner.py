"""Documents are written sooner: by fewer indexes, and none that is slow to write.

What belongs to one record for ever was said by an exclusion constraint. Its index was the dearest of all, and served
readers no better than an ordinary one; a trigger says it now.
"""

from django.db import migrations, models

from tracker.models.triggers import Functions

NOUNS = ["issue", "actor", "source", "stance", "alignment", "meeting"]
EVER = [("issue", "slug"), ("actor", "slug"), *((noun, "ref") for noun in NOUNS)]


def _trigger(noun: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER keeps_its_{column} AFTER INSERT ON public.tracker_{noun}document "
        "REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "
        f"public.belong_to_one_record('{column}', '{noun}_document_{column}_belongs_to_one_record_ever');",
        f"DROP TRIGGER keeps_its_{column} ON public.tracker_{noun}document",
    )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0015_claims_share_fields")]
    operations = [
        Functions(changes="67448df33ce5", documents="7d8f51abcf1e"),
        *(
            migrations.AddIndex(
                f"{noun}document",
                models.Index(
                    fields=[column, "record"],
                    condition=models.Q(**{f"{column}__isnull": False}),
                    name=f"{noun}_{column}_ever",
                ),
            )
            for noun, column in EVER
        ),
        *(_trigger(noun, column) for noun, column in EVER),
        *(
            migrations.RemoveConstraint(
                f"{noun}document", f"{noun}_document_{column}_belongs_to_one_record_ever"
            )
            for noun, column in EVER
        ),
        *(
            migrations.RemoveConstraint(f"{noun}document", f"{noun}_document_opens_once_an_edition")
            for noun in NOUNS
        ),
        *(
            migrations.AddConstraint(
                f"{noun}document",
                models.UniqueConstraint(
                    fields=["record", "opened"],
                    include=["gone", "digest"],
                    name=f"{noun}_document_opens_once_an_edition",
                ),
            )
            for noun in NOUNS
        ),
        *(migrations.RemoveIndex(f"{noun}document", f"{noun}_digests") for noun in NOUNS),
    ]
