"""Somebody proposes to withdraw a record, which somebody else carries out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0061_sources_of_resolutions"),
    ]

    operations = [
        migrations.AddField(
            model_name="review",
            name="proposes_retraction",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Readers should no longer see it; somebody else may withdraw it.",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("proposes_retraction", True)),
                fields=["noun", "id"],
                name="review_retraction_proposed",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposes_retraction", True), _negated=True),
                    ("step", "commented"),
                    _connector="OR",
                ),
                name="review_proposes_retraction_by_a_comment",
            ),
        ),
    ]
