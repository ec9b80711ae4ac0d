"""A slug or ref that was public is refused to any other record where it is written. What has one already keeps it."""

from django.db import migrations

from tracker.models.triggers import Functions

COLUMNS = {
    "issue": ("ref", "slug"),
    "actor": ("ref", "slug"),
    "source": ("ref",),
    "stance": ("ref",),
    "alignment": ("ref",),
    "meeting": ("ref",),
    "vote": ("ref",),
}


class Migration(migrations.Migration):
    dependencies = [("tracker", "0036_former_states")]
    operations = [
        Functions(documents="1ca0b1791db7"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER takes_no_public_{column} AFTER INSERT ON public.tracker_{noun} "
                "REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT "
                f"EXECUTE FUNCTION public.take_no_public_key('{noun}', '{column}');"
                f"CREATE TRIGGER takes_no_public_{column}_now AFTER UPDATE OF {column} ON public.tracker_{noun} "
                f"FOR EACH ROW WHEN (NEW.{column} IS DISTINCT FROM OLD.{column}) "
                f"EXECUTE FUNCTION public.take_no_public_key('{noun}', '{column}');",
                f"DROP TRIGGER takes_no_public_{column}_now ON public.tracker_{noun};"
                f"DROP TRIGGER takes_no_public_{column} ON public.tracker_{noun};",
            )
            for noun, columns in COLUMNS.items()
            for column in columns
        ),
    ]
