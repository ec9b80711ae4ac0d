"""What becomes of the rows of an upload, and what a person may choose for one."""

from django.db.models import TextChoices


class RowOutcome(TextChoices):
    """What becomes of a row, in the words of the preview."""

    CREATED = "created", "new"
    CHANGED = "changed", "changed"
    SAME = "same", "same"
    DUPLICATE = "duplicate", "duplicate"
    ERROR = "error", "error"
    EXISTING = "existing", "existing one used"
    LEFT_OUT = "left_out", "left out"


class UploadChoice(TextChoices):
    """What a person chose for a row."""

    USE = "use", "use the existing one"
    CREATE = "create", "create it anyway"
    LEAVE_OUT = "leave_out", "leave it out"
