"""Editions aren't asked again for vetoes that they only rename, and have the moment at which they prove themselves."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0031_operations_in_plain_words")]
    operations = [
        Functions(editions="81cc52976ff4"),
        # No way back: functions stay, and the trigger of before refuses the date that they write.
        migrations.RunSQL(
            "DROP TRIGGER is_append_only ON public.tracker_edition; "
            "CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_edition FOR EACH ROW "
            "EXECUTE FUNCTION public.refuse('it is append-only'); "
            "CREATE TRIGGER is_dated BEFORE INSERT OR UPDATE ON public.tracker_edition FOR EACH ROW "
            "EXECUTE FUNCTION public.date_edition();"
        ),
    ]
