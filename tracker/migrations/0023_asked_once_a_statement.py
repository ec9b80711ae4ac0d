"""What inserted rows name is asked once a statement, each record once: a row at a time took a tenth of an import."""

from django.db import migrations

from tracker.models.triggers import Functions

NAMES = {
    "issue": "parent_id issue",
    "coreinterest": "actor_id actor",
    "membership": "organization_id actor source_id source",
    "frame": "source_id source",
    "stance": "actor_id actor issue_id issue defers_to_id actor",
    "stancecitation": "source_id source",
    "alignment": "issue_id issue actor_id actor counterpart_id actor",
    "alignmentcitation": "source_id source",
    "meetingcitation": "source_id source",
    "participant": "actor_id actor represented_by_id actor",
    "discussion": "issue_id issue",
    "vote": "body_id actor issue_id issue",
    "ballot": "actor_id actor",
    "votecitation": "source_id source",
}
TRIGGERS = """
    DROP TRIGGER names_what_stands ON public.tracker_{0};
    CREATE TRIGGER names_what_stands AFTER INSERT ON public.tracker_{0} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION public.name_what_stands({1});
    CREATE TRIGGER names_what_stands_now BEFORE UPDATE OF {2} ON public.tracker_{0}
    FOR EACH ROW EXECUTE FUNCTION public.name_what_stands({1});
"""


def triggers(table: str, names: list[str]) -> migrations.RunSQL:
    arguments = ", ".join(f"'{argument}'" for argument in (table, *names))
    return migrations.RunSQL(
        TRIGGERS.format(table, arguments, ", ".join(names[::2])), migrations.RunSQL.noop
    )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0022_plans_for_any_number")]
    operations = [
        Functions(editions="7390318c8dcb", merging="88f56d0fb558"),
        *(triggers(table, names.split()) for table, names in NAMES.items()),
    ]
