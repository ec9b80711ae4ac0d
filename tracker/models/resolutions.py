"""Resolutions: a part of a claim that is a forecast, by which it is decided whether it came about.
One at most.
"""

from django.db import models

from tracker.models.constraints import days_of_the_calendar, has_come, known_terms, says_something
from tracker.models.fields import (
    DayField,
    FlagField,
    LineField,
    ProseField,
    ReferenceField,
    TermField,
)
from tracker.values.vocabularies import Forecaster, ForecastOutcome

OPEN = models.Q(outcome=ForecastOutcome.OPEN)
YES_OR_NO = models.Q(outcome=ForecastOutcome.YES) | models.Q(outcome=ForecastOutcome.NO)


class Resolution(models.Model):
    """What a forecast is asked, by what it is decided and when, and what became of it."""

    question = LineField(
        "A question of yes or no that an outsider can decide. Stays as it is once public.",
        max_length=500,
    )
    criteria = ProseField("What counts as yes, and what as no. Stays as it is once public.")
    opens = DayField("The first day that counts. Stays as it is once public.")
    due = DayField("The last day that counts. Stays as it is once public.")
    whose = TermField(Forecaster, default=Forecaster.SOURCE)
    outcome = TermField(ForecastOutcome, default=ForecastOutcome.OPEN)
    resolved_on = DayField("The day of what decided it; empty while it is open.")
    note = LineField("What happened; of ambiguous and void ones, why.", max_length=1000)
    source = ReferenceField("tracker.Source", "The source that says so.", null=True)
    locator = LineField("Where in it.", max_length=200)
    retrospective = FlagField(
        default=False,
        help_text=(
            "Written when the outcome could be known: shown, and never scored. Stays as it is "
            "once public."
        ),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"resolution {self.pk}"


def resolution_rules(owner: str) -> list[models.BaseConstraint]:
    """Return the constraints on the resolutions of a noun's claims."""
    table = f"{owner}_resolution"
    late = models.Q(resolved_on__gte=models.F("due"))
    uncited = models.Q(source__isnull=True)
    checks = (  # each with the field that is told
        ("opens", "opens", models.Q(opens__isnull=False), "write the first day that counts."),
        ("is_due", "due", models.Q(due__isnull=False), "write the last day that counts."),
        (
            "opens_before_it_is_due",
            "due",
            models.Q(opens__lte=models.F("due")),
            "it is before the first day that counts; correct one of the two.",
        ),
        (
            "is_of_a_day",
            "resolved_on",
            OPEN | models.Q(resolved_on__isnull=False),
            "write the day of what decided it, or leave it open.",
        ),
        (
            "open_has_no_day",
            "resolved_on",
            ~OPEN | models.Q(resolved_on__isnull=True),
            "it is open, so nothing decided it yet; leave the day empty, or choose what "
            "became of it.",
        ),
        (
            "open_cites_nothing",
            "source",
            ~OPEN | (uncited & models.Q(locator="")),
            "it is open, so no source says what became of it; leave source and locator "
            "empty, or choose an outcome.",
        ),
        (
            "cites",
            "source",
            OPEN | ~uncited | (~YES_OR_NO & late),
            "name the source that says so: yes and no need one, and whatever is decided "
            "before the due day.",
        ),
        ("says_where", "locator", uncited | ~models.Q(locator=""), "say where in the source."),
        (
            "says_why",
            "note",
            OPEN | YES_OR_NO | ~models.Q(note=""),
            "say why it is neither yes nor no.",
        ),
        (
            "was_open_before_it_was_resolved",
            "resolved_on",
            models.Q(resolved_on__isnull=True) | models.Q(resolved_on__gte=models.F("opens")),
            "it is before the first day that counts; correct one of the two.",
        ),
    )
    return [
        *known_terms(table, whose=Forecaster, outcome=ForecastOutcome),
        says_something(f"{table}_asks", "question", "ask what can be answered by yes or no."),
        says_something(
            f"{table}_has_criteria", "criteria", "say what counts as yes, and what as no."
        ),
        *(days_of_the_calendar(table, day) for day in ("opens", "due", "resolved_on")),
        has_come(table, "resolved_on"),
        *(
            models.CheckConstraint(
                name=f"{table}_{name}",
                condition=condition,
                violation_error_code=field,
                violation_error_message=says,
            )
            for name, field, condition, says in checks
        ),
        models.UniqueConstraint(fields=[owner], name=f"{table}_once"),
    ]
