"""The rule of lists of texts, in a form that can be asked of a value too, before it is written."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

A_LIST = "NOT jsonb_path_exists(to_jsonb(%(expressions)s), 'strict $[*] ? (@.type() != \"string\")')"
LISTS = (("actor", "aliases"), ("issue", "themes"), ("source", "keywords"), ("stance", "instruments"))


def anew(table, field):
    """Yield the operations that give a list its rule anew; rows that stand are not looked at."""
    name = f"{table}_{field}_is_a_list"
    yield migrations.RemoveConstraint(table, name)
    yield AddConstraintNotValid(
        table,
        models.CheckConstraint(
            name=name,
            condition=models.Func(models.F(field), template=A_LIST, output_field=models.BooleanField()),
            violation_error_message=f"{field}: write a list of texts, each of which says something.",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0036_notes_say_something")]
    operations = [operation for table, field in LISTS for operation in anew(table, field)]
