"""A text that must say something says something that is seen; and what counts requests has the name of the field."""

from django.db import migrations, models

VISIBLE = (
    r"[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
A_NAME = "write one, of letters that are seen."
A_NOTE = "readers see it; say something, or leave it empty."
WHY = "say why the claim is contested."
ACCEPTED = models.Q(standing="accepted")
CONSTRAINTS = {
    "actor_has_a_name": ("actor", "name", A_NAME, models.Q()),
    "issue_has_a_title": ("issue", "title", A_NAME, models.Q()),
    "meeting_has_a_title": ("meeting", "title", A_NAME, models.Q()),
    "source_has_a_title": ("source", "title", A_NAME, models.Q()),
    "token_has_a_name": ("token", "name", A_NAME, models.Q()),
    "edition_note_says_something": ("edition", "note", A_NOTE, models.Q(note="")),
    "review_says_something": (
        "review",
        "text",
        "say something.",
        ~models.Q(act__in=["sent_back", "commented"]),
    ),
    "stance_contested_says_why": ("stance", "standing_note", WHY, ACCEPTED),
    "alignment_contested_says_why": ("alignment", "standing_note", WHY, ACCEPTED),
}


class Migration(migrations.Migration):
    dependencies = [("tracker", "0017_words_on_the_stage")]
    operations = [
        migrations.RenameModel("Pace", "Throttle"),
        *(migrations.RemoveConstraint(model, name) for name, (model, *_) in CONSTRAINTS.items()),
        *(
            migrations.AddConstraint(
                model,
                models.CheckConstraint(
                    name=name,
                    condition=unless | models.Q(**{f"{field}__regex": VISIBLE}),
                    violation_error_code=field,
                    violation_error_message=says,
                ),
            )
            for name, (model, field, says, unless) in CONSTRAINTS.items()
        ),
    ]
