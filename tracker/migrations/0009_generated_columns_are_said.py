"""Triggers are told which columns are generated, and keep the plans of what each edition asks."""

from django.db import migrations

from tracker.models.triggers import Functions

DAYS = "'since_earliest', 'since_latest', 'until_earliest', 'until_latest'"
GENERATED = {
    "alignment": DAYS,
    "meeting": DAYS,
    "source": "'issued_earliest', 'issued_latest', 'url_key'",
    "stance": DAYS,
}


def raises_version(noun: str, generated: str) -> str:
    """Return the statements that make the trigger again."""
    return (
        f"DROP TRIGGER raises_version ON public.tracker_{noun}; "
        f"CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_{noun} FOR EACH ROW "
        f"EXECUTE FUNCTION public.raise_version({generated});"
    )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0008_importance")]
    operations = [
        Functions(editions="1424c47c92fe", records="6f02a01aabd8"),
        *(
            migrations.RunSQL(raises_version(noun, columns), raises_version(noun, ""))
            for noun, columns in GENERATED.items()
        ),
    ]
