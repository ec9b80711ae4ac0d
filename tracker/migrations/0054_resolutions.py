"""Forecasts have resolutions: what is asked, and what became of them."""

import datetime

import django.db.models.deletion
from django.db import migrations, models

import tracker.models.functions
from tracker.models.operations import NounTables
from tracker.models.rules import Rules


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0053_turning_points"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlignmentResolution",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="A question of yes or no that an outsider can decide. Stays as it is once public.",
                        max_length=500,
                    ),
                ),
                (
                    "criteria",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="What counts as yes, and what as no. Stays as it is once public.",
                    ),
                ),
                (
                    "opens",
                    models.DateField(
                        blank=True,
                        help_text="The first day that counts. Stays as it is once public.",
                        null=True,
                    ),
                ),
                (
                    "due",
                    models.DateField(
                        blank=True,
                        help_text="The last day that counts. Stays as it is once public.",
                        null=True,
                    ),
                ),
                (
                    "whose",
                    models.CharField(
                        choices=[
                            ("source", "the source"),
                            ("team", "the team"),
                            ("third_parties", "third parties"),
                        ],
                        default="source",
                        help_text="Who expects what a forecast says.",
                        max_length=40,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("yes", "yes"),
                            ("no", "no"),
                            ("ambiguous", "ambiguous"),
                            ("void", "void"),
                        ],
                        default="open",
                        help_text="What became of a forecast, by the criteria that were written for it.",
                        max_length=40,
                    ),
                ),
                (
                    "resolved_on",
                    models.DateField(
                        blank=True,
                        help_text="The day of what decided it; empty while it is open.",
                        null=True,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="What happened; of ambiguous and void ones, why.",
                        max_length=1000,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True, default="", help_text="Where in it.", max_length=200
                    ),
                ),
                (
                    "retrospective",
                    models.BooleanField(
                        default=False,
                        help_text="Written when the outcome could be known: shown, and never scored. Stays as it is once public.",
                    ),
                ),
            ],
            options={
                "verbose_name": "resolution",
            },
        ),
        migrations.CreateModel(
            name="StanceResolution",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="A question of yes or no that an outsider can decide. Stays as it is once public.",
                        max_length=500,
                    ),
                ),
                (
                    "criteria",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="What counts as yes, and what as no. Stays as it is once public.",
                    ),
                ),
                (
                    "opens",
                    models.DateField(
                        blank=True,
                        help_text="The first day that counts. Stays as it is once public.",
                        null=True,
                    ),
                ),
                (
                    "due",
                    models.DateField(
                        blank=True,
                        help_text="The last day that counts. Stays as it is once public.",
                        null=True,
                    ),
                ),
                (
                    "whose",
                    models.CharField(
                        choices=[
                            ("source", "the source"),
                            ("team", "the team"),
                            ("third_parties", "third parties"),
                        ],
                        default="source",
                        help_text="Who expects what a forecast says.",
                        max_length=40,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("yes", "yes"),
                            ("no", "no"),
                            ("ambiguous", "ambiguous"),
                            ("void", "void"),
                        ],
                        default="open",
                        help_text="What became of a forecast, by the criteria that were written for it.",
                        max_length=40,
                    ),
                ),
                (
                    "resolved_on",
                    models.DateField(
                        blank=True,
                        help_text="The day of what decided it; empty while it is open.",
                        null=True,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="What happened; of ambiguous and void ones, why.",
                        max_length=1000,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True, default="", help_text="Where in it.", max_length=200
                    ),
                ),
                (
                    "retrospective",
                    models.BooleanField(
                        default=False,
                        help_text="Written when the outcome could be known: shown, and never scored. Stays as it is once public.",
                    ),
                ),
            ],
            options={
                "verbose_name": "resolution",
            },
        ),
        migrations.AddIndex(
            model_name="alignmentdocument",
            index=models.Index(
                condition=models.Q(("basis", "forecast")),
                fields=["record"],
                name="alignment_document_forecasts",
            ),
        ),
        migrations.AddIndex(
            model_name="stancedocument",
            index=models.Index(
                condition=models.Q(("basis", "forecast")),
                fields=["record"],
                name="stance_document_forecasts",
            ),
        ),
        migrations.AddField(
            model_name="alignmentresolution",
            name="alignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="resolutions",
                to="tracker.alignment",
            ),
        ),
        migrations.AddField(
            model_name="alignmentresolution",
            name="source",
            field=models.ForeignKey(
                blank=True,
                help_text="The source that says so.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.source",
            ),
        ),
        migrations.AddField(
            model_name="stanceresolution",
            name="source",
            field=models.ForeignKey(
                blank=True,
                help_text="The source that says so.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.source",
            ),
        ),
        migrations.AddField(
            model_name="stanceresolution",
            name="stance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="resolutions",
                to="tracker.stance",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("whose__in", ["source", "team", "third_parties"])),
                name="alignment_resolution_whose_is_known",
                violation_error_code="whose",
                violation_error_message="choose one of source, team, third_parties.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["open", "yes", "no", "ambiguous", "void"])),
                name="alignment_resolution_outcome_is_known",
                violation_error_code="outcome",
                violation_error_message="choose one of open, yes, no, ambiguous, void.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "question__regex",
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    )
                ),
                name="alignment_resolution_asks",
                violation_error_code="question",
                violation_error_message="ask what can be answered by yes or no.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "criteria__regex",
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    )
                ),
                name="alignment_resolution_has_criteria",
                violation_error_code="criteria",
                violation_error_message="say what counts as yes, and what as no.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens__isnull", True),
                    ("opens__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="alignment_resolution_opens_is_of_the_calendar",
                violation_error_code="opens",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due__isnull", True),
                    ("due__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="alignment_resolution_due_is_of_the_calendar",
                violation_error_code="due",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_on__isnull", True),
                    ("resolved_on__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="alignment_resolution_resolved_on_is_of_the_calendar",
                violation_error_code="resolved_on",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_on__isnull", True),
                    ("resolved_on__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="alignment_resolution_resolved_on_has_come",
                violation_error_code="resolved_on",
                violation_error_message="it is a day to come; write today or an earlier one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__isnull", False)),
                name="alignment_resolution_opens",
                violation_error_code="opens",
                violation_error_message="write the first day that counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("due__isnull", False)),
                name="alignment_resolution_is_due",
                violation_error_code="due",
                violation_error_message="write the last day that counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__lte", models.F("due"))),
                name="alignment_resolution_opens_before_it_is_due",
                violation_error_code="due",
                violation_error_message="it is before the first day that counts; correct one of the two.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "open"), ("resolved_on__isnull", False), _connector="OR"
                ),
                name="alignment_resolution_is_of_a_day",
                violation_error_code="resolved_on",
                violation_error_message="write the day of what decided it, or leave it open.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "open"), _negated=True),
                    ("resolved_on__isnull", True),
                    _connector="OR",
                ),
                name="alignment_resolution_open_has_no_day",
                violation_error_code="resolved_on",
                violation_error_message="it is open, so nothing decided it yet; leave the day empty, or choose what became of it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "open"), _negated=True),
                    models.Q(("source__isnull", True), ("locator", "")),
                    _connector="OR",
                ),
                name="alignment_resolution_open_cites_nothing",
                violation_error_code="source",
                violation_error_message="it is open, so no source says what became of it; leave source and locator empty, or choose an outcome.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "open"),
                    models.Q(("source__isnull", True), _negated=True),
                    models.Q(
                        models.Q(
                            ("outcome", "yes"), ("outcome", "no"), _connector="OR", _negated=True
                        ),
                        ("resolved_on__gte", models.F("due")),
                    ),
                    _connector="OR",
                ),
                name="alignment_resolution_cites",
                violation_error_code="source",
                violation_error_message="name the source that says so: yes and no need one, and whatever is decided before the due day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__isnull", True),
                    models.Q(("locator", ""), _negated=True),
                    _connector="OR",
                ),
                name="alignment_resolution_says_where",
                violation_error_code="locator",
                violation_error_message="say where in the source.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "open"),
                    ("outcome", "yes"),
                    ("outcome", "no"),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="alignment_resolution_says_why",
                violation_error_code="note",
                violation_error_message="say why it is neither yes nor no.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_on__isnull", True),
                    ("resolved_on__gte", models.F("opens")),
                    _connector="OR",
                ),
                name="alignment_resolution_was_open_before_it_was_resolved",
                violation_error_code="resolved_on",
                violation_error_message="it is before the first day that counts; correct one of the two.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentresolution",
            constraint=models.UniqueConstraint(
                fields=("alignment",), name="alignment_resolution_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("whose__in", ["source", "team", "third_parties"])),
                name="stance_resolution_whose_is_known",
                violation_error_code="whose",
                violation_error_message="choose one of source, team, third_parties.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["open", "yes", "no", "ambiguous", "void"])),
                name="stance_resolution_outcome_is_known",
                violation_error_code="outcome",
                violation_error_message="choose one of open, yes, no, ambiguous, void.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "question__regex",
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    )
                ),
                name="stance_resolution_asks",
                violation_error_code="question",
                violation_error_message="ask what can be answered by yes or no.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "criteria__regex",
                        "[^\\u0001-\\u0020\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0]",
                    )
                ),
                name="stance_resolution_has_criteria",
                violation_error_code="criteria",
                violation_error_message="say what counts as yes, and what as no.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens__isnull", True),
                    ("opens__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="stance_resolution_opens_is_of_the_calendar",
                violation_error_code="opens",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due__isnull", True),
                    ("due__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="stance_resolution_due_is_of_the_calendar",
                violation_error_code="due",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_on__isnull", True),
                    ("resolved_on__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="stance_resolution_resolved_on_is_of_the_calendar",
                violation_error_code="resolved_on",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_on__isnull", True),
                    ("resolved_on__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="stance_resolution_resolved_on_has_come",
                violation_error_code="resolved_on",
                violation_error_message="it is a day to come; write today or an earlier one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__isnull", False)),
                name="stance_resolution_opens",
                violation_error_code="opens",
                violation_error_message="write the first day that counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("due__isnull", False)),
                name="stance_resolution_is_due",
                violation_error_code="due",
                violation_error_message="write the last day that counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__lte", models.F("due"))),
                name="stance_resolution_opens_before_it_is_due",
                violation_error_code="due",
                violation_error_message="it is before the first day that counts; correct one of the two.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "open"), ("resolved_on__isnull", False), _connector="OR"
                ),
                name="stance_resolution_is_of_a_day",
                violation_error_code="resolved_on",
                violation_error_message="write the day of what decided it, or leave it open.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "open"), _negated=True),
                    ("resolved_on__isnull", True),
                    _connector="OR",
                ),
                name="stance_resolution_open_has_no_day",
                violation_error_code="resolved_on",
                violation_error_message="it is open, so nothing decided it yet; leave the day empty, or choose what became of it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "open"), _negated=True),
                    models.Q(("source__isnull", True), ("locator", "")),
                    _connector="OR",
                ),
                name="stance_resolution_open_cites_nothing",
                violation_error_code="source",
                violation_error_message="it is open, so no source says what became of it; leave source and locator empty, or choose an outcome.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "open"),
                    models.Q(("source__isnull", True), _negated=True),
                    models.Q(
                        models.Q(
                            ("outcome", "yes"), ("outcome", "no"), _connector="OR", _negated=True
                        ),
                        ("resolved_on__gte", models.F("due")),
                    ),
                    _connector="OR",
                ),
                name="stance_resolution_cites",
                violation_error_code="source",
                violation_error_message="name the source that says so: yes and no need one, and whatever is decided before the due day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__isnull", True),
                    models.Q(("locator", ""), _negated=True),
                    _connector="OR",
                ),
                name="stance_resolution_says_where",
                violation_error_code="locator",
                violation_error_message="say where in the source.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "open"),
                    ("outcome", "yes"),
                    ("outcome", "no"),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="stance_resolution_says_why",
                violation_error_code="note",
                violation_error_message="say why it is neither yes nor no.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_on__isnull", True),
                    ("resolved_on__gte", models.F("opens")),
                    _connector="OR",
                ),
                name="stance_resolution_was_open_before_it_was_resolved",
                violation_error_code="resolved_on",
                violation_error_message="it is before the first day that counts; correct one of the two.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stanceresolution",
            constraint=models.UniqueConstraint(fields=("stance",), name="stance_resolution_once"),
        ),
        NounTables("stance", "c5f0c6e17aba", new=["stanceresolution"]),
        NounTables("alignment", "3df5ff395fa0", new=["alignmentresolution"]),
        Rules(
            stance_resolution_is_of_a_forecast="bd020b7eb465",
            stance_resolution_stays="1a453e3bba2d",
            stance_resolution_comes_first="a83e7ed3c568",
            alignment_resolution_is_of_a_forecast="d595025e65fb",
            alignment_resolution_stays="11ea3c1102a0",
            alignment_resolution_comes_first="cca83f2cf6fe",
        ),
    ]
