"""Days that every date can name, lists of texts, names of texts: what every form of the records can write.

Rows that stand are not looked at: one that has something else is refused when it is next saved.
"""

import datetime

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

A_LIST = (
    "CASE coalesce(array_ndims(%(expressions)s), 1) "
    "WHEN 1 THEN array_position(%(expressions)s, NULL) IS NULL ELSE false END"
)
OF_TEXTS = (
    "coalesce(NOT jsonb_path_exists(%(expressions)s, 'strict "
    '$[*].* ? (@.type() != "string" && @.type() != "boolean" && @.type() != "null")'
    "', '{}', true), true)"
)
LISTS = (("actor", "aliases"), ("issue", "themes"), ("source", "keywords"), ("stance", "instruments"))
DAYS = (("source", "accessed_on"), ("stance", "confirmed_on"), ("alignment", "confirmed_on"))
FIRST, LAST = datetime.date(1, 1, 1), datetime.date(9999, 12, 31)


def rule(field, template):
    return models.Func(models.F(field), template=template, output_field=models.BooleanField())


class Migration(migrations.Migration):
    dependencies = [("tracker", "0025_secured_functions")]
    operations = [
        *(
            AddConstraintNotValid(
                model_name=table,
                constraint=models.CheckConstraint(
                    name=f"{table}_{field}_is_a_list",
                    condition=rule(field, A_LIST),
                    violation_error_message=f"{field}: write a list of texts, each of which says something.",
                ),
            )
            for table, field in LISTS
        ),
        *(
            AddConstraintNotValid(
                model_name=table,
                constraint=models.CheckConstraint(
                    name=f"{table}_{field}_is_of_the_calendar",
                    condition=models.Q((f"{field}__isnull", True)) | models.Q((f"{field}__range", (FIRST, LAST))),
                    violation_error_message=f"{field}: write a day of the years 1 to 9999.",
                ),
            )
            for table, field in DAYS
        ),
        AddConstraintNotValid(
            model_name="source",
            constraint=models.CheckConstraint(
                name="source_authors_hold_texts",
                condition=rule("authors", OF_TEXTS),
                violation_error_message="authors: write each part of a name as a text.",
            ),
        ),
    ]
