"""What somebody does in a review is a step, so that *act* is free; its rules and its index name the column."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0042_any_noun"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="review",
            name="review_act_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="review",
            name="review_only_what_moves_is_to_somebody",
        ),
        migrations.RemoveConstraint(
            model_name="review",
            name="review_names_another_to_merge_into",
        ),
        migrations.RemoveConstraint(
            model_name="review",
            name="review_says_something",
        ),
        migrations.RemoveIndex(
            model_name="review",
            name="review_merge_proposed",
        ),
        migrations.RenameField(
            model_name="review",
            old_name="act",
            new_name="step",
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("step", "merge_proposed")),
                fields=["noun", "id"],
                name="review_merge_proposed",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "submitted",
                            "withdrawn",
                            "sent_back",
                            "approved",
                            "assigned",
                            "commented",
                            "merge_proposed",
                        ],
                    )
                ),
                name="review_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step__in", ["sent_back", "commented"]), _negated=True),
                    (
                        "text__regex",
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    ),
                    _connector="OR",
                ),
                name="review_says_something",
                violation_error_code="text",
                violation_error_message="say something.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("step__in", ("approved", "commented", "merge_proposed")), _negated=True
                    ),
                    ("to__isnull", True),
                    _connector="OR",
                ),
                name="review_only_what_moves_is_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("step", "merge_proposed"),
                        ("survivor__isnull", False),
                        ("survivor_version__isnull", False),
                        models.Q(("survivor", models.F("record")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("step", "merge_proposed"), _negated=True),
                        ("survivor__isnull", True),
                        ("survivor_version__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="review_names_another_to_merge_into",
            ),
        ),
    ]
