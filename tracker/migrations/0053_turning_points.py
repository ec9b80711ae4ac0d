"""Citations of claims may tell that these ended, and that nothing was found is nobody's rival."""

from django.db import migrations, models

from tracker.models.rules import Rules


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0052_quotes_of_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="alignmentcitation",
            name="ends",
            field=models.BooleanField(
                default=False, help_text="The source tells that it was so no longer."
            ),
        ),
        migrations.AddField(
            model_name="stancecitation",
            name="ends",
            field=models.BooleanField(
                default=False, help_text="The source tells that it was so no longer."
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentcitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends", False), ("relation", "supports"), _connector="OR"),
                name="alignment_citation_that_ends_supports",
                violation_error_code="ends",
                violation_error_message="a source that tells that it was so no longer supports it until then.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stancecitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends", False), ("relation", "supports"), _connector="OR"),
                name="stance_citation_that_ends_supports",
                violation_error_code="ends",
                violation_error_message="a source that tells that it was so no longer supports it until then.",
            ),
        ),
        Rules(stance_one_accepted_at_once="e3d16132f0df"),
    ]
