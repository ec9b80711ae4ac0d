import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import tracker.models.functions
import tracker.models.triggers


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tracker", "0001_functions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alignment",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, editable=False, help_text="Raised by every change of the record or of its parts."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("editing", "editing"), ("in_review", "in review")],
                        default="editing",
                        editable=False,
                        help_text="Where a record stands in the team's work; whether it is public is told by the publication.",
                        max_length=40,
                    ),
                ),
                (
                    "pattern",
                    models.CharField(
                        choices=[
                            ("coordinated", "coordinated"),
                            ("parallel", "parallel"),
                            ("complementary", "complementary"),
                            ("divergent", "divergent"),
                            ("competing", "competing"),
                            ("defers", "defers to"),
                            ("hedges", "hedges against"),
                        ],
                        help_text="How two actors relate on an issue, as judged by an analyst.",
                        max_length=40,
                    ),
                ),
                (
                    "since",
                    models.CharField(blank=True, default="", help_text="From when; empty: unknown.", max_length=30),
                ),
                (
                    "until",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Until when, inclusive; empty: still so, as far as known.",
                        max_length=30,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("statement", "statement"),
                            ("action", "action"),
                            ("inference", "inference"),
                            ("forecast", "forecast"),
                        ],
                        help_text="What a claim rests on.",
                        max_length=40,
                    ),
                ),
                (
                    "likelihood",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("almost_no_chance", "almost no chance"),
                            ("very_unlikely", "very unlikely"),
                            ("unlikely", "unlikely"),
                            ("roughly_even_chance", "roughly even chance"),
                            ("likely", "likely"),
                            ("very_likely", "very likely"),
                            ("almost_certain", "almost certain"),
                        ],
                        default="",
                        help_text="How probable a forecast is, in the seven terms of ICD 203.",
                        max_length=40,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "low"), ("moderate", "moderate"), ("high", "high")],
                        help_text="How well the evidence bears the claim (ICD 203); not how probable the thing is.",
                        max_length=40,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[("accepted", "accepted"), ("contested", "contested")],
                        default="accepted",
                        help_text="Whether the team holds a claim or only records that it is made.",
                        max_length=40,
                    ),
                ),
                (
                    "standing_note",
                    models.CharField(blank=True, default="", help_text="Why it is contested.", max_length=1000),
                ),
                (
                    "summary",
                    models.TextField(blank=True, default="", help_text="The claim in a sentence or two of your own."),
                ),
                (
                    "confirmed_on",
                    models.DateField(
                        blank=True,
                        help_text="The day somebody last checked that it still held; by default the newest cited source's.",
                        null=True,
                    ),
                ),
                (
                    "since_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "since_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AlignmentCitation",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[("supports", "supports"), ("contradicts", "contradicts")],
                        default="supports",
                        help_text="What a source does to the claim that cites it.",
                        max_length=40,
                    ),
                ),
                (
                    "locator_label",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("act", "act"),
                            ("appendix", "appendix"),
                            ("article-locator", "article locator"),
                            ("book", "book"),
                            ("canon", "canon"),
                            ("chapter", "chapter"),
                            ("column", "column"),
                            ("elocation", "elocation"),
                            ("equation", "equation"),
                            ("figure", "figure"),
                            ("folio", "folio"),
                            ("issue", "issue"),
                            ("line", "line"),
                            ("note", "note"),
                            ("opus", "opus"),
                            ("page", "page"),
                            ("paragraph", "paragraph"),
                            ("part", "part"),
                            ("rule", "rule"),
                            ("scene", "scene"),
                            ("section", "section"),
                            ("sub-verbo", "sub verbo"),
                            ("supplement", "supplement"),
                            ("table", "table"),
                            ("timestamp", "timestamp"),
                            ("title-locator", "title locator"),
                            ("verse", "verse"),
                            ("version", "version"),
                            ("volume", "volume"),
                        ],
                        default="",
                        help_text="Where in a source the claim is found, in the locator terms of CSL 1.0.2.",
                        max_length=40,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Where in the source: “Venezuela, paragraph 2”.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.TextField(blank=True, default="", help_text="The words of the source, if they matter."),
                ),
                (
                    "quote_language",
                    models.CharField(
                        blank=True, default="", help_text="The quote's language, as a BCP 47 tag.", max_length=35
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1: confirmed"),
                            ("2", "2: probably true"),
                            ("3", "3: possibly true"),
                            ("4", "4: doubtful"),
                            ("5", "5: improbable"),
                            ("6", "6: cannot be judged"),
                        ],
                        default="",
                        help_text="How far this piece of information is to be believed (Admiralty code).",
                        max_length=40,
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
            },
        ),
        migrations.CreateModel(
            name="ChangeSet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), help_text="When the transaction began."
                    ),
                ),
                ("reason", models.TextField(blank=True, default="", help_text="Why.")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("admin", "admin"),
                            ("api", "API"),
                            ("import", "import"),
                            ("command", "command"),
                            ("sql", "SQL"),
                        ],
                        help_text="Through which edge.",
                        max_length=10,
                    ),
                ),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=tracker.models.functions.CurrentTransaction(), help_text="PostgreSQL's transaction."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CoreInterest",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, default="", help_text="In what way.", max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(blank=True, default="", help_text="What came of it.", max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("published_at", models.DateTimeField(help_text="UTC, strictly increasing.", unique=True)),
                ("note", models.TextField(blank=True, default="", help_text="What the edition is about; public.")),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=tracker.models.functions.CurrentTransaction(), help_text="PostgreSQL's transaction."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("happened_at", models.DateTimeField(db_default=tracker.models.functions.ClockTimestamp())),
                (
                    "noun",
                    models.CharField(
                        choices=[
                            ("issue", "issue"),
                            ("actor", "actor"),
                            ("source", "source"),
                            ("stance", "stance"),
                            ("alignment", "alignment"),
                            ("meeting", "meeting"),
                        ],
                        max_length=20,
                    ),
                ),
                ("record", models.IntegerField(help_text="The id of the record that the row is, or belongs to.")),
                (
                    "part",
                    models.CharField(
                        blank=True, help_text="What part the row is; empty: the record itself.", max_length=20
                    ),
                ),
                ("row", models.IntegerField(help_text="The id of the row.")),
                ("before", models.JSONField(help_text="The row before; null for an insert.", null=True)),
                ("after", models.JSONField(help_text="The row after; null for a delete.", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, editable=False, help_text="Raised by every change of the record or of its parts."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("editing", "editing"), ("in_review", "in review")],
                        default="editing",
                        editable=False,
                        help_text="Where a record stands in the team's work; whether it is public is told by the publication.",
                        max_length=40,
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The key in addresses: lower-case words, hyphenated.", max_length=80, unique=True
                    ),
                ),
                ("title", models.CharField(help_text="The name of the matter.", max_length=200)),
                (
                    "question",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The proposition that a position supports or opposes, e.g. “Should UN sanctions on Pyongyang be eased?”. Empty for a grouping issue, which takes no stances.",
                        max_length=300,
                    ),
                ),
                (
                    "summary",
                    models.TextField(blank=True, default="", help_text="What the matter is about, in a few sentences."),
                ),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("energy", "energy"),
                                ("defense", "defense"),
                                ("infrastructure", "infrastructure"),
                                ("trade", "trade"),
                                ("finance", "finance"),
                                ("nuclear_weapons", "nuclear weapons"),
                                ("sanctions", "sanctions"),
                                ("human_rights", "human rights"),
                                ("security", "security"),
                                ("diplomacy", "diplomacy"),
                                ("territory", "territory"),
                                ("governance", "governance"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="What an issue is about. Any number.",
                        size=None,
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("africa", "Africa"),
                            ("arctic", "Arctic"),
                            ("central_asia", "Central Asia"),
                            ("east_asia", "East Asia"),
                            ("europe", "Europe"),
                            ("latin_america", "Latin America"),
                            ("middle_east", "Middle East"),
                            ("south_asia", "South Asia"),
                            ("southeast_asia", "Southeast Asia"),
                            ("global", "global"),
                        ],
                        default="",
                        help_text="Where an issue lies.",
                        max_length=40,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, editable=False, help_text="Raised by every change of the record or of its parts."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("editing", "editing"), ("in_review", "in review")],
                        default="editing",
                        editable=False,
                        help_text="Where a record stands in the team's work; whether it is public is told by the publication.",
                        max_length=40,
                    ),
                ),
                ("title", models.CharField(help_text="What it is called.", max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state_visit", "state visit"),
                            ("summit", "summit"),
                            ("sideline", "sideline meeting"),
                            ("conference", "conference"),
                            ("ministerial", "ministerial"),
                            ("envoy_talks", "envoy talks"),
                            ("call", "call"),
                        ],
                        help_text="What sort of encounter it is.",
                        max_length=40,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("expected", "expected"),
                            ("held", "held"),
                            ("cancelled", "cancelled"),
                        ],
                        help_text="Whether it took place.",
                        max_length=40,
                    ),
                ),
                (
                    "since",
                    models.CharField(blank=True, default="", help_text="The first day; empty: unknown.", max_length=30),
                ),
                (
                    "until",
                    models.CharField(
                        blank=True, default="", help_text="The last day; empty: it lasts one day.", max_length=30
                    ),
                ),
                ("place", models.CharField(blank=True, default="", help_text="The city or venue.", max_length=200)),
                (
                    "country",
                    models.CharField(
                        blank=True, default="", help_text="Where, as an ISO 3166-1 alpha-3 code.", max_length=3
                    ),
                ),
                (
                    "series",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The series it belongs to, e.g. “Belt and Road Forum”.",
                        max_length=200,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True, default="", help_text="What happened or is to happen, in a few sentences."
                    ),
                ),
                (
                    "since_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "since_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MeetingCitation",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[("supports", "supports"), ("contradicts", "contradicts")],
                        default="supports",
                        help_text="What a source does to the claim that cites it.",
                        max_length=40,
                    ),
                ),
                (
                    "locator_label",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("act", "act"),
                            ("appendix", "appendix"),
                            ("article-locator", "article locator"),
                            ("book", "book"),
                            ("canon", "canon"),
                            ("chapter", "chapter"),
                            ("column", "column"),
                            ("elocation", "elocation"),
                            ("equation", "equation"),
                            ("figure", "figure"),
                            ("folio", "folio"),
                            ("issue", "issue"),
                            ("line", "line"),
                            ("note", "note"),
                            ("opus", "opus"),
                            ("page", "page"),
                            ("paragraph", "paragraph"),
                            ("part", "part"),
                            ("rule", "rule"),
                            ("scene", "scene"),
                            ("section", "section"),
                            ("sub-verbo", "sub verbo"),
                            ("supplement", "supplement"),
                            ("table", "table"),
                            ("timestamp", "timestamp"),
                            ("title-locator", "title locator"),
                            ("verse", "verse"),
                            ("version", "version"),
                            ("volume", "volume"),
                        ],
                        default="",
                        help_text="Where in a source the claim is found, in the locator terms of CSL 1.0.2.",
                        max_length=40,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Where in the source: “Venezuela, paragraph 2”.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.TextField(blank=True, default="", help_text="The words of the source, if they matter."),
                ),
                (
                    "quote_language",
                    models.CharField(
                        blank=True, default="", help_text="The quote's language, as a BCP 47 tag.", max_length=35
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1: confirmed"),
                            ("2", "2: probably true"),
                            ("3", "3: possibly true"),
                            ("4", "4: doubtful"),
                            ("5", "5: improbable"),
                            ("6", "6: cannot be judged"),
                        ],
                        default="",
                        help_text="How far this piece of information is to be believed (Admiralty code).",
                        max_length=40,
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="As what: member, permanent member, observer, President …",
                        max_length=100,
                    ),
                ),
                (
                    "since",
                    models.CharField(blank=True, default="", help_text="From when, as far as known.", max_length=30),
                ),
                (
                    "until",
                    models.CharField(
                        blank=True, default="", help_text="Until when; empty: still so, as far as known.", max_length=30
                    ),
                ),
                (
                    "since_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "since_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("host", "host"),
                            ("participant", "participant"),
                            ("observer", "observer"),
                            ("invited", "invited"),
                            ("boycotted", "boycotted"),
                        ],
                        default="participant",
                        help_text="As what an actor takes part, or does not.",
                        max_length=40,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, editable=False, help_text="Raised by every change of the record or of its parts."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("editing", "editing"), ("in_review", "in review")],
                        default="editing",
                        editable=False,
                        help_text="Where a record stands in the team's work; whether it is public is told by the publication.",
                        max_length=40,
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("article", "article"),
                            ("article-journal", "article journal"),
                            ("article-magazine", "article magazine"),
                            ("article-newspaper", "article newspaper"),
                            ("bill", "bill"),
                            ("book", "book"),
                            ("broadcast", "broadcast"),
                            ("chapter", "chapter"),
                            ("classic", "classic"),
                            ("collection", "collection"),
                            ("dataset", "dataset"),
                            ("document", "document"),
                            ("entry", "entry"),
                            ("entry-dictionary", "entry dictionary"),
                            ("entry-encyclopedia", "entry encyclopedia"),
                            ("event", "event"),
                            ("figure", "figure"),
                            ("graphic", "graphic"),
                            ("hearing", "hearing"),
                            ("interview", "interview"),
                            ("legal_case", "legal case"),
                            ("legislation", "legislation"),
                            ("manuscript", "manuscript"),
                            ("map", "map"),
                            ("motion_picture", "motion picture"),
                            ("musical_score", "musical score"),
                            ("pamphlet", "pamphlet"),
                            ("paper-conference", "paper conference"),
                            ("patent", "patent"),
                            ("performance", "performance"),
                            ("periodical", "periodical"),
                            ("personal_communication", "personal communication"),
                            ("post", "post"),
                            ("post-weblog", "post weblog"),
                            ("regulation", "regulation"),
                            ("report", "report"),
                            ("review", "review"),
                            ("review-book", "review book"),
                            ("software", "software"),
                            ("song", "song"),
                            ("speech", "speech"),
                            ("standard", "standard"),
                            ("thesis", "thesis"),
                            ("treaty", "treaty"),
                            ("webpage", "webpage"),
                        ],
                        help_text="What sort of document a source is, in the item types of CSL 1.0.2.",
                        max_length=40,
                    ),
                ),
                ("title", models.CharField(help_text="The title as published.", max_length=500)),
                (
                    "authors",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="CSL names, in order: [{“family”: “Stokes”, “given”: “Jacob”}], or {“literal”: “…”} for a body.",
                    ),
                ),
                ("publisher", models.CharField(blank=True, default="", help_text="Who published it.", max_length=300)),
                (
                    "container_title",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="The journal, site or book that it is part of.",
                        max_length=300,
                    ),
                ),
                ("issued", models.CharField(blank=True, default="", help_text="When it was published.", max_length=30)),
                ("url", models.URLField(blank=True, default="", help_text="Where it is found.", max_length=2000)),
                (
                    "archive_url",
                    models.URLField(blank=True, default="", help_text="An archived copy.", max_length=2000),
                ),
                ("accessed_on", models.DateField(blank=True, help_text="The day it was last read there.", null=True)),
                (
                    "language",
                    models.CharField(blank=True, default="", help_text="Its language, as a BCP 47 tag.", max_length=35),
                ),
                (
                    "keywords",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="Topics, as the source gives them.",
                        size=None,
                    ),
                ),
                (
                    "outlet",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("state_media", "state media"),
                            ("independent", "independent"),
                            ("academic", "academic"),
                            ("unknown", "unknown"),
                        ],
                        default="unknown",
                        help_text="Who speaks in a source.",
                        max_length=40,
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A: completely reliable"),
                            ("B", "B: usually reliable"),
                            ("C", "C: fairly reliable"),
                            ("D", "D: not usually reliable"),
                            ("E", "E: unreliable"),
                            ("F", "F: cannot be judged"),
                        ],
                        default="",
                        help_text="How far a source is to be trusted in general (Admiralty code).",
                        max_length=40,
                    ),
                ),
                (
                    "issued_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("issued", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “issued” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "issued_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("issued", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “issued” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "url_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("url", function="normalised_url", output_field=models.TextField()),
                        help_text="What two spellings of its address have in common.",
                        output_field=models.TextField(),
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stance",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, editable=False, help_text="Raised by every change of the record or of its parts."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("editing", "editing"), ("in_review", "in review")],
                        default="editing",
                        editable=False,
                        help_text="Where a record stands in the team's work; whether it is public is told by the publication.",
                        max_length=40,
                    ),
                ),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("strongly_opposes", "strongly opposes"),
                            ("opposes", "opposes"),
                            ("neutral", "neutral"),
                            ("supports", "supports"),
                            ("strongly_supports", "strongly supports"),
                            ("silent", "silent"),
                            ("no_evidence", "no evidence"),
                        ],
                        help_text="Where an actor stands on the question of an issue.",
                        max_length=40,
                    ),
                ),
                (
                    "since",
                    models.CharField(blank=True, default="", help_text="From when; empty: unknown.", max_length=30),
                ),
                (
                    "until",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Until when, inclusive; empty: still so, as far as known.",
                        max_length=30,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("statement", "statement"),
                            ("action", "action"),
                            ("inference", "inference"),
                            ("forecast", "forecast"),
                        ],
                        help_text="What a claim rests on.",
                        max_length=40,
                    ),
                ),
                (
                    "likelihood",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("almost_no_chance", "almost no chance"),
                            ("very_unlikely", "very unlikely"),
                            ("unlikely", "unlikely"),
                            ("roughly_even_chance", "roughly even chance"),
                            ("likely", "likely"),
                            ("very_likely", "very likely"),
                            ("almost_certain", "almost certain"),
                        ],
                        default="",
                        help_text="How probable a forecast is, in the seven terms of ICD 203.",
                        max_length=40,
                    ),
                ),
                (
                    "hedged",
                    models.BooleanField(
                        default=False, help_text="Held with visible reserve: the actor covers itself quietly."
                    ),
                ),
                (
                    "instruments",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("diplomatic", "diplomatic"),
                                ("economic", "economic"),
                                ("military", "military"),
                                ("legal", "legal"),
                                ("informational", "informational"),
                            ],
                            max_length=40,
                        ),
                        blank=True,
                        default=list,
                        help_text="By what means an actor pursues its position. Any number.",
                        size=None,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "low"), ("moderate", "moderate"), ("high", "high")],
                        help_text="How well the evidence bears the claim (ICD 203); not how probable the thing is.",
                        max_length=40,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[("accepted", "accepted"), ("contested", "contested")],
                        default="accepted",
                        help_text="Whether the team holds a claim or only records that it is made.",
                        max_length=40,
                    ),
                ),
                (
                    "standing_note",
                    models.CharField(blank=True, default="", help_text="Why it is contested.", max_length=1000),
                ),
                (
                    "summary",
                    models.TextField(blank=True, default="", help_text="The claim in a sentence or two of your own."),
                ),
                (
                    "confirmed_on",
                    models.DateField(
                        blank=True,
                        help_text="The day somebody last checked that it still held; by default the newest cited source's.",
                        null=True,
                    ),
                ),
                (
                    "since_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "since_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("since", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “since” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_earliest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_earliest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The first day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "until_latest",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.comparison.Cast("until", models.TextField()),
                            function="edtf_latest",
                            output_field=models.DateField(null=True),
                        ),
                        help_text="The last day that “until” can mean.",
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StanceCitation",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[("supports", "supports"), ("contradicts", "contradicts")],
                        default="supports",
                        help_text="What a source does to the claim that cites it.",
                        max_length=40,
                    ),
                ),
                (
                    "locator_label",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("act", "act"),
                            ("appendix", "appendix"),
                            ("article-locator", "article locator"),
                            ("book", "book"),
                            ("canon", "canon"),
                            ("chapter", "chapter"),
                            ("column", "column"),
                            ("elocation", "elocation"),
                            ("equation", "equation"),
                            ("figure", "figure"),
                            ("folio", "folio"),
                            ("issue", "issue"),
                            ("line", "line"),
                            ("note", "note"),
                            ("opus", "opus"),
                            ("page", "page"),
                            ("paragraph", "paragraph"),
                            ("part", "part"),
                            ("rule", "rule"),
                            ("scene", "scene"),
                            ("section", "section"),
                            ("sub-verbo", "sub verbo"),
                            ("supplement", "supplement"),
                            ("table", "table"),
                            ("timestamp", "timestamp"),
                            ("title-locator", "title locator"),
                            ("verse", "verse"),
                            ("version", "version"),
                            ("volume", "volume"),
                        ],
                        default="",
                        help_text="Where in a source the claim is found, in the locator terms of CSL 1.0.2.",
                        max_length=40,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Where in the source: “Venezuela, paragraph 2”.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.TextField(blank=True, default="", help_text="The words of the source, if they matter."),
                ),
                (
                    "quote_language",
                    models.CharField(
                        blank=True, default="", help_text="The quote's language, as a BCP 47 tag.", max_length=35
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1: confirmed"),
                            ("2", "2: probably true"),
                            ("3", "3: possibly true"),
                            ("4", "4: doubtful"),
                            ("5", "5: improbable"),
                            ("6", "6: cannot be judged"),
                        ],
                        default="",
                        help_text="How far this piece of information is to be believed (Admiralty code).",
                        max_length=40,
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
            },
        ),
        migrations.CreateModel(
            name="Actor",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        blank=True,
                        help_text="A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        db_default=1, editable=False, help_text="Raised by every change of the record or of its parts."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("editing", "editing"), ("in_review", "in review")],
                        default="editing",
                        editable=False,
                        help_text="Where a record stands in the team's work; whether it is public is told by the publication.",
                        max_length=40,
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The key in addresses: lower-case words, hyphenated.", max_length=80, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "state"),
                            ("organization", "organization"),
                            ("bloc", "bloc"),
                            ("person", "person"),
                            ("armed_group", "armed group"),
                        ],
                        help_text="What sort of actor takes positions.",
                        max_length=40,
                    ),
                ),
                ("name", models.CharField(help_text="The name in English, as readers know it.", max_length=200)),
                (
                    "short_name",
                    models.CharField(
                        blank=True, default="", help_text="A shorter name or abbreviation, for tables.", max_length=60
                    ),
                ),
                (
                    "names",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Names in other languages, by BCP 47 tag: {“zh”: “中国”, “ru”: “Китай”}.",
                    ),
                ),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="Other names under which it is found.",
                        size=None,
                    ),
                ),
                (
                    "summary",
                    models.TextField(blank=True, default="", help_text="Who or what it is, in a few sentences."),
                ),
                (
                    "iso3",
                    models.CharField(
                        blank=True,
                        help_text="ISO 3166-1 alpha-3 code, for states that have one.",
                        max_length=3,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "wikidata_id",
                    models.CharField(blank=True, default="", help_text="The Wikidata item, e.g. Q148.", max_length=20),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"
                        ),
                        name="actor_ref_has_its_form",
                        violation_error_message="ref: use lower-case letters, digits, dots and hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["editing", "in_review"])), name="actor_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["state", "organization", "bloc", "person", "armed_group"])),
                        name="actor_kind_is_known",
                        violation_error_message="kind: choose one of state, organization, bloc, person, armed_group.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("slug__isnull", True), ("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$"), _connector="OR"
                        ),
                        name="actor_slug_has_its_form",
                        violation_error_message="slug: use lower-case words and digits, joined by hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iso3__isnull", True), ("iso3__regex", "^[A-Z]{3}$"), _connector="OR"),
                        name="actor_iso3_has_its_form",
                        violation_error_message="iso3: three capital letters (ISO 3166-1 alpha-3).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wikidata_id", ""),
                            ("wikidata_id__isnull", True),
                            ("wikidata_id__regex", "^Q[1-9][0-9]*$"),
                            _connector="OR",
                        ),
                        name="actor_wikidata_id_has_its_form",
                        violation_error_message="wikidata_id: a Q and a number, e.g. Q148.",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="actor_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("iso3__isnull", True), ("kind", "state"), _connector="OR"),
                        name="actor_only_states_have_a_code",
                        violation_error_message="iso3: only a state has a country code; leave it empty.",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func(models.F("names"), function="jsonb_typeof", output_field=models.TextField()),
                            models.Value("object"),
                        ),
                        name="actor_names_is_an_object",
                        violation_error_message="names: write an object of language tags and names.",
                    ),
                    models.CheckConstraint(
                        condition=models.Func(
                            models.F("names"),
                            output_field=models.BooleanField(),
                            template="coalesce(NOT jsonb_path_exists(%(expressions)s, 'strict $.* ? (@.type() != \"string\" || @ == \"\")', '{}', true), true)",
                        ),
                        name="actor_names_are_not_empty",
                        violation_error_message="names: give each language a name, or leave it out.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="e10a26c724823cf206867d6ec0eeede3bef401bb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_45853",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', n.id, '',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="fd633fe1d9f8bc26c66c412313cafddbb19dcf85",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_517c1",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="ab997f1525c3b9dfe679f4e7729e6c2ea1e40d22",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_add90",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_actor",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="2ac95116dbd043546276ccb816509e859f11678f",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_083c1",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="ada9f6f508a208cb96ac9214cddfcd50ed363118",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_7f9d5",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            NEW.version := 1;\n            IF EXISTS (SELECT FROM public.tracker_event WHERE noun = 'actor' AND record = NEW.id AND part = '')\n               AND NOT EXISTS (SELECT FROM public.tracker_actor WHERE id = NEW.id) THEN\n                RAISE EXCEPTION 'actor % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'actor_id_is_never_used_again';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="7d889927d7134698498254098c2a04419597c7b0",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_29641",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.slug, NEW.kind, NEW.name, NEW.short_name, NEW.names, NEW.aliases, NEW.summary, NEW.iso3, NEW.wikidata_id) IS DISTINCT FROM (OLD.ref, OLD.slug, OLD.kind, OLD.name, OLD.short_name, OLD.names, OLD.aliases, OLD.summary, OLD.iso3, OLD.wikidata_id) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a240e0652b20ddb445f676c08c99d13369c18a5b",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_5cc4f",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="actor",
            trigger=pgtrigger.compiler.Trigger(
                name="public_is_not_deleted",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            PERFORM public.refuse_old_snapshot();\n            IF EXISTS (SELECT FROM public.tracker_change WHERE noun = 'actor' AND record = OLD.id) THEN\n                RAISE EXCEPTION 'actor % was public: retract it instead of deleting it', OLD.id\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'actor_public_is_not_deleted';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="6d09915713d4d9d19848b3aaf483c81f710ec28b",
                    operation="DELETE",
                    pgid="pgtrigger_public_is_not_deleted_3ac0f",
                    table="tracker_actor",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="alignment",
            name="actor",
            field=models.ForeignKey(
                help_text="Who.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alignments",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="alignment",
            name="counterpart",
            field=models.ForeignKey(
                help_text="With, to or against whom.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="alignmentcitation",
            name="alignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="tracker.alignment"
            ),
        ),
        migrations.AddField(
            model_name="changeset",
            name="made_by",
            field=models.ForeignKey(
                help_text="Who; none for SQL.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="coreinterest",
            name="actor",
            field=models.ForeignKey(
                help_text="Whose core interest the matter is.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="published_by",
            field=models.ForeignKey(
                help_text="Who; never public.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="changeset",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="tracker.changeset"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="The wider matter that this one is part of.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="tracker.issue",
            ),
        ),
        migrations.AddField(
            model_name="discussion",
            name="issue",
            field=models.ForeignKey(
                help_text="Which issue.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.issue",
            ),
        ),
        migrations.AddField(
            model_name="coreinterest",
            name="issue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="core_interests", to="tracker.issue"
            ),
        ),
        migrations.AddField(
            model_name="alignment",
            name="issue",
            field=models.ForeignKey(
                help_text="On which issue.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alignments",
                to="tracker.issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="meeting_ref_has_its_form",
                violation_error_message="ref: use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["editing", "in_review"])), name="meeting_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["state_visit", "summit", "sideline", "conference", "ministerial", "envoy_talks", "call"],
                    )
                ),
                name="meeting_kind_is_known",
                violation_error_message="kind: choose one of state_visit, summit, sideline, conference, ministerial, envoy_talks, call.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "expected", "held", "cancelled"])),
                name="meeting_status_is_known",
                violation_error_message="status: choose one of planned, expected, held, cancelled.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("country", ""), ("country__isnull", True), ("country__regex", "^[A-Z]{3}$"), _connector="OR"
                ),
                name="meeting_country_has_its_form",
                violation_error_message="country: three capital letters (ISO 3166-1 alpha-3).",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="meeting_begins_before_it_ends",
                violation_error_message="since: it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="meeting_has_a_title"
            ),
        ),
        migrations.AddField(
            model_name="discussion",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="issues", to="tracker.meeting"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="1ef4573a52becbfc166de028ffe8ed4046e56c93",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_96703",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.id, '',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="d04c8fd17d72f9a4b4a6cc8e4dd0bd6046605ef2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_eb246",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="560781a68b9e4f2a72ac8e2d093be9131c231369",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_4f974",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="91c3ab1f9120bbd2a117538b03c048653b197479",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_9d1c9",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="5ab6fe1a1b5ddcfee55c41c65e95313b8d45cd10",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_b7611",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            NEW.version := 1;\n            IF EXISTS (SELECT FROM public.tracker_event WHERE noun = 'meeting' AND record = NEW.id AND part = '')\n               AND NOT EXISTS (SELECT FROM public.tracker_meeting WHERE id = NEW.id) THEN\n                RAISE EXCEPTION 'meeting % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_id_is_never_used_again';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="99d29f59224172b71f70d2b4123922f8f8b03074",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_f89a3",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.title, NEW.kind, NEW.status, NEW.since, NEW.until, NEW.place, NEW.country, NEW.series, NEW.summary) IS DISTINCT FROM (OLD.ref, OLD.title, OLD.kind, OLD.status, OLD.since, OLD.until, OLD.place, OLD.country, OLD.series, OLD.summary) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="5a410cdf30d8c55b0a364bab0cae79e0352cc33b",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_32d70",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="public_is_not_deleted",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            PERFORM public.refuse_old_snapshot();\n            IF EXISTS (SELECT FROM public.tracker_change WHERE noun = 'meeting' AND record = OLD.id) THEN\n                RAISE EXCEPTION 'meeting % was public: retract it instead of deleting it', OLD.id\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'meeting_public_is_not_deleted';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="3d97d8e029d943aecfb633b7b021060b81def3c8",
                    operation="DELETE",
                    pgid="pgtrigger_public_is_not_deleted_ca4bc",
                    table="tracker_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="meetingcitation",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="tracker.meeting"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="tracker.actor"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="organization",
            field=models.ForeignKey(
                help_text="What it is a member of: an organization or bloc, or the state in which a person holds office.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="actor",
            field=models.ForeignKey(
                help_text="Who.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tracker.actor"
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="tracker.meeting"
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="represented_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The person who came for it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.actor",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="source_ref_has_its_form",
                violation_error_message="ref: use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["editing", "in_review"])), name="source_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        [
                            "article",
                            "article-journal",
                            "article-magazine",
                            "article-newspaper",
                            "bill",
                            "book",
                            "broadcast",
                            "chapter",
                            "classic",
                            "collection",
                            "dataset",
                            "document",
                            "entry",
                            "entry-dictionary",
                            "entry-encyclopedia",
                            "event",
                            "figure",
                            "graphic",
                            "hearing",
                            "interview",
                            "legal_case",
                            "legislation",
                            "manuscript",
                            "map",
                            "motion_picture",
                            "musical_score",
                            "pamphlet",
                            "paper-conference",
                            "patent",
                            "performance",
                            "periodical",
                            "personal_communication",
                            "post",
                            "post-weblog",
                            "regulation",
                            "report",
                            "review",
                            "review-book",
                            "software",
                            "song",
                            "speech",
                            "standard",
                            "thesis",
                            "treaty",
                            "webpage",
                        ],
                    )
                ),
                name="source_type_is_known",
                violation_error_message="type: choose one of article, article-journal, article-magazine, article-newspaper, bill, book, broadcast, chapter, classic, collection, dataset, document, entry, entry-dictionary, entry-encyclopedia, event, figure, graphic, hearing, interview, legal_case, legislation, manuscript, map, motion_picture, musical_score, pamphlet, paper-conference, patent, performance, periodical, personal_communication, post, post-weblog, regulation, report, review, review-book, software, song, speech, standard, thesis, treaty, webpage.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("outlet__in", ["official", "state_media", "independent", "academic", "unknown"])),
                name="source_outlet_is_known",
                violation_error_message="outlet: choose one of official, state_media, independent, academic, unknown.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("reliability__in", ["A", "B", "C", "D", "E", "F", ""])),
                name="source_reliability_is_known",
                violation_error_message="reliability: choose one of A, B, C, D, E, F.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func(models.F("authors"), function="jsonb_typeof", output_field=models.TextField()),
                    models.Value("array"),
                ),
                name="source_authors_is_an_array",
                violation_error_message="authors: write a list of CSL names.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("authors"),
                    output_field=models.BooleanField(),
                    template='coalesce(NOT jsonb_path_exists(%(expressions)s, \'strict $[*] ? (@.type() != "object" || !(exists(@.keyvalue() ? ((@.key == "family" || @.key == "literal") && @.value.type() == "string" && @.value != ""))))\', \'{}\', true), true)',
                ),
                name="source_authors_have_a_name",
                violation_error_message="authors: give each author a “family” or “literal”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="source_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(("url", ""), _negated=True),
                fields=("url_key", "issued", "archive_url"),
                name="source_once_per_address_and_day",
                violation_error_message="url: this address is a source already; tell them apart by “issued” or “archive_url”, or use that source.",
            ),
        ),
        migrations.AddField(
            model_name="membership",
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
            model_name="meetingcitation",
            name="source",
            field=models.ForeignKey(
                help_text="The source.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.source",
            ),
        ),
        migrations.AddField(
            model_name="alignmentcitation",
            name="source",
            field=models.ForeignKey(
                help_text="The source.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.source",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'source', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="6541b4d05c565a31693c0923172bdd71e2184083",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_a5f35",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'source', n.id, '',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="44d901764647da58f5d5478eb1a19a363cf66af1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_12cdc",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'source', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="376380fcc60fdff7df471a35cfccc0f3272cc4af",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_57066",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="a42a002230f3198eba38770333236b74461bf887",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_729fb",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="7f8d75cb9e9e20c34bd45d958d42ba366c78fef0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_115fb",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            NEW.version := 1;\n            IF EXISTS (SELECT FROM public.tracker_event WHERE noun = 'source' AND record = NEW.id AND part = '')\n               AND NOT EXISTS (SELECT FROM public.tracker_source WHERE id = NEW.id) THEN\n                RAISE EXCEPTION 'source % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'source_id_is_never_used_again';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="b270bcb9c55f0bfb7c79abeb7df399a8648e2bd2",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_18018",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.type, NEW.title, NEW.authors, NEW.publisher, NEW.container_title, NEW.issued, NEW.url, NEW.archive_url, NEW.accessed_on, NEW.language, NEW.keywords, NEW.outlet, NEW.reliability) IS DISTINCT FROM (OLD.ref, OLD.type, OLD.title, OLD.authors, OLD.publisher, OLD.container_title, OLD.issued, OLD.url, OLD.archive_url, OLD.accessed_on, OLD.language, OLD.keywords, OLD.outlet, OLD.reliability) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="95bc3fdb69066817039e42c75f7fb13e488e7a21",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_51bb1",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="public_is_not_deleted",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            PERFORM public.refuse_old_snapshot();\n            IF EXISTS (SELECT FROM public.tracker_change WHERE noun = 'source' AND record = OLD.id) THEN\n                RAISE EXCEPTION 'source % was public: retract it instead of deleting it', OLD.id\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'source_public_is_not_deleted';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="b7f3236e42f062d55d9a1c1871c5d98a0a3db498",
                    operation="DELETE",
                    pgid="pgtrigger_public_is_not_deleted_ad61d",
                    table="tracker_source",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="stance",
            name="actor",
            field=models.ForeignKey(
                help_text="Who.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stances",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="stance",
            name="defers_to",
            field=models.ForeignKey(
                blank=True,
                help_text="The actor to whose lead this position gives way.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.actor",
            ),
        ),
        migrations.AddField(
            model_name="stance",
            name="issue",
            field=models.ForeignKey(
                help_text="On the question of which issue.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stances",
                to="tracker.issue",
            ),
        ),
        migrations.AddField(
            model_name="stancecitation",
            name="source",
            field=models.ForeignKey(
                help_text="The source.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracker.source",
            ),
        ),
        migrations.AddField(
            model_name="stancecitation",
            name="stance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="tracker.stance"
            ),
        ),
        migrations.AddIndex(
            model_name="changeset",
            index=models.Index(fields=["-made_at", "id"], name="changeset_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="changeset",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["admin", "api", "import", "command", "sql"])),
                name="changeset_channel_is_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeset",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="2da99d85003e82ceb4ce7e1751b73a5c8b04d754",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_fd67d",
                    table="tracker_changeset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeset",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="a389cb1f5ff11fb720b73dd8e21e941fa3876ae5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_58298",
                    table="tracker_changeset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changeset",
            trigger=pgtrigger.compiler.Trigger(
                name="is_of_this_transaction",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    NEW.made_at := now();\n    NEW.transaction := pg_current_xact_id()::text::bigint;\n    RETURN NEW;\n",
                    hash="58d33c0dd4f1ba235517a9de4346411d94b7cccc",
                    operation="INSERT",
                    pgid="pgtrigger_is_of_this_transaction_cdc5f",
                    table="tracker_changeset",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="edition_counts_from_one"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="3540d13654ca5d9ad203209c67f5441f4c23dc6b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_43d91",
                    table="tracker_edition",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="b59d33558954db3ec519c8142054a14de7024554",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_0879e",
                    table="tracker_edition",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="is_next",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    NEW.published_at := greatest(\n        clock_timestamp(),\n        (SELECT max(published_at) FROM public.tracker_edition) + interval '1 microsecond'\n    );\n    NEW.transaction := pg_current_xact_id()::text::bigint;\n    IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM public.tracker_edition) THEN\n        RAISE EXCEPTION 'edition % is not the next', NEW.number USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                    hash="0673adb6997344d0bfc8a33554bab1b9e65dfd3f",
                    operation="INSERT",
                    pgid="pgtrigger_is_next_3acda",
                    table="tracker_edition",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edition",
            trigger=pgtrigger.compiler.Trigger(
                name="proves_itself",
                sql=tracker.models.triggers.TriggerSql(
                    constraint="CONSTRAINT",
                    func="PERFORM public.check_edition(NEW.number); RETURN NULL;",
                    hash="9d8453352d56f3c4bbcf00633a2195c17fbc22cc",
                    operation="INSERT",
                    pgid="pgtrigger_proves_itself_e5449",
                    table="tracker_edition",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["noun", "record", "id"], name="event_of_record"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("noun__in", ["issue", "actor", "source", "stance", "alignment", "meeting"])),
                name="event_noun_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("before__isnull", False), ("after__isnull", False), _connector="OR"),
                name="event_changes_something",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="is_append_only",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="04a982845600cadd74b3cd4791f1dff358862080",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_append_only_f469b",
                    table="tracker_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n        ",
                    hash="1ee9b22f134ee1dc937579766ebf94eff76cbd0b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_9d790",
                    table="tracker_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="is_written_by_triggers",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    IF pg_trigger_depth() < 2 THEN\n        RAISE EXCEPTION 'events are written by triggers only' USING ERRCODE = 'restrict_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="a8b7e9c75ebe8e82c7cd8557c2dade2594255ba7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_is_written_by_triggers_3d789",
                    table="tracker_event",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="issue_ref_has_its_form",
                violation_error_message="ref: use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["editing", "in_review"])), name="issue_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "region__in",
                        [
                            "africa",
                            "arctic",
                            "central_asia",
                            "east_asia",
                            "europe",
                            "latin_america",
                            "middle_east",
                            "south_asia",
                            "southeast_asia",
                            "global",
                            "",
                        ],
                    )
                ),
                name="issue_region_is_known",
                violation_error_message="region: choose one of africa, arctic, central_asia, east_asia, europe, latin_america, middle_east, south_asia, southeast_asia, global.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "themes__contained_by",
                        [
                            "energy",
                            "defense",
                            "infrastructure",
                            "trade",
                            "finance",
                            "nuclear_weapons",
                            "sanctions",
                            "human_rights",
                            "security",
                            "diplomacy",
                            "territory",
                            "governance",
                        ],
                    )
                ),
                name="issue_themes_are_known",
                violation_error_message="themes: choose from energy, defense, infrastructure, trade, finance, nuclear_weapons, sanctions, human_rights, security, diplomacy, territory, governance.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slug__isnull", True), ("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$"), _connector="OR"
                ),
                name="issue_slug_has_its_form",
                violation_error_message="slug: use lower-case words and digits, joined by hyphens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="issue_has_a_title"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="c671af831fadff86f91e11453af4d983b98305f8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_201c8",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_issue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', n.id, '',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="9010da5200effc6b52c5102f10d8eee8bdfb80c7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_11427",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_issue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="b08a343a356cf1830a61416849a0fa76a3be546a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_a2b96",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_issue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="65aba6dbd23cea122a8c3251dc40a986a5ebbc50",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_7967b",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="18a43d456c90194fbc5c33d2f520f05e1ab45dc1",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_fe0ea",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            NEW.version := 1;\n            IF EXISTS (SELECT FROM public.tracker_event WHERE noun = 'issue' AND record = NEW.id AND part = '')\n               AND NOT EXISTS (SELECT FROM public.tracker_issue WHERE id = NEW.id) THEN\n                RAISE EXCEPTION 'issue % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_id_is_never_used_again';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="594f83e38846b4fe4fe468bf79ea0b329291390e",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_9646b",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.slug, NEW.title, NEW.question, NEW.summary, NEW.parent_id, NEW.themes, NEW.region) IS DISTINCT FROM (OLD.ref, OLD.slug, OLD.title, OLD.question, OLD.summary, OLD.parent_id, OLD.themes, OLD.region) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="f6e516f1053f81480792a5d8614d95fd14699ecf",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_e8765",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="public_is_not_deleted",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            PERFORM public.refuse_old_snapshot();\n            IF EXISTS (SELECT FROM public.tracker_change WHERE noun = 'issue' AND record = OLD.id) THEN\n                RAISE EXCEPTION 'issue % was public: retract it instead of deleting it', OLD.id\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'issue_public_is_not_deleted';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="01402dbfa6ba54f077536a1725c1f6a4bd336505",
                    operation="DELETE",
                    pgid="pgtrigger_public_is_not_deleted_7ea24",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_its_question",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (NEW.question = '')",
                    func="\n    PERFORM public.refuse_old_snapshot();\n    IF EXISTS (SELECT FROM public.tracker_stance WHERE issue_id = NEW.id) THEN\n        RAISE EXCEPTION 'question: issue “%” has stances, which are positions on its question; keep one', NEW.slug\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_keeps_its_question';\n    END IF;\n    RETURN NEW;\n",
                    hash="2598bfc9dde8cd6755e06a0af1371346793ebc55",
                    operation='UPDATE OF "question"',
                    pgid="pgtrigger_keeps_its_question_eadb9",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="issue",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_its_own_ancestor",
                sql=tracker.models.triggers.TriggerSql(
                    condition="WHEN (NEW.parent_id IS NOT NULL)",
                    func="\n    PERFORM public.refuse_old_snapshot();\n    PERFORM pg_advisory_xact_lock(hashtext('tracker: the tree of issues'));\n    IF EXISTS (\n        WITH RECURSIVE above (id) AS (\n            SELECT NEW.parent_id\n            UNION\n            SELECT i.parent_id FROM public.tracker_issue i JOIN above ON i.id = above.id WHERE i.id <> NEW.id\n        )\n        SELECT FROM above WHERE id = NEW.id\n    ) THEN\n        RAISE EXCEPTION 'parent: issue “%” would be its own ancestor; choose a parent outside its subtree', NEW.slug\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'issue_is_not_its_own_ancestor';\n    END IF;\n    RETURN NEW;\n",
                    hash="59a2b492d7f2eafe406a2787092dcbbba5089f15",
                    operation='INSERT OR UPDATE OF "parent_id"',
                    pgid="pgtrigger_is_not_its_own_ancestor_7cc76",
                    table="tracker_issue",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="coreinterest",
            constraint=models.UniqueConstraint(fields=("issue", "actor"), name="core_interest_once_per_actor"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', n.issue_id, 'core_interest',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="d689e78540f9454e6265b73e0071fd1285b20327",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_c078d",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', n.issue_id, 'core_interest',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="e8f56ef5236ef171ecb4a1a3aecedcbf5eb938e3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_bc24f",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'issue', o.issue_id, 'core_interest',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="f3efb1354f9704ed3e2ce7082d01e51c34eb2dbf",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_4369d",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="1be15b1adf96d7f6680cf980a1436633ddb240ac",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_b5149",
                    table="tracker_coreinterest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="38ac75a5ca138d1c78a2f7ee9c49ce570003c882",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_d0950",
                    table="tracker_coreinterest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_owner",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.issue_id IS DISTINCT FROM OLD.issue_id THEN\n                RAISE EXCEPTION '%.issue_id: a part never moves to another record', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="b2dfa4d0516e0fab3911e3e52a7b78f54f72cfaf",
                    operation='UPDATE OF "issue_id"',
                    pgid="pgtrigger_keeps_owner_db22a",
                    table="tracker_coreinterest",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_issue SET version = version + 1\n            WHERE id IN (SELECT n.issue_id FROM new_rows n)\n        $statement$; RETURN NULL;",
                    hash="03735221bc168e7285425aacf13e6975f75f5fc5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_f1130",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_issue SET version = version + 1\n            WHERE id IN (SELECT n.issue_id FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*)\n        $statement$; RETURN NULL;",
                    hash="0e5c14493ebc0b8877c4aa0b9361d609d7952cbb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_by_update_16baf",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coreinterest",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_issue SET version = version + 1\n            WHERE id IN (SELECT o.issue_id FROM old_rows o)\n        $statement$; RETURN NULL;",
                    hash="7aec287db1a137e7eff7edbdb4dbbb1ac17bc0d9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_touch_by_delete_44b5e",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_coreinterest",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="alignment_ref_has_its_form",
                violation_error_message="ref: use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["editing", "in_review"])), name="alignment_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "pattern__in",
                        ["coordinated", "parallel", "complementary", "divergent", "competing", "defers", "hedges"],
                    )
                ),
                name="alignment_pattern_is_known",
                violation_error_message="pattern: choose one of coordinated, parallel, complementary, divergent, competing, defers, hedges.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["statement", "action", "inference", "forecast"])),
                name="alignment_basis_is_known",
                violation_error_message="basis: choose one of statement, action, inference, forecast.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "likelihood__in",
                        [
                            "almost_no_chance",
                            "very_unlikely",
                            "unlikely",
                            "roughly_even_chance",
                            "likely",
                            "very_likely",
                            "almost_certain",
                            "",
                        ],
                    )
                ),
                name="alignment_likelihood_is_known",
                violation_error_message="likelihood: choose one of almost_no_chance, very_unlikely, unlikely, roughly_even_chance, likely, very_likely, almost_certain.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__in", ["low", "moderate", "high"])),
                name="alignment_confidence_is_known",
                violation_error_message="confidence: choose one of low, moderate, high.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["accepted", "contested"])),
                name="alignment_standing_is_known",
                violation_error_message="standing: choose one of accepted, contested.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="alignment_begins_before_it_ends",
                violation_error_message="since: it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "forecast"), models.Q(("likelihood", ""), _negated=True)),
                    models.Q(models.Q(("basis", "forecast"), _negated=True), ("likelihood", "")),
                    _connector="OR",
                ),
                name="alignment_forecasts_have_a_likelihood",
                violation_error_message="likelihood: a forecast needs one, and nothing else may have one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing", "accepted"), models.Q(("standing_note", ""), _negated=True), _connector="OR"
                ),
                name="alignment_contested_says_why",
                violation_error_message="standing_note: say why the claim is contested.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor", models.F("counterpart")), _negated=True),
                name="alignment_is_of_two_actors",
                violation_error_message="counterpart: choose another actor than the first.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="1db509d7ae9e81701f09dbe8fc9ee97b75580468",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_3eb53",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', n.id, '',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="986aead2c46401a3bda468b0ce89db2c5819d4a0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_24b06",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="3ed8549c47585f6be4641d6b5d370588e7304abc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_61cbc",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_alignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="acd46dd9f6cf0da1c8c520560a3d94ef720fe2d6",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_9e48f",
                    table="tracker_alignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="3df93cdadcf14e0976f0752d0a9e84368a13e7a3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_8d34e",
                    table="tracker_alignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            NEW.version := 1;\n            IF EXISTS (SELECT FROM public.tracker_event WHERE noun = 'alignment' AND record = NEW.id AND part = '')\n               AND NOT EXISTS (SELECT FROM public.tracker_alignment WHERE id = NEW.id) THEN\n                RAISE EXCEPTION 'alignment % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'alignment_id_is_never_used_again';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="23bd6e712a6eaa9083711976d3446eb326b1db9e",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_a5537",
                    table="tracker_alignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.issue_id, NEW.actor_id, NEW.counterpart_id, NEW.pattern, NEW.since, NEW.until, NEW.basis, NEW.likelihood, NEW.confidence, NEW.standing, NEW.standing_note, NEW.summary, NEW.confirmed_on) IS DISTINCT FROM (OLD.ref, OLD.issue_id, OLD.actor_id, OLD.counterpart_id, OLD.pattern, OLD.since, OLD.until, OLD.basis, OLD.likelihood, OLD.confidence, OLD.standing, OLD.standing_note, OLD.summary, OLD.confirmed_on) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="7c7e6558191dcbb1e656c914b66593a5d4957820",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_6abe9",
                    table="tracker_alignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignment",
            trigger=pgtrigger.compiler.Trigger(
                name="public_is_not_deleted",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            PERFORM public.refuse_old_snapshot();\n            IF EXISTS (SELECT FROM public.tracker_change WHERE noun = 'alignment' AND record = OLD.id) THEN\n                RAISE EXCEPTION 'alignment % was public: retract it instead of deleting it', OLD.id\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'alignment_public_is_not_deleted';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="4241ee38b7b52bb18865cabc2f6ab0cf4d4f2efe",
                    operation="DELETE",
                    pgid="pgtrigger_public_is_not_deleted_75950",
                    table="tracker_alignment",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="discussion",
            constraint=models.UniqueConstraint(fields=("meeting", "issue"), name="discussion_once_a_meeting"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'discussion',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="774041edf15b7492619612e1173a70c3e64b00d7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_03fa9",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'discussion',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="056a9d5ef167bfcc24b3ad9c991f01be7ead21e4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_61ea0",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', o.meeting_id, 'discussion',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="21b90cb38aaea805791e6082e43b7fc57d0ca799",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_8ebe3",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="fc59626911fb353ceaaefdbf99784771cc2d72c4",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_ad983",
                    table="tracker_discussion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="a1adcede4c89d976c592b5672cb67daeb29a6d75",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_f5986",
                    table="tracker_discussion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_owner",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.meeting_id IS DISTINCT FROM OLD.meeting_id THEN\n                RAISE EXCEPTION '%.meeting_id: a part never moves to another record', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="8221ed752dc5ac100e7bb690179893fd3ef258f6",
                    operation='UPDATE OF "meeting_id"',
                    pgid="pgtrigger_keeps_owner_82860",
                    table="tracker_discussion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM new_rows n)\n        $statement$; RETURN NULL;",
                    hash="20473e2361cf0bff63ce2bcfcc38c0ad83a20dfc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_52685",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*)\n        $statement$; RETURN NULL;",
                    hash="2e2a66c9cc211a2cfd74c8d7f6787821eba4d8e4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_by_update_9ca00",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="discussion",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT o.meeting_id FROM old_rows o)\n        $statement$; RETURN NULL;",
                    hash="25b045f62712eb3c8821b764e218a1ae1fcf7122",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_touch_by_delete_76688",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_discussion",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["host", "participant", "observer", "invited", "boycotted"])),
                name="participant_role_is_known",
                violation_error_message="role: choose one of host, participant, observer, invited, boycotted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(fields=("meeting", "actor"), name="participant_once_a_meeting"),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("represented_by__isnull", True),
                    models.Q(("represented_by", models.F("actor")), _negated=True),
                    _connector="OR",
                ),
                name="participant_is_represented_by_another",
                violation_error_message="represented_by: name a person other than the participant.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'participant',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="03e8337205b73abf26494931decba58660b0ab95",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_ce26a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'participant',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="31b6b029b50418bd2ea6315f6da6b782f3040dd2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_7d1e6",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', o.meeting_id, 'participant',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="7da943a7d7361cb13882d5df62a1e81fca188358",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_327aa",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="b2331ab8fa5210d2619d2e7f510a75c0a0afc52c",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_3a309",
                    table="tracker_participant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="4d6d8b608ee595ac6aae8530c6cd75d1bb6ca992",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_ee9b5",
                    table="tracker_participant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_owner",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.meeting_id IS DISTINCT FROM OLD.meeting_id THEN\n                RAISE EXCEPTION '%.meeting_id: a part never moves to another record', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="9a4b962981fe44e416c0452dc9ab09feb4bae371",
                    operation='UPDATE OF "meeting_id"',
                    pgid="pgtrigger_keeps_owner_7f183",
                    table="tracker_participant",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM new_rows n)\n        $statement$; RETURN NULL;",
                    hash="168b317e66a5a1497895fd8b8e56978162dcf554",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_741c3",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*)\n        $statement$; RETURN NULL;",
                    hash="c302f8d1ae792dc92121063bbbd7233c47ffc7c6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_by_update_676d0",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT o.meeting_id FROM old_rows o)\n        $statement$; RETURN NULL;",
                    hash="6433b5d02603a967fa4fcc08c983229db53896cf",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_touch_by_delete_715c2",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_participant",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="membership_begins_before_it_ends",
                violation_error_message="since: it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor", models.F("organization")), _negated=True),
                name="membership_is_of_another",
                violation_error_message="organization: an actor is no member of itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("actor", "organization", "role", "since"), name="membership_once_a_period"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', n.actor_id, 'membership',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="041883bd236740260f568bb354f8d1460d598001",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_aa103",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', n.actor_id, 'membership',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="5858ef02238c6f6d44dc8bb8469239ab66ca0273",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_2a6fb",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'actor', o.actor_id, 'membership',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="5e424f1aeeab8a19b6de65b532a1e3a89c60ee5f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_e4140",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="643767266a74ad96728237d9ab375048bcc79432",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_b6e33",
                    table="tracker_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="b852c01d27281016d713568c1c73cb3c0def0170",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_543b5",
                    table="tracker_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_owner",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.actor_id IS DISTINCT FROM OLD.actor_id THEN\n                RAISE EXCEPTION '%.actor_id: a part never moves to another record', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="76c678ee5660db065c7b89302482e72ff62bea9d",
                    operation='UPDATE OF "actor_id"',
                    pgid="pgtrigger_keeps_owner_3a6a8",
                    table="tracker_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_actor SET version = version + 1\n            WHERE id IN (SELECT n.actor_id FROM new_rows n)\n        $statement$; RETURN NULL;",
                    hash="2eeec039339a1159b783ba0af34db170f207f84e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_a813f",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_actor SET version = version + 1\n            WHERE id IN (SELECT n.actor_id FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*)\n        $statement$; RETURN NULL;",
                    hash="f6407714b3edd67275523e50c2c49ff15311b021",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_by_update_9e533",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_actor SET version = version + 1\n            WHERE id IN (SELECT o.actor_id FROM old_rows o)\n        $statement$; RETURN NULL;",
                    hash="8a7220ba8b15024ac45d4447df98b835d7404c6d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_touch_by_delete_9481a",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_membership",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingcitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["supports", "contradicts"])),
                name="meeting_citation_relation_is_known",
                violation_error_message="relation: choose one of supports, contradicts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingcitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "locator_label__in",
                        [
                            "act",
                            "appendix",
                            "article-locator",
                            "book",
                            "canon",
                            "chapter",
                            "column",
                            "elocation",
                            "equation",
                            "figure",
                            "folio",
                            "issue",
                            "line",
                            "note",
                            "opus",
                            "page",
                            "paragraph",
                            "part",
                            "rule",
                            "scene",
                            "section",
                            "sub-verbo",
                            "supplement",
                            "table",
                            "timestamp",
                            "title-locator",
                            "verse",
                            "version",
                            "volume",
                            "",
                        ],
                    )
                ),
                name="meeting_citation_locator_label_is_known",
                violation_error_message="locator_label: choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingcitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6", ""])),
                name="meeting_citation_credibility_is_known",
                violation_error_message="credibility: choose one of 1, 2, 3, 4, 5, 6.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'citation',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="026d0be34c3b8e179b1b4ef5bb7ff0acec972342",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_8a487",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', n.meeting_id, 'citation',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="f8077af902a4b5cf10cb88f822b9ad19d4d90cc2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_c7bcd",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'meeting', o.meeting_id, 'citation',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="d446cd7484d8e45bf9002a90ff5c55918e7de6a1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_0c730",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="593361bd857767497d9b32daa95bc149416b5b20",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_76b5b",
                    table="tracker_meetingcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="9bdd832ea7d7102386f784bf9f5df4fa04956e32",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_1fa0a",
                    table="tracker_meetingcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_owner",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.meeting_id IS DISTINCT FROM OLD.meeting_id THEN\n                RAISE EXCEPTION '%.meeting_id: a part never moves to another record', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="8fd85a2ddc7aa2e32720e30633e8ac7d8ff8a679",
                    operation='UPDATE OF "meeting_id"',
                    pgid="pgtrigger_keeps_owner_d3269",
                    table="tracker_meetingcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM new_rows n)\n        $statement$; RETURN NULL;",
                    hash="fc9f18758e0d323e892f54d126e14642a069ce02",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_3a0fd",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT n.meeting_id FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*)\n        $statement$; RETURN NULL;",
                    hash="87bd8f30a6836cc7fd80efb1abc8dbeecd2afd6d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_by_update_3666a",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_meeting SET version = version + 1\n            WHERE id IN (SELECT o.meeting_id FROM old_rows o)\n        $statement$; RETURN NULL;",
                    hash="cccd31ed89c58a6596004e7766495d28110cae06",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_touch_by_delete_c270d",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_meetingcitation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentcitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["supports", "contradicts"])),
                name="alignment_citation_relation_is_known",
                violation_error_message="relation: choose one of supports, contradicts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentcitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "locator_label__in",
                        [
                            "act",
                            "appendix",
                            "article-locator",
                            "book",
                            "canon",
                            "chapter",
                            "column",
                            "elocation",
                            "equation",
                            "figure",
                            "folio",
                            "issue",
                            "line",
                            "note",
                            "opus",
                            "page",
                            "paragraph",
                            "part",
                            "rule",
                            "scene",
                            "section",
                            "sub-verbo",
                            "supplement",
                            "table",
                            "timestamp",
                            "title-locator",
                            "verse",
                            "version",
                            "volume",
                            "",
                        ],
                    )
                ),
                name="alignment_citation_locator_label_is_known",
                violation_error_message="locator_label: choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignmentcitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6", ""])),
                name="alignment_citation_credibility_is_known",
                violation_error_message="credibility: choose one of 1, 2, 3, 4, 5, 6.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', n.alignment_id, 'citation',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="32f9dbe63c2b5c576e8916edf06c8107ddf28cfb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_e8056",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', n.alignment_id, 'citation',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="869a6cc59ce8a49c193f06d66e70fb6cdcd082af",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_4a94a",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'alignment', o.alignment_id, 'citation',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="f5dfa90c23b6ad50ea0a804c164c5032ef69d758",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_d808b",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="77161c31c074eedf3de6bd4de6764c62850b1f5b",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_50ffe",
                    table="tracker_alignmentcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="d35969325e4da55303fdcf607c9913f950001901",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_6b7f5",
                    table="tracker_alignmentcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_owner",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.alignment_id IS DISTINCT FROM OLD.alignment_id THEN\n                RAISE EXCEPTION '%.alignment_id: a part never moves to another record', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="eefa54aff3d189c7d6ef7d267ee875bfdca2eeb7",
                    operation='UPDATE OF "alignment_id"',
                    pgid="pgtrigger_keeps_owner_41742",
                    table="tracker_alignmentcitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_alignment SET version = version + 1\n            WHERE id IN (SELECT n.alignment_id FROM new_rows n)\n        $statement$; RETURN NULL;",
                    hash="c7f405dce36b30c5f5b7acb1ed7eb847a62e05b2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_d4aff",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_alignment SET version = version + 1\n            WHERE id IN (SELECT n.alignment_id FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*)\n        $statement$; RETURN NULL;",
                    hash="90311240b152176d56dde9d3016f82f90b7cfc04",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_by_update_acd13",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alignmentcitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_alignment SET version = version + 1\n            WHERE id IN (SELECT o.alignment_id FROM old_rows o)\n        $statement$; RETURN NULL;",
                    hash="a684d1c6cd23cb0a04d09b804dd597dc26d0a85e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_touch_by_delete_81280",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_alignmentcitation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="stance_ref_has_its_form",
                violation_error_message="ref: use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["editing", "in_review"])), name="stance_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "position__in",
                        [
                            "strongly_opposes",
                            "opposes",
                            "neutral",
                            "supports",
                            "strongly_supports",
                            "silent",
                            "no_evidence",
                        ],
                    )
                ),
                name="stance_position_is_known",
                violation_error_message="position: choose one of strongly_opposes, opposes, neutral, supports, strongly_supports, silent, no_evidence.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["statement", "action", "inference", "forecast"])),
                name="stance_basis_is_known",
                violation_error_message="basis: choose one of statement, action, inference, forecast.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "likelihood__in",
                        [
                            "almost_no_chance",
                            "very_unlikely",
                            "unlikely",
                            "roughly_even_chance",
                            "likely",
                            "very_likely",
                            "almost_certain",
                            "",
                        ],
                    )
                ),
                name="stance_likelihood_is_known",
                violation_error_message="likelihood: choose one of almost_no_chance, very_unlikely, unlikely, roughly_even_chance, likely, very_likely, almost_certain.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__in", ["low", "moderate", "high"])),
                name="stance_confidence_is_known",
                violation_error_message="confidence: choose one of low, moderate, high.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["accepted", "contested"])),
                name="stance_standing_is_known",
                violation_error_message="standing: choose one of accepted, contested.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("instruments__contained_by", ["diplomatic", "economic", "military", "legal", "informational"])
                ),
                name="stance_instruments_are_known",
                violation_error_message="instruments: choose from diplomatic, economic, military, legal, informational.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="stance_begins_before_it_ends",
                violation_error_message="since: it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "forecast"), models.Q(("likelihood", ""), _negated=True)),
                    models.Q(models.Q(("basis", "forecast"), _negated=True), ("likelihood", "")),
                    _connector="OR",
                ),
                name="stance_forecasts_have_a_likelihood",
                violation_error_message="likelihood: a forecast needs one, and nothing else may have one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing", "accepted"), models.Q(("standing_note", ""), _negated=True), _connector="OR"
                ),
                name="stance_contested_says_why",
                violation_error_message="standing_note: say why the claim is contested.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("defers_to__isnull", True),
                    models.Q(("defers_to", models.F("actor")), _negated=True),
                    _connector="OR",
                ),
                name="stance_defers_to_another",
                violation_error_message="defers_to: choose another actor than the one whose stance it is.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', n.id, '',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="78bb531ebf3414140bda98bff694313709c4074e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_8c3d6",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', n.id, '',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="ede538808f61afaa2d6a0a156a9bb58a0923de04",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_a4690",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_stance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', o.id, '',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="095d50bfa4e19c35c429be749d729f79b9199af0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_3b855",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_stance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="76955c68af56a2f7f2701b070eea55ff5cc91fb5",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_ab6c6",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="8cdf092c6b83fa84a62ce104635984f955736a59",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_0d8c0",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_at_one",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            NEW.version := 1;\n            IF EXISTS (SELECT FROM public.tracker_event WHERE noun = 'stance' AND record = NEW.id AND part = '')\n               AND NOT EXISTS (SELECT FROM public.tracker_stance WHERE id = NEW.id) THEN\n                RAISE EXCEPTION 'stance % was another record: an id is never used again', NEW.id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'stance_id_is_never_used_again';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="b14b390773e4bdf78f6b2edceedca41854269914",
                    operation="INSERT",
                    pgid="pgtrigger_begins_at_one_db0fe",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="raises_version",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.version > OLD.version OR (NEW.ref, NEW.actor_id, NEW.issue_id, NEW.position, NEW.since, NEW.until, NEW.basis, NEW.likelihood, NEW.hedged, NEW.defers_to_id, NEW.instruments, NEW.confidence, NEW.standing, NEW.standing_note, NEW.summary, NEW.confirmed_on) IS DISTINCT FROM (OLD.ref, OLD.actor_id, OLD.issue_id, OLD.position, OLD.since, OLD.until, OLD.basis, OLD.likelihood, OLD.hedged, OLD.defers_to_id, OLD.instruments, OLD.confidence, OLD.standing, OLD.standing_note, OLD.summary, OLD.confirmed_on) THEN\n                NEW.version := OLD.version + 1;\n                IF NEW.state = OLD.state THEN\n                    NEW.state := 'editing';\n                END IF;\n            ELSIF NEW.state <> OLD.state THEN\n                NEW.version := OLD.version + 1;\n            ELSE\n                NEW.version := OLD.version;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="9e16b26aeba0c12e1e07a475a37dbf0a60abac6a",
                    operation="UPDATE",
                    pgid="pgtrigger_raises_version_b0d06",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="public_is_not_deleted",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            PERFORM public.refuse_old_snapshot();\n            IF EXISTS (SELECT FROM public.tracker_change WHERE noun = 'stance' AND record = OLD.id) THEN\n                RAISE EXCEPTION 'stance % was public: retract it instead of deleting it', OLD.id\n                    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'stance_public_is_not_deleted';\n            END IF;\n            RETURN OLD;\n        ",
                    hash="203e59d7fdc510cac0c3cf0c42b4eaf5518ac6aa",
                    operation="DELETE",
                    pgid="pgtrigger_public_is_not_deleted_05dce",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stance",
            trigger=pgtrigger.compiler.Trigger(
                name="issue_has_a_question",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n    IF (SELECT question FROM public.tracker_issue WHERE id = NEW.issue_id FOR SHARE) = '' THEN\n        RAISE EXCEPTION 'issue: a grouping issue has no question to take a position on; choose one below it'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'stance_issue_has_a_question';\n    END IF;\n    RETURN NEW;\n",
                    hash="e94f76bdef98da93665454c0daf34d2a33e52cc7",
                    operation='INSERT OR UPDATE OF "issue_id"',
                    pgid="pgtrigger_issue_has_a_question_42e01",
                    table="tracker_stance",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="stancecitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["supports", "contradicts"])),
                name="stance_citation_relation_is_known",
                violation_error_message="relation: choose one of supports, contradicts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stancecitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "locator_label__in",
                        [
                            "act",
                            "appendix",
                            "article-locator",
                            "book",
                            "canon",
                            "chapter",
                            "column",
                            "elocation",
                            "equation",
                            "figure",
                            "folio",
                            "issue",
                            "line",
                            "note",
                            "opus",
                            "page",
                            "paragraph",
                            "part",
                            "rule",
                            "scene",
                            "section",
                            "sub-verbo",
                            "supplement",
                            "table",
                            "timestamp",
                            "title-locator",
                            "verse",
                            "version",
                            "volume",
                            "",
                        ],
                    )
                ),
                name="stance_citation_locator_label_is_known",
                violation_error_message="locator_label: choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stancecitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6", ""])),
                name="stance_citation_credibility_is_known",
                violation_error_message="credibility: choose one of 1, 2, 3, 4, 5, 6.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', n.stance_id, 'citation',\n                   n.id, NULL, to_jsonb(n)\n            FROM new_rows n\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="d3545377662ec3a231a09d329803cb5af364b25e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_event_of_insert_0d473",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', n.stance_id, 'citation',\n                   n.id, to_jsonb(o), to_jsonb(n)\n            FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*\n            ORDER BY n.id\n        $statement$; RETURN NULL;",
                    hash="867b83f1e1e46854ca8523b5796cf88a4de8587e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_event_of_update_11a3a",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="event_of_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            INSERT INTO public.tracker_event (changeset_id, noun, record, part, row, before, after)\n            SELECT (SELECT public.current_changeset()), 'stance', o.stance_id, 'citation',\n                   o.id, to_jsonb(o), NULL\n            FROM old_rows o\n            ORDER BY o.id\n        $statement$; RETURN NULL;",
                    hash="72756d5c591444d27dd112746ef67210f9be9c25",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_event_of_delete_15c45",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_id",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.id IS DISTINCT FROM OLD.id THEN\n                RAISE EXCEPTION '%.id: an id never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="4de89a51e2bf557385ed0f51d241873761b7507f",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_keeps_id_7b53d",
                    table="tracker_stancecitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="refuses_truncate",
                sql=tracker.models.triggers.TriggerSql(
                    func="RAISE EXCEPTION 'TRUNCATE of % is refused: history would not see it', TG_TABLE_NAME;",
                    hash="939ac0daec4ef2dddf6c535c692237db8a071801",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_refuses_truncate_55ab5",
                    table="tracker_stancecitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_owner",
                sql=tracker.models.triggers.TriggerSql(
                    func="\n            IF NEW.stance_id IS DISTINCT FROM OLD.stance_id THEN\n                RAISE EXCEPTION '%.stance_id: a part never moves to another record', TG_TABLE_NAME USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                    hash="0fe8db80264dd8cb73e49d7a2c7793e04dec0233",
                    operation='UPDATE OF "stance_id"',
                    pgid="pgtrigger_keeps_owner_ea162",
                    table="tracker_stancecitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_insert",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_stance SET version = version + 1\n            WHERE id IN (SELECT n.stance_id FROM new_rows n)\n        $statement$; RETURN NULL;",
                    hash="76d7ff2e509f0e3f9b1354ccd7105c650c4228dd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_touch_by_insert_99dd5",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_update",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_stance SET version = version + 1\n            WHERE id IN (SELECT n.stance_id FROM old_rows o JOIN new_rows n USING (id) WHERE o.* IS DISTINCT FROM n.*)\n        $statement$; RETURN NULL;",
                    hash="6eb71dc2cf704a1bdbecc0bad4dfb5c8bbff441c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_touch_by_update_af9bc",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stancecitation",
            trigger=pgtrigger.compiler.Trigger(
                name="touch_by_delete",
                sql=tracker.models.triggers.TriggerSql(
                    func="EXECUTE $statement$\n            UPDATE public.tracker_stance SET version = version + 1\n            WHERE id IN (SELECT o.stance_id FROM old_rows o)\n        $statement$; RETURN NULL;",
                    hash="778d3d8038a71d5be9af4ad7d709083d411259f9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_touch_by_delete_99e3b",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="tracker_stancecitation",
                    when="AFTER",
                ),
            ),
        ),
    ]
