"""An edition has the moment at which it proves itself, not that at which its making began."""

from django.db import migrations

from tracker.models.triggers import Functions


class Migration(migrations.Migration):
    dependencies = [("tracker", "0032_vetoes_hold")]
    operations = [
        Functions(editions="81cc52976ff4"),
        migrations.RunSQL(
            "DROP TRIGGER is_append_only ON public.tracker_edition; "
            "CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_edition FOR EACH ROW "
            "EXECUTE FUNCTION public.refuse('it is append-only'); "
            "CREATE TRIGGER is_dated BEFORE INSERT OR UPDATE ON public.tracker_edition FOR EACH ROW "
            "EXECUTE FUNCTION public.date_edition();",
            "DROP TRIGGER is_dated ON public.tracker_edition; "
            "DROP TRIGGER is_append_only ON public.tracker_edition; "
            "CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_edition FOR EACH ROW "
            "EXECUTE FUNCTION public.refuse('it is append-only');",
        ),
    ]
