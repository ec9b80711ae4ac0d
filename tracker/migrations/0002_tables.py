"""All tables, as Django writes them; it is no work of hands, and isn't formatted."""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import tracker.models.constraints
import tracker.models.functions


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0001_extensions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('published_at', models.DateTimeField(help_text='UTC, strictly increasing.', unique=True)),
                ('note', models.TextField(blank=True, default='', help_text='What the edition is about; public.')),
                ('transaction', models.BigIntegerField(db_default=tracker.models.functions.CurrentTransaction(), help_text="PostgreSQL's transaction.")),
                ('published_by', models.ForeignKey(help_text='Who; never public.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Pace',
            fields=[
                ('key', models.CharField(help_text='Which token, or who.', max_length=50, primary_key=True, serialize=False)),
                ('even_at', models.DateTimeField(help_text='When what was asked is made up for by waiting.')),
            ],
        ),
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(blank=True, help_text='A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.', max_length=100, null=True, unique=True)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, help_text='Raised by every change of the record or of its parts.')),
                ('state', models.CharField(choices=[('editing', 'editing'), ('in_review', 'in review')], default='editing', editable=False, help_text="Where a record stands in the team's work; whether it is public is told by the publication.", max_length=40)),
                ('slug', models.CharField(help_text='The key in addresses: lower-case words, hyphenated.', max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('state', 'state'), ('organization', 'organization'), ('bloc', 'bloc'), ('person', 'person'), ('armed_group', 'armed group')], help_text='What sort of actor takes positions.', max_length=40)),
                ('name', models.CharField(help_text='The name in English, as readers know it.', max_length=200)),
                ('short_name', models.CharField(blank=True, default='', help_text='A shorter name or abbreviation, for tables.', max_length=60)),
                ('names', models.JSONField(blank=True, default=dict, help_text='Names in other languages, by BCP 47 tag: {“zh”: “中国”, “ru”: “Китай”}.')),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='Other names under which it is found.', size=None)),
                ('summary', models.TextField(blank=True, default='', help_text='Who or what it is, in a few sentences.')),
                ('iso3', models.CharField(blank=True, help_text='ISO 3166-1 alpha-3 code, for states that have one.', max_length=3, null=True)),
                ('wikidata_id', models.CharField(blank=True, default='', help_text='The Wikidata item, e.g. Q148.', max_length=20)),
                ('merged_into', models.ForeignKey(blank=True, editable=False, help_text='The record into which this one was merged, if it was.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.actor')),
            ],
        ),
        migrations.CreateModel(
            name='Ahead',
            fields=[
                ('pk', models.CompositePrimaryKey('noun', 'record', blank=True, editable=False, primary_key=True, serialize=False)),
                ('noun', models.CharField(choices=[('issue', 'issue'), ('actor', 'actor'), ('source', 'source'), ('stance', 'stance'), ('alignment', 'alignment'), ('meeting', 'meeting')], max_length=20)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version.")),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('noun__in', ['issue', 'actor', 'source', 'stance', 'alignment', 'meeting'])), name='ahead_noun_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ChangeSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='When the transaction began.')),
                ('reason', models.TextField(blank=True, default='', help_text='Why.')),
                ('channel', models.CharField(choices=[('admin', 'admin'), ('api', 'API'), ('import', 'import'), ('command', 'command'), ('sql', 'SQL')], help_text='Through which edge.', max_length=10)),
                ('transaction', models.BigIntegerField(db_default=tracker.models.functions.CurrentTransaction(), help_text="PostgreSQL's transaction.")),
                ('link', models.IntegerField(help_text='The edition whose link of the chain covers it; none: not yet.', null=True)),
                ('digest', models.BinaryField(help_text='The SHA-256 of it and its events, made for that link.', null=True)),
                ('made_by', models.ForeignKey(db_index=False, help_text='Who; none for SQL.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ChangeSubject',
            fields=[
                ('pk', models.CompositePrimaryKey('noun', 'record', 'edition', blank=True, editable=False, primary_key=True, serialize=False)),
                ('noun', models.CharField(max_length=20)),
                ('record', models.IntegerField(help_text='The id of the actor or issue.')),
                ('edition', models.IntegerField(help_text='The number of the edition.')),
                ('positions', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='The places of the changes within the edition, ascending.', size=None)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('noun__in', ['actor', 'issue'])), name='changesubject_noun_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('edition', models.OneToOneField(db_column='edition', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='link', serialize=False, to='tracker.edition')),
                ('salt', models.BinaryField(help_text='32 bytes at random; never public.')),
                ('editions', models.BinaryField(help_text='Of the edition itself; of the first link: of all editions up to it.')),
                ('changes', models.BinaryField(help_text='Of its changes, in their order.')),
                ('documents', models.BinaryField(help_text='Of the documents that it opened and closed.')),
                ('changesets', models.BinaryField(help_text='Of the digests of the change sets that it covers.')),
                ('releases', models.BinaryField(help_text='Of the releases that it covers, with their files.')),
                ('digest', models.BinaryField(help_text='Of the digest of the link before, the salt, and these parts; public.')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('pk', models.CompositePrimaryKey('edition', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField(help_text='Its place within the edition, from 1.')),
                ('noun', models.CharField(choices=[('issue', 'issue'), ('actor', 'actor'), ('source', 'source'), ('stance', 'stance'), ('alignment', 'alignment'), ('meeting', 'meeting')], max_length=20)),
                ('record', models.IntegerField()),
                ('key', models.CharField(help_text='The key of its address in that edition.', max_length=100)),
                ('operation', models.CharField(choices=[('published', 'published'), ('updated', 'updated'), ('renamed', 'renamed'), ('retracted', 'retracted'), ('merged', 'merged')], max_length=10)),
                ('changed', models.JSONField(default=dict, help_text='What changed in its public form: {field: [old, new]}.')),
                ('into', models.IntegerField(help_text='The survivor of a merge.', null=True)),
                ('edition', models.ForeignKey(db_column='edition', on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='tracker.edition')),
            ],
        ),
        migrations.CreateModel(
            name='AlignmentDocument',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered.")),
                ('gone', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('closed', 2147483647), output_field=models.IntegerField())),
                ('shape', models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ('body', models.TextField(help_text='The record as JSON, as rendered.')),
                ('ref', models.CharField(max_length=100, null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(help_text='The words of the body, names first.')),
                ('digest', models.GeneratedField(db_persist=True, expression=models.Func('opened', 'body', function='public.document_digest'), help_text='The SHA-256 of the record as the API writes it.', output_field=models.BinaryField())),
                ('sort', models.DateField()),
                ('issue', models.IntegerField()),
                ('actor', models.IntegerField()),
                ('counterpart', models.IntegerField()),
                ('pattern', models.CharField(max_length=40)),
                ('basis', models.CharField(max_length=40)),
                ('confidence', models.CharField(max_length=40)),
                ('standing', models.CharField(max_length=40)),
                ('possible', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('certain', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('asserted', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('closed', models.ForeignKey(db_column='closed', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
                ('opened', models.ForeignKey(db_column='opened', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
            ],
        ),
        migrations.CreateModel(
            name='ActorDocument',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered.")),
                ('gone', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('closed', 2147483647), output_field=models.IntegerField())),
                ('shape', models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ('body', models.TextField(help_text='The record as JSON, as rendered.')),
                ('ref', models.CharField(max_length=100, null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(help_text='The words of the body, names first.')),
                ('digest', models.GeneratedField(db_persist=True, expression=models.Func('opened', 'body', function='public.document_digest'), help_text='The SHA-256 of the record as the API writes it.', output_field=models.BinaryField())),
                ('sort', models.TextField()),
                ('slug', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=40)),
                ('iso3', models.CharField(max_length=3, null=True)),
                ('closed', models.ForeignKey(db_column='closed', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
                ('opened', models.ForeignKey(db_column='opened', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('happened_at', models.DateTimeField(db_default=tracker.models.functions.ClockTimestamp())),
                ('noun', models.CharField(choices=[('issue', 'issue'), ('actor', 'actor'), ('source', 'source'), ('stance', 'stance'), ('alignment', 'alignment'), ('meeting', 'meeting')], max_length=20)),
                ('record', models.IntegerField(help_text='The id of the record that the row is, or belongs to.')),
                ('part', models.CharField(blank=True, help_text='What part the row is; empty: the record itself.', max_length=20)),
                ('row', models.IntegerField(help_text='The id of the row.')),
                ('before', models.JSONField(help_text='The row before; null for an insert.', null=True)),
                ('after', models.JSONField(help_text='The row after; null for a delete.', null=True)),
                ('changeset', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='tracker.changeset')),
            ],
        ),
        migrations.CreateModel(
            name='FailedAttempts',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='By what the attempts are counted.', max_length=300, unique=True)),
                ('count', models.PositiveIntegerField(help_text='How many there were in a row, none an hour after the one before.')),
                ('last_at', models.DateTimeField(db_default=tracker.models.functions.ClockTimestamp(), help_text='When the last one was.')),
            ],
            options={
                'indexes': [models.Index(fields=['last_at'], name='failedattempts_oldest_first')],
            },
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(blank=True, help_text='A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.', max_length=100, null=True, unique=True)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, help_text='Raised by every change of the record or of its parts.')),
                ('state', models.CharField(choices=[('editing', 'editing'), ('in_review', 'in review')], default='editing', editable=False, help_text="Where a record stands in the team's work; whether it is public is told by the publication.", max_length=40)),
                ('slug', models.CharField(help_text='The key in addresses: lower-case words, hyphenated.', max_length=80, unique=True)),
                ('title', models.CharField(help_text='The name of the matter.', max_length=200)),
                ('question', models.CharField(blank=True, default='', help_text='The proposition that a position supports or opposes, e.g. “Should UN sanctions on Pyongyang be eased?”. Empty for a grouping issue, which takes no stances.', max_length=300)),
                ('summary', models.TextField(blank=True, default='', help_text='What the matter is about, in a few sentences.')),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('energy', 'energy'), ('defense', 'defense'), ('infrastructure', 'infrastructure'), ('trade', 'trade'), ('finance', 'finance'), ('nuclear_weapons', 'nuclear weapons'), ('sanctions', 'sanctions'), ('human_rights', 'human rights'), ('security', 'security'), ('diplomacy', 'diplomacy'), ('territory', 'territory'), ('governance', 'governance')], max_length=40), blank=True, default=list, help_text='What an issue is about. Any number.', size=None)),
                ('region', models.CharField(blank=True, choices=[('africa', 'Africa'), ('arctic', 'Arctic'), ('central_asia', 'Central Asia'), ('east_asia', 'East Asia'), ('europe', 'Europe'), ('latin_america', 'Latin America'), ('middle_east', 'Middle East'), ('south_asia', 'South Asia'), ('southeast_asia', 'Southeast Asia'), ('global', 'global')], default='', help_text='Where an issue lies.', max_length=40)),
                ('merged_into', models.ForeignKey(blank=True, editable=False, help_text='The record into which this one was merged, if it was.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.issue')),
                ('parent', models.ForeignKey(blank=True, help_text='The wider matter that this one is part of.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tracker.issue')),
            ],
        ),
        migrations.CreateModel(
            name='CoreInterest',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.CharField(blank=True, default='', help_text='In what way.', max_length=500)),
                ('actor', models.ForeignKey(help_text='Whose core interest the matter is.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.actor')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='core_interests', to='tracker.issue')),
            ],
        ),
        migrations.CreateModel(
            name='Alignment',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(blank=True, help_text='A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.', max_length=100, null=True, unique=True)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, help_text='Raised by every change of the record or of its parts.')),
                ('state', models.CharField(choices=[('editing', 'editing'), ('in_review', 'in review')], default='editing', editable=False, help_text="Where a record stands in the team's work; whether it is public is told by the publication.", max_length=40)),
                ('pattern', models.CharField(choices=[('coordinated', 'coordinated'), ('parallel', 'parallel'), ('complementary', 'complementary'), ('divergent', 'divergent'), ('competing', 'competing'), ('defers', 'defers to'), ('hedges', 'hedges against')], help_text='How two actors relate on an issue, as judged by an analyst.', max_length=40)),
                ('since', models.CharField(blank=True, default='', help_text='From when; empty: unknown.', max_length=30)),
                ('until', models.CharField(blank=True, default='', help_text='Until when, inclusive; empty: still so, as far as known.', max_length=30)),
                ('basis', models.CharField(choices=[('statement', 'statement'), ('action', 'action'), ('inference', 'inference'), ('forecast', 'forecast')], help_text='What a claim rests on.', max_length=40)),
                ('likelihood', models.CharField(blank=True, choices=[('almost_no_chance', 'almost no chance'), ('very_unlikely', 'very unlikely'), ('unlikely', 'unlikely'), ('roughly_even_chance', 'roughly even chance'), ('likely', 'likely'), ('very_likely', 'very likely'), ('almost_certain', 'almost certain')], default='', help_text='How probable a forecast is, in the seven terms of ICD 203.', max_length=40)),
                ('confidence', models.CharField(choices=[('low', 'low'), ('moderate', 'moderate'), ('high', 'high')], help_text='How well the evidence bears the claim (ICD 203); not how probable the thing is.', max_length=40)),
                ('standing', models.CharField(choices=[('accepted', 'accepted'), ('contested', 'contested')], default='accepted', help_text='Whether the team holds a claim or only records that it is made.', max_length=40)),
                ('standing_note', models.CharField(blank=True, default='', help_text='Why it is contested.', max_length=1000)),
                ('summary', models.TextField(blank=True, default='', help_text='The claim in a sentence or two of your own.')),
                ('confirmed_on', models.DateField(blank=True, help_text="The day somebody last checked that it still held; by default the first day that the newest cited source's date can mean.", null=True)),
                ('since_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('since', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “since” can mean.', output_field=models.DateField(null=True))),
                ('since_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('since', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “since” can mean.', output_field=models.DateField(null=True))),
                ('until_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('until', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “until” can mean.', output_field=models.DateField(null=True))),
                ('until_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('until', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “until” can mean.', output_field=models.DateField(null=True))),
                ('actor', models.ForeignKey(help_text='Who.', on_delete=django.db.models.deletion.PROTECT, related_name='alignments', to='tracker.actor')),
                ('counterpart', models.ForeignKey(help_text='With, to or against whom.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.actor')),
                ('issue', models.ForeignKey(help_text='On which issue.', on_delete=django.db.models.deletion.PROTECT, related_name='alignments', to='tracker.issue')),
            ],
        ),
        migrations.CreateModel(
            name='IssueDocument',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered.")),
                ('gone', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('closed', 2147483647), output_field=models.IntegerField())),
                ('shape', models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ('body', models.TextField(help_text='The record as JSON, as rendered.')),
                ('ref', models.CharField(max_length=100, null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(help_text='The words of the body, names first.')),
                ('digest', models.GeneratedField(db_persist=True, expression=models.Func('opened', 'body', function='public.document_digest'), help_text='The SHA-256 of the record as the API writes it.', output_field=models.BinaryField())),
                ('sort', models.TextField()),
                ('slug', models.CharField(max_length=80)),
                ('parent', models.IntegerField(null=True)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('region', models.CharField(max_length=40)),
                ('has_question', models.BooleanField()),
                ('closed', models.ForeignKey(db_column='closed', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
                ('opened', models.ForeignKey(db_column='opened', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
            ],
        ),
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(help_text='What the client called the request.', max_length=200)),
                ('request', models.CharField(help_text='The SHA-256 of method, address and body.', max_length=64)),
                ('status', models.PositiveSmallIntegerField(help_text='The status of the answer.', null=True)),
                ('headers', models.JSONField(default=dict, help_text='The headers that the answer had of its own.')),
                ('body', models.TextField(blank=True, default='', help_text='The body of the answer.')),
                ('made_at', models.DateTimeField(db_default=tracker.models.functions.ClockTimestamp(), help_text='When it was asked; kept for a day.')),
                ('user', models.ForeignKey(help_text='Who asked.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(blank=True, help_text='A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.', max_length=100, null=True, unique=True)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, help_text='Raised by every change of the record or of its parts.')),
                ('state', models.CharField(choices=[('editing', 'editing'), ('in_review', 'in review')], default='editing', editable=False, help_text="Where a record stands in the team's work; whether it is public is told by the publication.", max_length=40)),
                ('title', models.CharField(help_text='What it is called.', max_length=300)),
                ('kind', models.CharField(choices=[('state_visit', 'state visit'), ('summit', 'summit'), ('sideline', 'sideline meeting'), ('conference', 'conference'), ('ministerial', 'ministerial'), ('envoy_talks', 'envoy talks'), ('call', 'call')], help_text='What sort of encounter it is.', max_length=40)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('expected', 'expected'), ('held', 'held'), ('cancelled', 'cancelled')], help_text='Whether it took place.', max_length=40)),
                ('since', models.CharField(blank=True, default='', help_text='The first day; empty: unknown.', max_length=30)),
                ('until', models.CharField(blank=True, default='', help_text='The last day; empty: it lasts one day.', max_length=30)),
                ('place', models.CharField(blank=True, default='', help_text='The city or venue.', max_length=200)),
                ('country', models.CharField(blank=True, default='', help_text='Where, as an ISO 3166-1 alpha-3 code.', max_length=3)),
                ('series', models.CharField(blank=True, default='', help_text='The series it belongs to, e.g. “Belt and Road Forum”.', max_length=200)),
                ('summary', models.TextField(blank=True, default='', help_text='What happened or is to happen, in a few sentences.')),
                ('since_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('since', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “since” can mean.', output_field=models.DateField(null=True))),
                ('since_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('since', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “since” can mean.', output_field=models.DateField(null=True))),
                ('until_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('until', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “until” can mean.', output_field=models.DateField(null=True))),
                ('until_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('until', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “until” can mean.', output_field=models.DateField(null=True))),
                ('merged_into', models.ForeignKey(blank=True, editable=False, help_text='The record into which this one was merged, if it was.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='Discussion',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(blank=True, default='', help_text='What came of it.', max_length=1000)),
                ('issue', models.ForeignKey(help_text='Which issue.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.issue')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='tracker.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='MeetingDocument',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered.")),
                ('gone', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('closed', 2147483647), output_field=models.IntegerField())),
                ('shape', models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ('body', models.TextField(help_text='The record as JSON, as rendered.')),
                ('ref', models.CharField(max_length=100, null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(help_text='The words of the body, names first.')),
                ('digest', models.GeneratedField(db_persist=True, expression=models.Func('opened', 'body', function='public.document_digest'), help_text='The SHA-256 of the record as the API writes it.', output_field=models.BinaryField())),
                ('sort', models.DateField()),
                ('kind', models.CharField(max_length=40)),
                ('status', models.CharField(max_length=40)),
                ('country', models.CharField(max_length=3)),
                ('series', models.CharField(max_length=200)),
                ('participants', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('issues', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('possible', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('certain', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('closed', models.ForeignKey(db_column='closed', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
                ('opened', models.ForeignKey(db_column='opened', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('pk', models.CompositePrimaryKey('named_noun', 'named', 'noun', 'document', blank=True, editable=False, primary_key=True, serialize=False)),
                ('noun', models.CharField(choices=[('issue', 'issue'), ('actor', 'actor'), ('source', 'source'), ('stance', 'stance'), ('alignment', 'alignment'), ('meeting', 'meeting')], help_text='The noun of the document.', max_length=20)),
                ('document', models.BigIntegerField(help_text="The id of the document in its noun's table.")),
                ('named_noun', models.CharField(choices=[('issue', 'issue'), ('actor', 'actor'), ('source', 'source'), ('stance', 'stance'), ('alignment', 'alignment'), ('meeting', 'meeting')], max_length=20)),
                ('named', models.IntegerField(help_text='The id of the record that it names.')),
            ],
            options={
                'indexes': [models.Index(fields=['noun', 'document'], name='mention_of_document')],
                'constraints': [models.CheckConstraint(condition=models.Q(('noun__in', ['issue', 'actor', 'source', 'stance', 'alignment', 'meeting'])), name='mention_noun_is_known'), models.CheckConstraint(condition=models.Q(('named_noun__in', ['issue', 'actor', 'source', 'stance', 'alignment', 'meeting'])), name='mention_named_noun_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('host', 'host'), ('participant', 'participant'), ('observer', 'observer'), ('invited', 'invited'), ('boycotted', 'boycotted')], default='participant', help_text='As what an actor takes part, or does not.', max_length=40)),
                ('actor', models.ForeignKey(help_text='Who.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.actor')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='tracker.meeting')),
                ('represented_by', models.ForeignKey(blank=True, help_text='The person who came for it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.actor')),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(help_text='Year and number within it, e.g. 2026.1; public.', max_length=10)),
                ('notes', models.TextField(blank=True, default='', help_text='What the release is about; public.')),
                ('made_at', models.DateTimeField(db_default=tracker.models.functions.ClockTimestamp(), help_text='When it was made (UTC).')),
                ('transaction', models.BigIntegerField(db_default=tracker.models.functions.CurrentTransaction(), help_text="PostgreSQL's transaction.")),
                ('link', models.IntegerField(help_text='The edition whose link of the chain covers it; none: not yet.', null=True)),
                ('edition', models.ForeignKey(db_column='edition', help_text='What it names.', on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='tracker.edition')),
                ('made_by', models.ForeignKey(help_text='Who; never public.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': ('add', 'view'),
            },
        ),
        migrations.CreateModel(
            name='ReleaseFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(help_text="The file's name.", max_length=100)),
                ('media_type', models.CharField(help_text='What it is, as HTTP says it.', max_length=100)),
                ('sha256', models.CharField(help_text='The SHA-256 of its content, in hexadecimal.', max_length=64)),
                ('size', models.BigIntegerField(help_text='How many bytes it has.')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='tracker.release')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReleasePiece',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='tracker.releasefile')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('noun', models.CharField(choices=[('issue', 'issue'), ('actor', 'actor'), ('source', 'source'), ('stance', 'stance'), ('alignment', 'alignment'), ('meeting', 'meeting')], max_length=20)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version that it is about.")),
                ('act', models.CharField(choices=[('submitted', 'submitted'), ('withdrawn', 'withdrawn'), ('sent_back', 'sent back'), ('approved', 'approved'), ('assigned', 'assigned'), ('commented', 'commented'), ('merge_proposed', 'proposed to merge')], help_text='What somebody did with a record in its review.', max_length=20)),
                ('text', models.TextField(blank=True, default='', help_text='What was said.')),
                ('survivor', models.IntegerField(help_text='The record into which it is proposed to merge this one.', null=True)),
                ('survivor_version', models.PositiveIntegerField(help_text='The version of that record.', null=True)),
                ('made_at', models.DateTimeField(db_default=tracker.models.functions.ClockTimestamp(), help_text='When.')),
                ('made_by', models.ForeignKey(help_text='Who.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(help_text="Whose turn it is; none: anybody's.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('approve_review', 'Can approve records, and send them back')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(blank=True, help_text='A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.', max_length=100, null=True, unique=True)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, help_text='Raised by every change of the record or of its parts.')),
                ('state', models.CharField(choices=[('editing', 'editing'), ('in_review', 'in review')], default='editing', editable=False, help_text="Where a record stands in the team's work; whether it is public is told by the publication.", max_length=40)),
                ('type', models.CharField(choices=[('article', 'article'), ('article-journal', 'article journal'), ('article-magazine', 'article magazine'), ('article-newspaper', 'article newspaper'), ('bill', 'bill'), ('book', 'book'), ('broadcast', 'broadcast'), ('chapter', 'chapter'), ('classic', 'classic'), ('collection', 'collection'), ('dataset', 'dataset'), ('document', 'document'), ('entry', 'entry'), ('entry-dictionary', 'entry dictionary'), ('entry-encyclopedia', 'entry encyclopedia'), ('event', 'event'), ('figure', 'figure'), ('graphic', 'graphic'), ('hearing', 'hearing'), ('interview', 'interview'), ('legal_case', 'legal case'), ('legislation', 'legislation'), ('manuscript', 'manuscript'), ('map', 'map'), ('motion_picture', 'motion picture'), ('musical_score', 'musical score'), ('pamphlet', 'pamphlet'), ('paper-conference', 'paper conference'), ('patent', 'patent'), ('performance', 'performance'), ('periodical', 'periodical'), ('personal_communication', 'personal communication'), ('post', 'post'), ('post-weblog', 'post weblog'), ('regulation', 'regulation'), ('report', 'report'), ('review', 'review'), ('review-book', 'review book'), ('software', 'software'), ('song', 'song'), ('speech', 'speech'), ('standard', 'standard'), ('thesis', 'thesis'), ('treaty', 'treaty'), ('webpage', 'webpage')], help_text='What sort of document a source is, in the item types of CSL 1.0.2.', max_length=40)),
                ('title', models.CharField(help_text='The title as published.', max_length=500)),
                ('authors', models.JSONField(blank=True, default=list, help_text='CSL names, in order: [{“family”: “Stokes”, “given”: “Jacob”}], or {“literal”: “…”} for a body.')),
                ('publisher', models.CharField(blank=True, default='', help_text='Who published it.', max_length=300)),
                ('container_title', models.CharField(blank=True, default='', help_text='The journal, site or book that it is part of.', max_length=300)),
                ('issued', models.CharField(blank=True, default='', help_text='When it was published.', max_length=30)),
                ('url', models.URLField(blank=True, default='', help_text='Where it is found.', max_length=2000)),
                ('archive_url', models.URLField(blank=True, default='', help_text='An archived copy.', max_length=2000)),
                ('accessed_on', models.DateField(blank=True, help_text='The day it was last read there.', null=True)),
                ('language', models.CharField(blank=True, default='', help_text='Its language, as a BCP 47 tag.', max_length=35)),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, help_text='Topics, as the source gives them.', size=None)),
                ('outlet', models.CharField(choices=[('official', 'official'), ('state_media', 'state media'), ('independent', 'independent'), ('academic', 'academic'), ('unknown', 'unknown')], default='unknown', help_text='Who speaks in a source.', max_length=40)),
                ('reliability', models.CharField(blank=True, choices=[('A', 'A: completely reliable'), ('B', 'B: usually reliable'), ('C', 'C: fairly reliable'), ('D', 'D: not usually reliable'), ('E', 'E: unreliable'), ('F', 'F: cannot be judged')], default='', help_text='How far a source is to be trusted in general (Admiralty code).', max_length=40)),
                ('issued_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('issued', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “issued” can mean.', output_field=models.DateField(null=True))),
                ('issued_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('issued', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “issued” can mean.', output_field=models.DateField(null=True))),
                ('url_key', models.GeneratedField(db_persist=True, expression=models.Func('url', function='normalised_url', output_field=models.TextField()), help_text='What two spellings of its address have in common.', output_field=models.TextField())),
                ('merged_into', models.ForeignKey(blank=True, editable=False, help_text='The record into which this one was merged, if it was.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.source')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, default='', help_text='As what: member, permanent member, observer, President …', max_length=100)),
                ('since', models.CharField(blank=True, default='', help_text='From when, as far as known.', max_length=30)),
                ('until', models.CharField(blank=True, default='', help_text='Until when; empty: still so, as far as known.', max_length=30)),
                ('since_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('since', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “since” can mean.', output_field=models.DateField(null=True))),
                ('since_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('since', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “since” can mean.', output_field=models.DateField(null=True))),
                ('until_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('until', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “until” can mean.', output_field=models.DateField(null=True))),
                ('until_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('until', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “until” can mean.', output_field=models.DateField(null=True))),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='tracker.actor')),
                ('organization', models.ForeignKey(help_text='What it is a member of: an organization or bloc, or the state in which a person holds office.', on_delete=django.db.models.deletion.PROTECT, related_name='members', to='tracker.actor')),
                ('source', models.ForeignKey(blank=True, help_text='The source that says so.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.source')),
            ],
        ),
        migrations.CreateModel(
            name='MeetingCitation',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('supports', 'supports'), ('contradicts', 'contradicts')], default='supports', help_text='What a source does to the claim that cites it.', max_length=40)),
                ('locator_label', models.CharField(blank=True, choices=[('act', 'act'), ('appendix', 'appendix'), ('article-locator', 'article locator'), ('book', 'book'), ('canon', 'canon'), ('chapter', 'chapter'), ('column', 'column'), ('elocation', 'elocation'), ('equation', 'equation'), ('figure', 'figure'), ('folio', 'folio'), ('issue', 'issue'), ('line', 'line'), ('note', 'note'), ('opus', 'opus'), ('page', 'page'), ('paragraph', 'paragraph'), ('part', 'part'), ('rule', 'rule'), ('scene', 'scene'), ('section', 'section'), ('sub-verbo', 'sub verbo'), ('supplement', 'supplement'), ('table', 'table'), ('timestamp', 'timestamp'), ('title-locator', 'title locator'), ('verse', 'verse'), ('version', 'version'), ('volume', 'volume')], default='', help_text='Where in a source the claim is found, in the locator terms of CSL 1.0.2.', max_length=40)),
                ('locator', models.CharField(blank=True, default='', help_text='Where in the source: “Venezuela, paragraph 2”.', max_length=200)),
                ('quote', models.TextField(blank=True, default='', help_text='The words of the source, if they matter.')),
                ('quote_language', models.CharField(blank=True, default='', help_text="The quote's language, as a BCP 47 tag.", max_length=35)),
                ('credibility', models.CharField(blank=True, choices=[('1', '1: confirmed'), ('2', '2: probably true'), ('3', '3: possibly true'), ('4', '4: doubtful'), ('5', '5: improbable'), ('6', '6: cannot be judged')], default='', help_text='How far this piece of information is to be believed (Admiralty code).', max_length=40)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='tracker.meeting')),
                ('source', models.ForeignKey(help_text='The source.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.source')),
            ],
            options={
                'verbose_name': 'citation',
            },
        ),
        migrations.CreateModel(
            name='AlignmentCitation',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('supports', 'supports'), ('contradicts', 'contradicts')], default='supports', help_text='What a source does to the claim that cites it.', max_length=40)),
                ('locator_label', models.CharField(blank=True, choices=[('act', 'act'), ('appendix', 'appendix'), ('article-locator', 'article locator'), ('book', 'book'), ('canon', 'canon'), ('chapter', 'chapter'), ('column', 'column'), ('elocation', 'elocation'), ('equation', 'equation'), ('figure', 'figure'), ('folio', 'folio'), ('issue', 'issue'), ('line', 'line'), ('note', 'note'), ('opus', 'opus'), ('page', 'page'), ('paragraph', 'paragraph'), ('part', 'part'), ('rule', 'rule'), ('scene', 'scene'), ('section', 'section'), ('sub-verbo', 'sub verbo'), ('supplement', 'supplement'), ('table', 'table'), ('timestamp', 'timestamp'), ('title-locator', 'title locator'), ('verse', 'verse'), ('version', 'version'), ('volume', 'volume')], default='', help_text='Where in a source the claim is found, in the locator terms of CSL 1.0.2.', max_length=40)),
                ('locator', models.CharField(blank=True, default='', help_text='Where in the source: “Venezuela, paragraph 2”.', max_length=200)),
                ('quote', models.TextField(blank=True, default='', help_text='The words of the source, if they matter.')),
                ('quote_language', models.CharField(blank=True, default='', help_text="The quote's language, as a BCP 47 tag.", max_length=35)),
                ('credibility', models.CharField(blank=True, choices=[('1', '1: confirmed'), ('2', '2: probably true'), ('3', '3: possibly true'), ('4', '4: doubtful'), ('5', '5: improbable'), ('6', '6: cannot be judged')], default='', help_text='How far this piece of information is to be believed (Admiralty code).', max_length=40)),
                ('alignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='tracker.alignment')),
                ('source', models.ForeignKey(help_text='The source.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.source')),
            ],
            options={
                'verbose_name': 'citation',
            },
        ),
        migrations.CreateModel(
            name='SourceDocument',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered.")),
                ('gone', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('closed', 2147483647), output_field=models.IntegerField())),
                ('shape', models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ('body', models.TextField(help_text='The record as JSON, as rendered.')),
                ('ref', models.CharField(max_length=100, null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(help_text='The words of the body, names first.')),
                ('digest', models.GeneratedField(db_persist=True, expression=models.Func('opened', 'body', function='public.document_digest'), help_text='The SHA-256 of the record as the API writes it.', output_field=models.BinaryField())),
                ('sort', models.TextField()),
                ('type', models.CharField(max_length=40)),
                ('publisher', models.CharField(max_length=300)),
                ('outlet', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=35)),
                ('issued', django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
                ('closed', models.ForeignKey(db_column='closed', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
                ('opened', models.ForeignKey(db_column='opened', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Stance',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(blank=True, help_text='A stable text key, set by the import that made the record; public. Lower-case letters, digits, dots and hyphens.', max_length=100, null=True, unique=True)),
                ('version', models.PositiveIntegerField(db_default=1, editable=False, help_text='Raised by every change of the record or of its parts.')),
                ('state', models.CharField(choices=[('editing', 'editing'), ('in_review', 'in review')], default='editing', editable=False, help_text="Where a record stands in the team's work; whether it is public is told by the publication.", max_length=40)),
                ('position', models.CharField(choices=[('strongly_opposes', 'strongly opposes'), ('opposes', 'opposes'), ('neutral', 'neutral'), ('supports', 'supports'), ('strongly_supports', 'strongly supports'), ('silent', 'silent'), ('no_evidence', 'no evidence')], help_text='Where an actor stands on the question of an issue.', max_length=40)),
                ('since', models.CharField(blank=True, default='', help_text='From when; empty: unknown.', max_length=30)),
                ('until', models.CharField(blank=True, default='', help_text='Until when, inclusive; empty: still so, as far as known.', max_length=30)),
                ('basis', models.CharField(choices=[('statement', 'statement'), ('action', 'action'), ('inference', 'inference'), ('forecast', 'forecast')], help_text='What a claim rests on.', max_length=40)),
                ('likelihood', models.CharField(blank=True, choices=[('almost_no_chance', 'almost no chance'), ('very_unlikely', 'very unlikely'), ('unlikely', 'unlikely'), ('roughly_even_chance', 'roughly even chance'), ('likely', 'likely'), ('very_likely', 'very likely'), ('almost_certain', 'almost certain')], default='', help_text='How probable a forecast is, in the seven terms of ICD 203.', max_length=40)),
                ('hedged', models.BooleanField(default=False, help_text='Held with visible reserve: the actor covers itself quietly.')),
                ('instruments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('diplomatic', 'diplomatic'), ('economic', 'economic'), ('military', 'military'), ('legal', 'legal'), ('informational', 'informational')], max_length=40), blank=True, default=list, help_text='By what means an actor pursues its position. Any number.', size=None)),
                ('confidence', models.CharField(choices=[('low', 'low'), ('moderate', 'moderate'), ('high', 'high')], help_text='How well the evidence bears the claim (ICD 203); not how probable the thing is.', max_length=40)),
                ('standing', models.CharField(choices=[('accepted', 'accepted'), ('contested', 'contested')], default='accepted', help_text='Whether the team holds a claim or only records that it is made.', max_length=40)),
                ('standing_note', models.CharField(blank=True, default='', help_text='Why it is contested.', max_length=1000)),
                ('summary', models.TextField(blank=True, default='', help_text='The claim in a sentence or two of your own.')),
                ('confirmed_on', models.DateField(blank=True, help_text="The day somebody last checked that it still held; by default the first day that the newest cited source's date can mean.", null=True)),
                ('since_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('since', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “since” can mean.', output_field=models.DateField(null=True))),
                ('since_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('since', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “since” can mean.', output_field=models.DateField(null=True))),
                ('until_earliest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('until', models.TextField()), function='edtf_earliest', output_field=models.DateField(null=True)), help_text='The first day that “until” can mean.', output_field=models.DateField(null=True))),
                ('until_latest', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.comparison.Cast('until', models.TextField()), function='edtf_latest', output_field=models.DateField(null=True)), help_text='The last day that “until” can mean.', output_field=models.DateField(null=True))),
                ('actor', models.ForeignKey(help_text='Who.', on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='tracker.actor')),
                ('defers_to', models.ForeignKey(blank=True, help_text='The actor to whose lead this position gives way.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.actor')),
                ('issue', models.ForeignKey(help_text='On the question of which issue.', on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='tracker.issue')),
            ],
        ),
        migrations.CreateModel(
            name='StanceCitation',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('supports', 'supports'), ('contradicts', 'contradicts')], default='supports', help_text='What a source does to the claim that cites it.', max_length=40)),
                ('locator_label', models.CharField(blank=True, choices=[('act', 'act'), ('appendix', 'appendix'), ('article-locator', 'article locator'), ('book', 'book'), ('canon', 'canon'), ('chapter', 'chapter'), ('column', 'column'), ('elocation', 'elocation'), ('equation', 'equation'), ('figure', 'figure'), ('folio', 'folio'), ('issue', 'issue'), ('line', 'line'), ('note', 'note'), ('opus', 'opus'), ('page', 'page'), ('paragraph', 'paragraph'), ('part', 'part'), ('rule', 'rule'), ('scene', 'scene'), ('section', 'section'), ('sub-verbo', 'sub verbo'), ('supplement', 'supplement'), ('table', 'table'), ('timestamp', 'timestamp'), ('title-locator', 'title locator'), ('verse', 'verse'), ('version', 'version'), ('volume', 'volume')], default='', help_text='Where in a source the claim is found, in the locator terms of CSL 1.0.2.', max_length=40)),
                ('locator', models.CharField(blank=True, default='', help_text='Where in the source: “Venezuela, paragraph 2”.', max_length=200)),
                ('quote', models.TextField(blank=True, default='', help_text='The words of the source, if they matter.')),
                ('quote_language', models.CharField(blank=True, default='', help_text="The quote's language, as a BCP 47 tag.", max_length=35)),
                ('credibility', models.CharField(blank=True, choices=[('1', '1: confirmed'), ('2', '2: probably true'), ('3', '3: possibly true'), ('4', '4: doubtful'), ('5', '5: improbable'), ('6', '6: cannot be judged')], default='', help_text='How far this piece of information is to be believed (Admiralty code).', max_length=40)),
                ('source', models.ForeignKey(help_text='The source.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.source')),
                ('stance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='tracker.stance')),
            ],
            options={
                'verbose_name': 'citation',
            },
        ),
        migrations.CreateModel(
            name='StanceDocument',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version of which its own data were rendered.")),
                ('gone', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('closed', 2147483647), output_field=models.IntegerField())),
                ('shape', models.PositiveSmallIntegerField(help_text="The number of the renderer's form.")),
                ('body', models.TextField(help_text='The record as JSON, as rendered.')),
                ('ref', models.CharField(max_length=100, null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(help_text='The words of the body, names first.')),
                ('digest', models.GeneratedField(db_persist=True, expression=models.Func('opened', 'body', function='public.document_digest'), help_text='The SHA-256 of the record as the API writes it.', output_field=models.BinaryField())),
                ('sort', models.DateField()),
                ('issue', models.IntegerField()),
                ('actor', models.IntegerField()),
                ('position', models.CharField(max_length=40)),
                ('score', models.SmallIntegerField(null=True)),
                ('basis', models.CharField(max_length=40)),
                ('confidence', models.CharField(max_length=40)),
                ('standing', models.CharField(max_length=40)),
                ('hedged', models.BooleanField()),
                ('defers_to', models.IntegerField(null=True)),
                ('instruments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('possible', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('certain', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('asserted', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('closed', models.ForeignKey(db_column='closed', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
                ('opened', models.ForeignKey(db_column='opened', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What it is for, e.g. “Notebook on my laptop”.', max_length=100)),
                ('is_read_only', models.BooleanField(default=False, help_text='The program may look at the desk and change nothing.', verbose_name='read only')),
                ('expires_at', models.DateTimeField(blank=True, help_text="From when on it doesn't work any more (UTC); empty: never.", null=True, verbose_name='expires')),
                ('prefix', models.CharField(editable=False, help_text='Its first characters, by which to know it.', max_length=20)),
                ('digest', models.CharField(editable=False, help_text='The SHA-256 of the whole.', max_length=64, unique=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, help_text='When it was made.', verbose_name='made')),
                ('last_used_at', models.DateTimeField(editable=False, help_text='When it was last used, to a minute or so.', null=True, verbose_name='last used')),
                ('user', models.ForeignKey(editable=False, help_text='In whose name the program works.', on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Unchanged',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('noun', models.CharField(choices=[('issue', 'issue'), ('actor', 'actor'), ('source', 'source'), ('stance', 'stance'), ('alignment', 'alignment'), ('meeting', 'meeting')], max_length=20)),
                ('record', models.IntegerField(help_text='The id of the record at the desk.')),
                ('version', models.PositiveIntegerField(help_text="The desk's version that was to be published.")),
                ('same_as', models.PositiveIntegerField(help_text='The version of the documents, as which it comes out.')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('noun__in', ['issue', 'actor', 'source', 'stance', 'alignment', 'meeting'])), name='unchanged_noun_is_known'), models.UniqueConstraint(fields=('noun', 'record', 'version'), name='unchanged_once_a_version'), models.CheckConstraint(condition=models.Q(('version__gt', models.F('same_as'))), name='unchanged_is_the_later_version')],
            },
        ),
        migrations.CreateModel(
            name='Undoing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('is_whole', models.BooleanField(help_text='Whether no record was left out.')),
                ('by', models.ForeignKey(help_text='The change set that undid it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.changeset')),
                ('undone', models.ForeignKey(help_text='The change set that was undone.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tracker.changeset')),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('name', models.CharField(help_text="The file's name.", max_length=300)),
                ('noun', models.CharField(choices=[('issue', 'issue'), ('actor', 'actor'), ('source', 'source'), ('stance', 'stance'), ('alignment', 'alignment'), ('meeting', 'meeting')], max_length=20)),
                ('kind', models.CharField(help_text='Its format.', max_length=10)),
                ('encoding', models.CharField(blank=True, default='', help_text='Of CSV: its encoding.', max_length=20)),
                ('separator', models.CharField(blank=True, default='', help_text='Of CSV: what separates cells.', max_length=1)),
                ('header', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='The names of its columns.', size=None)),
                ('faults', models.JSONField(blank=True, default=list, help_text='What is wrong with it as a whole.')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='UploadPiece',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='tracker.upload')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='UploadRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('line', models.PositiveIntegerField(help_text='The line on which it starts, or which entry it is.')),
                ('cells', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), help_text="In the order of the upload's columns.", size=None)),
                ('unread', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, help_text="Why it can't be read: the problem and the remedy.", size=None)),
                ('outcome', models.CharField(blank=True, choices=[('created', 'new'), ('changed', 'changed'), ('same', 'same'), ('duplicate', 'duplicate'), ('error', 'error'), ('existing', 'existing one used'), ('left_out', 'left out')], default='', max_length=20)),
                ('record', models.IntegerField(help_text='The id of the record that it is, if that is here.', null=True)),
                ('changes', models.JSONField(blank=True, default=list, help_text='Fields that change: [name, old, new].')),
                ('faults', models.JSONField(blank=True, default=list, help_text='What is wrong: [column, value, problem, remedy].')),
                ('duplicates', models.JSONField(blank=True, default=list, help_text='What it may be already: [id or null, line, why].')),
                ('choice', models.CharField(blank=True, choices=[('use', 'use the existing one'), ('create', 'create it anyway'), ('leave_out', 'leave it out')], default='', max_length=20)),
                ('stands_for', models.IntegerField(help_text='The id of the record that is meant, if that was chosen.', null=True)),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='tracker.upload')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='actor',
            index=models.Index(condition=models.Q(('state', 'in_review')), fields=['id'], name='actor_in_review'),
        ),
        migrations.AddIndex(
            model_name='actor',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func('name', 'short_name', 'slug', 'iso3', 'wikidata_id', 'ref', models.Func('names', function='texts_of', output_field=models.TextField()), models.Func('aliases', function='joined', output_field=models.TextField()), function='folded', output_field=models.TextField()), name='gin_trgm_ops'), name='actor_words'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('ref__isnull', True), ('ref__regex', '^[a-z0-9][a-z0-9._-]*$'), _connector='OR'), name='actor_ref_has_its_form', violation_error_code='ref', violation_error_message='use lower-case letters, digits, dots and hyphens.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['editing', 'in_review'])), name='actor_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['state', 'organization', 'bloc', 'person', 'armed_group'])), name='actor_kind_is_known', violation_error_code='kind', violation_error_message='choose one of state, organization, bloc, person, armed_group.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('slug__isnull', True), ('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='actor_slug_has_its_form', violation_error_code='slug', violation_error_message='use lower-case words and digits, joined by hyphens.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('iso3__isnull', True), ('iso3__regex', '^[A-Z]{3}$'), _connector='OR'), name='actor_iso3_has_its_form', violation_error_code='iso3', violation_error_message='three capital letters (ISO 3166-1 alpha-3).'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('wikidata_id', ''), ('wikidata_id__isnull', True), ('wikidata_id__regex', '^Q[1-9][0-9]*$'), _connector='OR'), name='actor_wikidata_id_has_its_form', violation_error_code='wikidata_id', violation_error_message='a Q and a number, e.g. Q148.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Func(models.F('aliases'), output_field=models.BooleanField(), template='NOT jsonb_path_exists(to_jsonb(%(expressions)s), \'strict $[*] ? (@.type() != "string")\')'), name='actor_aliases_is_a_list', violation_error_code='aliases', violation_error_message='write a list of texts, each of which says something.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='actor_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('iso3__isnull', True), ('kind', 'state'), _connector='OR'), name='actor_only_states_have_a_code', violation_error_code='iso3', violation_error_message='only a state has a country code; leave it empty.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.UniqueConstraint(condition=models.Q(('merged_into__isnull', True)), fields=('iso3',), name='actor_iso3_is_of_one', violation_error_code='iso3', violation_error_message='another actor has this country code; use that one.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Func(models.F('aliases'), output_field=models.BooleanField(), template='cardinality(%(expressions)s) <= 200'), name='actor_aliases_are_few', violation_error_code='aliases', violation_error_message='give at most 200.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Func(models.F('names'), output_field=models.BooleanField(), template='coalesce(NOT jsonb_path_exists(%(expressions)s, \'strict $.* ? (@ like_regex "^.{201}" flag "s")\', \'{}\', true), true)'), name='actor_names_are_short', violation_error_code='names', violation_error_message='give each name no more than 200 letters.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Func(models.F('names'), output_field=models.BooleanField(), template='octet_length(%(expressions)s::text) <= 50000'), name='actor_names_are_few', violation_error_code='names', violation_error_message='give fewer names; all together have no more than 50,000 bytes.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func(models.F('names'), function='jsonb_typeof', output_field=models.TextField()), models.Value('object')), name='actor_names_is_an_object', violation_error_code='names', violation_error_message='write an object of language tags and names.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Func(models.F('names'), output_field=models.BooleanField(), template='coalesce(NOT jsonb_path_exists(%(expressions)s, \'strict $.* ? (@.type() != "string" || @ == "")\', \'{}\', true), true)'), name='actor_names_are_not_empty', violation_error_code='names', violation_error_message='give each language a name, or leave it out.'),
        ),
        migrations.AddIndex(
            model_name='changeset',
            index=models.Index(fields=['link'], name='changeset_of_a_link'),
        ),
        migrations.AddIndex(
            model_name='changeset',
            index=models.Index(fields=['-made_at', 'id'], name='changeset_newest_first'),
        ),
        migrations.AddIndex(
            model_name='changeset',
            index=models.Index(fields=['made_by', '-made_at', 'id'], name='changeset_of_a_person'),
        ),
        migrations.AddIndex(
            model_name='changeset',
            index=models.Index(fields=['channel', '-made_at', 'id'], name='changeset_of_a_channel'),
        ),
        migrations.AddConstraint(
            model_name='changeset',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['admin', 'api', 'import', 'command', 'sql'])), name='changeset_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='edition_counts_from_one'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), ('note__regex', '\\S'), _connector='OR'), name='edition_note_says_something', violation_error_code='note', violation_error_message='readers see it; say something, or leave it empty.'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['noun', 'record', 'edition'], name='change_of_record'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('operation', 'merged')), fields=['edition'], name='change_merges'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('operation', 'retracted')), fields=['noun', 'record'], name='change_retractions'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('noun__in', ['issue', 'actor', 'source', 'stance', 'alignment', 'meeting'])), name='change_noun_is_known'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.UniqueConstraint(fields=('edition', 'noun', 'record'), name='change_once_per_record_and_edition'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('into__isnull', False), ('operation', 'merged')), models.Q(models.Q(('operation', 'merged'), _negated=True), ('into__isnull', True)), _connector='OR'), name='change_only_a_merge_has_a_survivor'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('operation__in', ['published', 'updated', 'renamed', 'retracted', 'merged'])), name='change_operation_is_known'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(fields=['opened', 'record'], name='alignment_opened'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(condition=models.Q(('closed__isnull', False)), fields=['closed'], name='alignment_closed'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(fields=['record', 'opened', 'gone'], include=('digest',), name='alignment_digests'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', True)), fields=['search'], name='alignment_search_now'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', False)), fields=['search'], name='alignment_search_closed'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['-sort', '-record'], include=('id', 'standing', 'issue', 'actor', 'counterpart'), name='alignment_now'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(fields=['-sort', '-record', 'opened', 'gone'], include=('id', 'standing', 'issue', 'actor', 'counterpart'), name='alignment_then'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['issue', '-sort', '-record'], include=('id', 'standing', 'actor', 'counterpart'), name='alignment_now_issue'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(fields=['issue', '-sort', '-record', 'opened', 'gone'], include=('id', 'standing', 'actor', 'counterpart'), name='alignment_then_issue'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['actor', '-sort', '-record'], include=('id', 'standing', 'issue', 'counterpart'), name='alignment_now_actor'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(fields=['actor', '-sort', '-record', 'opened', 'gone'], include=('id', 'standing', 'issue', 'counterpart'), name='alignment_then_actor'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['counterpart', '-sort', '-record'], include=('id', 'standing', 'issue', 'actor'), name='alignment_now_counterpart'),
        ),
        migrations.AddIndex(
            model_name='alignmentdocument',
            index=models.Index(fields=['counterpart', '-sort', '-record', 'opened', 'gone'], include=('id', 'standing', 'issue', 'actor'), name='alignment_then_counterpart'),
        ),
        migrations.AddConstraint(
            model_name='alignmentdocument',
            constraint=models.CheckConstraint(condition=models.Q(('closed__gt', models.F('opened'))), name='alignment_document_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='alignmentdocument',
            constraint=models.UniqueConstraint(fields=('record', 'opened'), name='alignment_document_opens_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='alignmentdocument',
            constraint=models.UniqueConstraint(condition=models.Q(('closed__isnull', True)), fields=('record',), name='alignment_document_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='alignmentdocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ref__isnull', False)), expressions=[('ref', '='), ('record', '<>')], name='alignment_document_ref_belongs_to_one_record_ever'),
        ),
        migrations.AddConstraint(
            model_name='alignmentdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(django.db.models.functions.comparison.Cast('body', models.JSONField()), output_field=models.BooleanField(), template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')")), name='alignment_document_cites_a_source', violation_error_message='citations: a published claim or held meeting cites at least one source, with a locator or a quote.'),
        ),
        migrations.AddConstraint(
            model_name='alignmentdocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('standing', 'accepted')), expressions=[('issue', '='), (django.db.models.functions.comparison.Least('actor', 'counterpart'), '='), (django.db.models.functions.comparison.Greatest('actor', 'counterpart'), '='), ('asserted', '&&'), (models.Func('opened', 'closed', function='int4range'), '&&')], name='alignment_document_one_accepted_at_once'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=models.Index(fields=['opened', 'record'], name='actor_opened'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=models.Index(condition=models.Q(('closed__isnull', False)), fields=['closed'], name='actor_closed'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=models.Index(fields=['record', 'opened', 'gone'], include=('digest',), name='actor_digests'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', True)), fields=['search'], name='actor_search_now'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', False)), fields=['search'], name='actor_search_closed'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['sort', 'record'], name='actor_now'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=models.Index(fields=['sort', 'record', 'opened', 'gone'], name='actor_then'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func('search', function='public.name_words'), 'gin_trgm_ops'), name='actor_names'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=django.contrib.postgres.indexes.GinIndex(models.Func('search', function='ts_filter', template="%(function)s(%(expressions)s, '{a}')"), name='actor_own_names'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['kind', 'record'], name='actor_now_kind'),
        ),
        migrations.AddIndex(
            model_name='actordocument',
            index=models.Index(fields=['kind', 'record', 'opened', 'gone'], name='actor_then_kind'),
        ),
        migrations.AddConstraint(
            model_name='actordocument',
            constraint=models.CheckConstraint(condition=models.Q(('closed__gt', models.F('opened'))), name='actor_document_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='actordocument',
            constraint=models.UniqueConstraint(fields=('record', 'opened'), name='actor_document_opens_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='actordocument',
            constraint=models.UniqueConstraint(condition=models.Q(('closed__isnull', True)), fields=('record',), name='actor_document_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='actordocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ref__isnull', False)), expressions=[('ref', '='), ('record', '<>')], name='actor_document_ref_belongs_to_one_record_ever'),
        ),
        migrations.AddConstraint(
            model_name='actordocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('slug__isnull', False)), expressions=[('slug', '='), ('record', '<>')], name='actor_document_slug_belongs_to_one_record_ever'),
        ),
        migrations.AddConstraint(
            model_name='actordocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('iso3__isnull', False)), expressions=[('iso3', '='), ('record', '<>'), (models.Func('opened', 'closed', function='int4range'), '&&')], name='actor_document_iso3_belongs_to_one_record_at_once'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['noun', 'record', 'id'], name='event_of_record'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['changeset', 'noun', 'record', 'id'], name='event_of_changeset'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('after__isnull', True), ('part', '')), fields=['id'], name='event_of_a_deleted_record'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('noun__in', ['issue', 'actor', 'source', 'stance', 'alignment', 'meeting'])), name='event_noun_is_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('before__isnull', False), ('after__isnull', False), _connector='OR'), name='event_changes_something'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(condition=models.Q(('state', 'in_review')), fields=['id'], name='issue_in_review'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func('title', 'slug', 'question', 'ref', function='folded', output_field=models.TextField()), name='gin_trgm_ops'), name='issue_words'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('ref__isnull', True), ('ref__regex', '^[a-z0-9][a-z0-9._-]*$'), _connector='OR'), name='issue_ref_has_its_form', violation_error_code='ref', violation_error_message='use lower-case letters, digits, dots and hyphens.'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['editing', 'in_review'])), name='issue_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('region__in', ['africa', 'arctic', 'central_asia', 'east_asia', 'europe', 'latin_america', 'middle_east', 'south_asia', 'southeast_asia', 'global', ''])), name='issue_region_is_known', violation_error_code='region', violation_error_message='choose one of africa, arctic, central_asia, east_asia, europe, latin_america, middle_east, south_asia, southeast_asia, global.'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('themes__contained_by', ['energy', 'defense', 'infrastructure', 'trade', 'finance', 'nuclear_weapons', 'sanctions', 'human_rights', 'security', 'diplomacy', 'territory', 'governance'])), name='issue_themes_are_known', violation_error_code='themes', violation_error_message='choose from energy, defense, infrastructure, trade, finance, nuclear_weapons, sanctions, human_rights, security, diplomacy, territory, governance.'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Func(models.F('themes'), output_field=models.BooleanField(), template='NOT jsonb_path_exists(to_jsonb(%(expressions)s), \'strict $[*] ? (@.type() != "string")\')'), name='issue_themes_is_a_list', violation_error_code='themes', violation_error_message='write a list of texts, each of which says something.'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('slug__isnull', True), ('slug__regex', '^[a-z0-9]+(-[a-z0-9]+)*$'), _connector='OR'), name='issue_slug_has_its_form', violation_error_code='slug', violation_error_message='use lower-case words and digits, joined by hyphens.'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='issue_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='coreinterest',
            constraint=models.UniqueConstraint(fields=('issue', 'actor'), name='core_interest_once_per_actor'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=models.Index(condition=models.Q(('state', 'in_review')), fields=['id'], name='alignment_in_review'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=models.Index(models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='alignment_latest'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=models.Index(models.OrderBy(models.F('basis')), models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='alignment_by_basis'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=models.Index(models.OrderBy(models.F('confidence')), models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='alignment_by_confidence'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=models.Index(models.OrderBy(models.F('pattern')), models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='alignment_by_pattern'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=django.contrib.postgres.indexes.GistIndex(models.Func(models.F('since_earliest'), models.F('until_latest'), function='days_between', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='alignment_possible'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=models.Index(condition=models.Q(('standing', 'contested')), fields=['id'], name='alignment_contested'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=models.Index(condition=models.Q(('basis', 'forecast')), fields=['since_latest', 'id'], name='alignment_forecasts'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=models.Index(models.OrderBy(models.F('confirmed_on'), nulls_first=True), models.OrderBy(models.F('id')), condition=models.Q(('until', '')), name='alignment_unconfirmed'),
        ),
        migrations.AddIndex(
            model_name='alignment',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func('summary', 'standing_note', 'ref', function='folded', output_field=models.TextField()), name='gin_trgm_ops'), name='alignment_words'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('ref__isnull', True), ('ref__regex', '^[a-z0-9][a-z0-9._-]*$'), _connector='OR'), name='alignment_ref_has_its_form', violation_error_code='ref', violation_error_message='use lower-case letters, digits, dots and hyphens.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['editing', 'in_review'])), name='alignment_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('pattern__in', ['coordinated', 'parallel', 'complementary', 'divergent', 'competing', 'defers', 'hedges'])), name='alignment_pattern_is_known', violation_error_code='pattern', violation_error_message='choose one of coordinated, parallel, complementary, divergent, competing, defers, hedges.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['statement', 'action', 'inference', 'forecast'])), name='alignment_basis_is_known', violation_error_code='basis', violation_error_message='choose one of statement, action, inference, forecast.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('likelihood__in', ['almost_no_chance', 'very_unlikely', 'unlikely', 'roughly_even_chance', 'likely', 'very_likely', 'almost_certain', ''])), name='alignment_likelihood_is_known', violation_error_code='likelihood', violation_error_message='choose one of almost_no_chance, very_unlikely, unlikely, roughly_even_chance, likely, very_likely, almost_certain.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__in', ['low', 'moderate', 'high'])), name='alignment_confidence_is_known', violation_error_code='confidence', violation_error_message='choose one of low, moderate, high.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['accepted', 'contested'])), name='alignment_standing_is_known', violation_error_code='standing', violation_error_message='choose one of accepted, contested.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_on__range', (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))), _connector='OR'), name='alignment_confirmed_on_is_of_the_calendar', violation_error_code='confirmed_on', violation_error_message='write a day of the years 1 to 9999.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('since_earliest__isnull', True), ('until_latest__isnull', True), ('since_earliest__lte', models.F('until_latest')), _connector='OR'), name='alignment_begins_before_it_ends', violation_error_code='since', violation_error_message='it begins after it ends; correct “since” or “until”.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'forecast'), models.Q(('likelihood', ''), _negated=True)), models.Q(models.Q(('basis', 'forecast'), _negated=True), ('likelihood', '')), _connector='OR'), name='alignment_forecasts_have_a_likelihood', violation_error_code='likelihood', violation_error_message='a forecast needs one, and nothing else may have one.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('standing', 'accepted'), models.Q(('standing_note', ''), _negated=True), _connector='OR'), name='alignment_contested_says_why', violation_error_code='standing_note', violation_error_message='say why the claim is contested.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_on__lte', tracker.models.functions.Today()), _connector='OR'), name='alignment_confirmed_on_has_come', violation_error_code='confirmed_on', violation_error_message='it is a day to come; write today or an earlier one.'),
        ),
        migrations.AddConstraint(
            model_name='alignment',
            constraint=models.CheckConstraint(condition=models.Q(('actor', models.F('counterpart')), _negated=True), name='alignment_is_of_two_actors', violation_error_code='counterpart', violation_error_message='choose another actor than the first.'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=models.Index(fields=['opened', 'record'], name='issue_opened'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=models.Index(condition=models.Q(('closed__isnull', False)), fields=['closed'], name='issue_closed'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=models.Index(fields=['record', 'opened', 'gone'], include=('digest',), name='issue_digests'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', True)), fields=['search'], name='issue_search_now'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', False)), fields=['search'], name='issue_search_closed'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['sort', 'record'], name='issue_now'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=models.Index(fields=['sort', 'record', 'opened', 'gone'], name='issue_then'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func('search', function='public.name_words'), 'gin_trgm_ops'), name='issue_names'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=django.contrib.postgres.indexes.GinIndex(models.Func('search', function='ts_filter', template="%(function)s(%(expressions)s, '{a}')"), name='issue_own_names'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['parent', 'record'], name='issue_now_parent'),
        ),
        migrations.AddIndex(
            model_name='issuedocument',
            index=models.Index(fields=['parent', 'record', 'opened', 'gone'], name='issue_then_parent'),
        ),
        migrations.AddConstraint(
            model_name='issuedocument',
            constraint=models.CheckConstraint(condition=models.Q(('closed__gt', models.F('opened'))), name='issue_document_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='issuedocument',
            constraint=models.UniqueConstraint(fields=('record', 'opened'), name='issue_document_opens_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='issuedocument',
            constraint=models.UniqueConstraint(condition=models.Q(('closed__isnull', True)), fields=('record',), name='issue_document_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='issuedocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ref__isnull', False)), expressions=[('ref', '='), ('record', '<>')], name='issue_document_ref_belongs_to_one_record_ever'),
        ),
        migrations.AddConstraint(
            model_name='issuedocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('slug__isnull', False)), expressions=[('slug', '='), ('record', '<>')], name='issue_document_slug_belongs_to_one_record_ever'),
        ),
        migrations.AddIndex(
            model_name='keptanswer',
            index=models.Index(fields=['made_at'], name='keptanswer_oldest_first'),
        ),
        migrations.AddConstraint(
            model_name='keptanswer',
            constraint=models.UniqueConstraint(fields=('user', 'key'), name='keptanswer_once_per_key'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('state', 'in_review')), fields=['id'], name='meeting_in_review'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='meeting_latest'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=django.contrib.postgres.indexes.GistIndex(models.Func(models.F('since_earliest'), django.db.models.functions.comparison.Coalesce('until_latest', 'since_latest'), function='days_between', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='meeting_possible'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func('title', 'place', 'country', 'series', 'summary', 'ref', function='folded', output_field=models.TextField()), name='gin_trgm_ops'), name='meeting_words'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('status__in', ['planned', 'expected'])), fields=['since_earliest', 'id'], name='meeting_ahead'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ref__isnull', True), ('ref__regex', '^[a-z0-9][a-z0-9._-]*$'), _connector='OR'), name='meeting_ref_has_its_form', violation_error_code='ref', violation_error_message='use lower-case letters, digits, dots and hyphens.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['editing', 'in_review'])), name='meeting_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['state_visit', 'summit', 'sideline', 'conference', 'ministerial', 'envoy_talks', 'call'])), name='meeting_kind_is_known', violation_error_code='kind', violation_error_message='choose one of state_visit, summit, sideline, conference, ministerial, envoy_talks, call.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'expected', 'held', 'cancelled'])), name='meeting_status_is_known', violation_error_code='status', violation_error_message='choose one of planned, expected, held, cancelled.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('country', ''), ('country__isnull', True), ('country__regex', '^[A-Z]{3}$'), _connector='OR'), name='meeting_country_has_its_form', violation_error_code='country', violation_error_message='three capital letters (ISO 3166-1 alpha-3).'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('since_earliest__isnull', True), ('until_latest__isnull', True), ('since_earliest__lte', models.F('until_latest')), _connector='OR'), name='meeting_begins_before_it_ends', violation_error_code='since', violation_error_message='it begins after it ends; correct “since” or “until”.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'held'), _negated=True), ('since_earliest__isnull', True), ('since_earliest__lte', tracker.models.functions.Today()), _connector='OR'), name='meeting_that_was_held_has_begun', violation_error_code='since', violation_error_message='its first day is to come, so it wasn’t held yet; correct the day, or choose “planned” or “expected”.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='meeting_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='discussion',
            constraint=models.UniqueConstraint(fields=('meeting', 'issue'), name='discussion_once_a_meeting'),
        ),
        migrations.AddIndex(
            model_name='meetingdocument',
            index=models.Index(fields=['opened', 'record'], name='meeting_opened'),
        ),
        migrations.AddIndex(
            model_name='meetingdocument',
            index=models.Index(condition=models.Q(('closed__isnull', False)), fields=['closed'], name='meeting_closed'),
        ),
        migrations.AddIndex(
            model_name='meetingdocument',
            index=models.Index(fields=['record', 'opened', 'gone'], include=('digest',), name='meeting_digests'),
        ),
        migrations.AddIndex(
            model_name='meetingdocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', True)), fields=['search'], name='meeting_search_now'),
        ),
        migrations.AddIndex(
            model_name='meetingdocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', False)), fields=['search'], name='meeting_search_closed'),
        ),
        migrations.AddIndex(
            model_name='meetingdocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['-sort', '-record'], name='meeting_now'),
        ),
        migrations.AddIndex(
            model_name='meetingdocument',
            index=models.Index(fields=['-sort', '-record', 'opened', 'gone'], name='meeting_then'),
        ),
        migrations.AddConstraint(
            model_name='meetingdocument',
            constraint=models.CheckConstraint(condition=models.Q(('closed__gt', models.F('opened'))), name='meeting_document_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='meetingdocument',
            constraint=models.UniqueConstraint(fields=('record', 'opened'), name='meeting_document_opens_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='meetingdocument',
            constraint=models.UniqueConstraint(condition=models.Q(('closed__isnull', True)), fields=('record',), name='meeting_document_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingdocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ref__isnull', False)), expressions=[('ref', '='), ('record', '<>')], name='meeting_document_ref_belongs_to_one_record_ever'),
        ),
        migrations.AddConstraint(
            model_name='meetingdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'held'), _negated=True), models.Func(django.db.models.functions.comparison.Cast('body', models.JSONField()), output_field=models.BooleanField(), template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')"), _connector='OR'), name='meeting_document_cites_a_source', violation_error_message='citations: a published claim or held meeting cites at least one source, with a locator or a quote.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['host', 'participant', 'observer', 'invited', 'boycotted'])), name='participant_role_is_known', violation_error_code='role', violation_error_message='choose one of host, participant, observer, invited, boycotted.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('meeting', 'actor'), name='participant_once_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('represented_by__isnull', True), models.Q(('represented_by', models.F('actor')), _negated=True), _connector='OR'), name='participant_is_represented_by_another', violation_error_code='represented_by', violation_error_message='name a person other than the participant.'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(fields=('version',), name='release_version_is_one'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('version__regex', '^[0-9]{4}\\.[1-9][0-9]{0,3}$')), name='release_version_is_calver'),
        ),
        migrations.AddConstraint(
            model_name='releasefile',
            constraint=models.UniqueConstraint(fields=('release', 'name'), name='release_file_is_one'),
        ),
        migrations.AddConstraint(
            model_name='releasefile',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '^[A-Za-z0-9][A-Za-z0-9._-]*$')), name='release_file_name_is_plain'),
        ),
        migrations.AddConstraint(
            model_name='releasefile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='release_file_sha256_is_one'),
        ),
        migrations.AddConstraint(
            model_name='releasefile',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 0)), name='release_file_has_a_size'),
        ),
        migrations.AddConstraint(
            model_name='releasepiece',
            constraint=models.UniqueConstraint(fields=('file', 'number'), name='release_piece_is_one'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['noun', 'record', 'id'], name='review_of_record'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('act', 'merge_proposed')), fields=['noun', 'id'], name='review_merge_proposed'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('noun__in', ['issue', 'actor', 'source', 'stance', 'alignment', 'meeting'])), name='review_noun_is_known'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['submitted', 'withdrawn', 'sent_back', 'approved', 'assigned', 'commented', 'merge_proposed'])), name='review_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['sent_back', 'commented']), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='review_says_something'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__in', ('approved', 'commented', 'merge_proposed')), _negated=True), ('to__isnull', True), _connector='OR'), name='review_only_what_moves_is_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act', 'merge_proposed'), ('survivor__isnull', False), ('survivor_version__isnull', False), models.Q(('survivor', models.F('record')), _negated=True)), models.Q(models.Q(('act', 'merge_proposed'), _negated=True), ('survivor__isnull', True), ('survivor_version__isnull', True)), _connector='OR'), name='review_names_another_to_merge_into'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(condition=models.Q(('state', 'in_review')), fields=['id'], name='source_in_review'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func('title', 'publisher', 'container_title', 'url', 'archive_url', 'ref', models.Func('authors', function='texts_of', output_field=models.TextField()), function='folded', output_field=models.TextField()), name='gin_trgm_ops'), name='source_words'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(models.OrderBy(models.F('issued_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='source_latest'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(models.OrderBy(models.F('outlet')), models.OrderBy(models.F('issued_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='source_by_outlet'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(models.OrderBy(models.F('reliability')), models.OrderBy(models.F('issued_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='source_by_reliability'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(models.OrderBy(models.F('type')), models.OrderBy(models.F('issued_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='source_by_type'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(condition=models.Q(models.Q(('url', ''), _negated=True), ('archive_url', '')), fields=['id'], name='source_not_archived'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(models.Func('archive_url', function='normalised_url'), condition=models.Q(('archive_url', ''), _negated=True), name='source_archive_address'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('ref__isnull', True), ('ref__regex', '^[a-z0-9][a-z0-9._-]*$'), _connector='OR'), name='source_ref_has_its_form', violation_error_code='ref', violation_error_message='use lower-case letters, digits, dots and hyphens.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['editing', 'in_review'])), name='source_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['article', 'article-journal', 'article-magazine', 'article-newspaper', 'bill', 'book', 'broadcast', 'chapter', 'classic', 'collection', 'dataset', 'document', 'entry', 'entry-dictionary', 'entry-encyclopedia', 'event', 'figure', 'graphic', 'hearing', 'interview', 'legal_case', 'legislation', 'manuscript', 'map', 'motion_picture', 'musical_score', 'pamphlet', 'paper-conference', 'patent', 'performance', 'periodical', 'personal_communication', 'post', 'post-weblog', 'regulation', 'report', 'review', 'review-book', 'software', 'song', 'speech', 'standard', 'thesis', 'treaty', 'webpage'])), name='source_type_is_known', violation_error_code='type', violation_error_message='choose one of article, article-journal, article-magazine, article-newspaper, bill, book, broadcast, chapter, classic, collection, dataset, document, entry, entry-dictionary, entry-encyclopedia, event, figure, graphic, hearing, interview, legal_case, legislation, manuscript, map, motion_picture, musical_score, pamphlet, paper-conference, patent, performance, periodical, personal_communication, post, post-weblog, regulation, report, review, review-book, software, song, speech, standard, thesis, treaty, webpage.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('outlet__in', ['official', 'state_media', 'independent', 'academic', 'unknown'])), name='source_outlet_is_known', violation_error_code='outlet', violation_error_message='choose one of official, state_media, independent, academic, unknown.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('reliability__in', ['A', 'B', 'C', 'D', 'E', 'F', ''])), name='source_reliability_is_known', violation_error_code='reliability', violation_error_message='choose one of A, B, C, D, E, F.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('accessed_on__isnull', True), ('accessed_on__lte', tracker.models.functions.Today()), _connector='OR'), name='source_accessed_on_has_come', violation_error_code='accessed_on', violation_error_message='it is a day to come; write today or an earlier one.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func(models.F('authors'), function='jsonb_typeof', output_field=models.TextField()), models.Value('array')), name='source_authors_is_an_array', violation_error_code='authors', violation_error_message='write a list of CSL names.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Func(models.F('authors'), output_field=models.BooleanField(), template='coalesce(NOT jsonb_path_exists(%(expressions)s, \'strict $[*] ? (@.type() != "object" || !(exists(@.keyvalue() ? ((@.key == "family" || @.key == "literal") && @.value.type() == "string" && @.value != ""))))\', \'{}\', true), true)'), name='source_authors_have_a_name', violation_error_code='authors', violation_error_message='give each author a “family” or “literal”.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Func(models.F('authors'), output_field=models.BooleanField(), template='coalesce(NOT jsonb_path_exists(%(expressions)s, \'strict $[*].* ? (@.type() != "string" && @.type() != "boolean" && @.type() != "null")\', \'{}\', true), true)'), name='source_authors_hold_texts', violation_error_code='authors', violation_error_message='write each part of a name as a text.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('accessed_on__isnull', True), ('accessed_on__range', (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))), _connector='OR'), name='source_accessed_on_is_of_the_calendar', violation_error_code='accessed_on', violation_error_message='write a day of the years 1 to 9999.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Func(models.F('keywords'), output_field=models.BooleanField(), template='NOT jsonb_path_exists(to_jsonb(%(expressions)s), \'strict $[*] ? (@.type() != "string")\')'), name='source_keywords_is_a_list', violation_error_code='keywords', violation_error_message='write a list of texts, each of which says something.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='source_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Func(models.F('keywords'), output_field=models.BooleanField(), template='cardinality(%(expressions)s) <= 200'), name='source_keywords_are_few', violation_error_code='keywords', violation_error_message='give at most 200.'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=tracker.models.constraints.UniqueByDigest(condition=models.Q(models.Q(('url', ''), _negated=True), ('merged_into__isnull', True)), digested=('archive_url',), fields=('url_key', 'issued', 'archive_url'), name='source_once_per_address_and_day', violation_error_code='url', violation_error_message='this address is a source already; tell them apart by “issued” or “archive_url”, or use that source.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('since_earliest__isnull', True), ('until_latest__isnull', True), ('since_earliest__lte', models.F('until_latest')), _connector='OR'), name='membership_begins_before_it_ends', violation_error_code='since', violation_error_message='it begins after it ends; correct “since” or “until”.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('actor', models.F('organization')), _negated=True), name='membership_is_of_another', violation_error_code='organization', violation_error_message='an actor is no member of itself.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('actor', 'organization', 'role', 'since'), name='membership_once_a_period'),
        ),
        migrations.AddConstraint(
            model_name='meetingcitation',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['supports', 'contradicts'])), name='meeting_citation_relation_is_known', violation_error_code='relation', violation_error_message='choose one of supports, contradicts.'),
        ),
        migrations.AddConstraint(
            model_name='meetingcitation',
            constraint=models.CheckConstraint(condition=models.Q(('locator_label__in', ['act', 'appendix', 'article-locator', 'book', 'canon', 'chapter', 'column', 'elocation', 'equation', 'figure', 'folio', 'issue', 'line', 'note', 'opus', 'page', 'paragraph', 'part', 'rule', 'scene', 'section', 'sub-verbo', 'supplement', 'table', 'timestamp', 'title-locator', 'verse', 'version', 'volume', ''])), name='meeting_citation_locator_label_is_known', violation_error_code='locator_label', violation_error_message='choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.'),
        ),
        migrations.AddConstraint(
            model_name='meetingcitation',
            constraint=models.CheckConstraint(condition=models.Q(('credibility__in', ['1', '2', '3', '4', '5', '6', ''])), name='meeting_citation_credibility_is_known', violation_error_code='credibility', violation_error_message='choose one of 1, 2, 3, 4, 5, 6.'),
        ),
        migrations.AddConstraint(
            model_name='alignmentcitation',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['supports', 'contradicts'])), name='alignment_citation_relation_is_known', violation_error_code='relation', violation_error_message='choose one of supports, contradicts.'),
        ),
        migrations.AddConstraint(
            model_name='alignmentcitation',
            constraint=models.CheckConstraint(condition=models.Q(('locator_label__in', ['act', 'appendix', 'article-locator', 'book', 'canon', 'chapter', 'column', 'elocation', 'equation', 'figure', 'folio', 'issue', 'line', 'note', 'opus', 'page', 'paragraph', 'part', 'rule', 'scene', 'section', 'sub-verbo', 'supplement', 'table', 'timestamp', 'title-locator', 'verse', 'version', 'volume', ''])), name='alignment_citation_locator_label_is_known', violation_error_code='locator_label', violation_error_message='choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.'),
        ),
        migrations.AddConstraint(
            model_name='alignmentcitation',
            constraint=models.CheckConstraint(condition=models.Q(('credibility__in', ['1', '2', '3', '4', '5', '6', ''])), name='alignment_citation_credibility_is_known', violation_error_code='credibility', violation_error_message='choose one of 1, 2, 3, 4, 5, 6.'),
        ),
        migrations.AddIndex(
            model_name='sourcedocument',
            index=models.Index(fields=['opened', 'record'], name='source_opened'),
        ),
        migrations.AddIndex(
            model_name='sourcedocument',
            index=models.Index(condition=models.Q(('closed__isnull', False)), fields=['closed'], name='source_closed'),
        ),
        migrations.AddIndex(
            model_name='sourcedocument',
            index=models.Index(fields=['record', 'opened', 'gone'], include=('digest',), name='source_digests'),
        ),
        migrations.AddIndex(
            model_name='sourcedocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', True)), fields=['search'], name='source_search_now'),
        ),
        migrations.AddIndex(
            model_name='sourcedocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', False)), fields=['search'], name='source_search_closed'),
        ),
        migrations.AddIndex(
            model_name='sourcedocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['sort', 'record'], name='source_now'),
        ),
        migrations.AddIndex(
            model_name='sourcedocument',
            index=models.Index(fields=['sort', 'record', 'opened', 'gone'], name='source_then'),
        ),
        migrations.AddConstraint(
            model_name='sourcedocument',
            constraint=models.CheckConstraint(condition=models.Q(('closed__gt', models.F('opened'))), name='source_document_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='sourcedocument',
            constraint=models.UniqueConstraint(fields=('record', 'opened'), name='source_document_opens_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='sourcedocument',
            constraint=models.UniqueConstraint(condition=models.Q(('closed__isnull', True)), fields=('record',), name='source_document_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='sourcedocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ref__isnull', False)), expressions=[('ref', '='), ('record', '<>')], name='source_document_ref_belongs_to_one_record_ever'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=models.Index(condition=models.Q(('state', 'in_review')), fields=['id'], name='stance_in_review'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=models.Index(models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='stance_latest'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=models.Index(models.OrderBy(models.F('basis')), models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='stance_by_basis'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=models.Index(models.OrderBy(models.F('confidence')), models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='stance_by_confidence'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=models.Index(models.OrderBy(models.F('position')), models.OrderBy(models.F('since_latest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='stance_by_position'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=django.contrib.postgres.indexes.GistIndex(models.Func(models.F('since_earliest'), models.F('until_latest'), function='days_between', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), name='stance_possible'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=models.Index(condition=models.Q(('standing', 'contested')), fields=['id'], name='stance_contested'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=models.Index(condition=models.Q(('basis', 'forecast')), fields=['since_latest', 'id'], name='stance_forecasts'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=models.Index(models.OrderBy(models.F('confirmed_on'), nulls_first=True), models.OrderBy(models.F('id')), condition=models.Q(('until', '')), name='stance_unconfirmed'),
        ),
        migrations.AddIndex(
            model_name='stance',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.Func('summary', 'standing_note', 'ref', function='folded', output_field=models.TextField()), name='gin_trgm_ops'), name='stance_words'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('ref__isnull', True), ('ref__regex', '^[a-z0-9][a-z0-9._-]*$'), _connector='OR'), name='stance_ref_has_its_form', violation_error_code='ref', violation_error_message='use lower-case letters, digits, dots and hyphens.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['editing', 'in_review'])), name='stance_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('position__in', ['strongly_opposes', 'opposes', 'neutral', 'supports', 'strongly_supports', 'silent', 'no_evidence'])), name='stance_position_is_known', violation_error_code='position', violation_error_message='choose one of strongly_opposes, opposes, neutral, supports, strongly_supports, silent, no_evidence.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['statement', 'action', 'inference', 'forecast'])), name='stance_basis_is_known', violation_error_code='basis', violation_error_message='choose one of statement, action, inference, forecast.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('likelihood__in', ['almost_no_chance', 'very_unlikely', 'unlikely', 'roughly_even_chance', 'likely', 'very_likely', 'almost_certain', ''])), name='stance_likelihood_is_known', violation_error_code='likelihood', violation_error_message='choose one of almost_no_chance, very_unlikely, unlikely, roughly_even_chance, likely, very_likely, almost_certain.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__in', ['low', 'moderate', 'high'])), name='stance_confidence_is_known', violation_error_code='confidence', violation_error_message='choose one of low, moderate, high.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['accepted', 'contested'])), name='stance_standing_is_known', violation_error_code='standing', violation_error_message='choose one of accepted, contested.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('instruments__contained_by', ['diplomatic', 'economic', 'military', 'legal', 'informational'])), name='stance_instruments_are_known', violation_error_code='instruments', violation_error_message='choose from diplomatic, economic, military, legal, informational.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Func(models.F('instruments'), output_field=models.BooleanField(), template='NOT jsonb_path_exists(to_jsonb(%(expressions)s), \'strict $[*] ? (@.type() != "string")\')'), name='stance_instruments_is_a_list', violation_error_code='instruments', violation_error_message='write a list of texts, each of which says something.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_on__range', (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))), _connector='OR'), name='stance_confirmed_on_is_of_the_calendar', violation_error_code='confirmed_on', violation_error_message='write a day of the years 1 to 9999.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('since_earliest__isnull', True), ('until_latest__isnull', True), ('since_earliest__lte', models.F('until_latest')), _connector='OR'), name='stance_begins_before_it_ends', violation_error_code='since', violation_error_message='it begins after it ends; correct “since” or “until”.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'forecast'), models.Q(('likelihood', ''), _negated=True)), models.Q(models.Q(('basis', 'forecast'), _negated=True), ('likelihood', '')), _connector='OR'), name='stance_forecasts_have_a_likelihood', violation_error_code='likelihood', violation_error_message='a forecast needs one, and nothing else may have one.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('standing', 'accepted'), models.Q(('standing_note', ''), _negated=True), _connector='OR'), name='stance_contested_says_why', violation_error_code='standing_note', violation_error_message='say why the claim is contested.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_on__lte', tracker.models.functions.Today()), _connector='OR'), name='stance_confirmed_on_has_come', violation_error_code='confirmed_on', violation_error_message='it is a day to come; write today or an earlier one.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('defers_to__isnull', True), models.Q(('defers_to', models.F('actor')), _negated=True), _connector='OR'), name='stance_defers_to_another', violation_error_code='defers_to', violation_error_message='choose another actor than the one whose stance it is.'),
        ),
        migrations.AddConstraint(
            model_name='stancecitation',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['supports', 'contradicts'])), name='stance_citation_relation_is_known', violation_error_code='relation', violation_error_message='choose one of supports, contradicts.'),
        ),
        migrations.AddConstraint(
            model_name='stancecitation',
            constraint=models.CheckConstraint(condition=models.Q(('locator_label__in', ['act', 'appendix', 'article-locator', 'book', 'canon', 'chapter', 'column', 'elocation', 'equation', 'figure', 'folio', 'issue', 'line', 'note', 'opus', 'page', 'paragraph', 'part', 'rule', 'scene', 'section', 'sub-verbo', 'supplement', 'table', 'timestamp', 'title-locator', 'verse', 'version', 'volume', ''])), name='stance_citation_locator_label_is_known', violation_error_code='locator_label', violation_error_message='choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.'),
        ),
        migrations.AddConstraint(
            model_name='stancecitation',
            constraint=models.CheckConstraint(condition=models.Q(('credibility__in', ['1', '2', '3', '4', '5', '6', ''])), name='stance_citation_credibility_is_known', violation_error_code='credibility', violation_error_message='choose one of 1, 2, 3, 4, 5, 6.'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(fields=['opened', 'record'], name='stance_opened'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(condition=models.Q(('closed__isnull', False)), fields=['closed'], name='stance_closed'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(fields=['record', 'opened', 'gone'], include=('digest',), name='stance_digests'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', True)), fields=['search'], name='stance_search_now'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('closed__isnull', False)), fields=['search'], name='stance_search_closed'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['-sort', '-record'], include=('id', 'standing', 'issue', 'actor'), name='stance_now'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(fields=['-sort', '-record', 'opened', 'gone'], include=('id', 'standing', 'issue', 'actor'), name='stance_then'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['issue', '-sort', '-record'], include=('id', 'standing', 'actor'), name='stance_now_issue'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(fields=['issue', '-sort', '-record', 'opened', 'gone'], include=('id', 'standing', 'actor'), name='stance_then_issue'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(condition=models.Q(('closed__isnull', True)), fields=['actor', '-sort', '-record'], include=('id', 'standing', 'issue'), name='stance_now_actor'),
        ),
        migrations.AddIndex(
            model_name='stancedocument',
            index=models.Index(fields=['actor', '-sort', '-record', 'opened', 'gone'], include=('id', 'standing', 'issue'), name='stance_then_actor'),
        ),
        migrations.AddConstraint(
            model_name='stancedocument',
            constraint=models.CheckConstraint(condition=models.Q(('closed__gt', models.F('opened'))), name='stance_document_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='stancedocument',
            constraint=models.UniqueConstraint(fields=('record', 'opened'), name='stance_document_opens_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='stancedocument',
            constraint=models.UniqueConstraint(condition=models.Q(('closed__isnull', True)), fields=('record',), name='stance_document_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='stancedocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ref__isnull', False)), expressions=[('ref', '='), ('record', '<>')], name='stance_document_ref_belongs_to_one_record_ever'),
        ),
        migrations.AddConstraint(
            model_name='stancedocument',
            constraint=models.CheckConstraint(condition=models.Q(('position', 'no_evidence'), models.Func(django.db.models.functions.comparison.Cast('body', models.JSONField()), output_field=models.BooleanField(), template="jsonb_path_exists(%(expressions)s, '$.citations[*] ? (@.locator != null || @.quote != null)')"), _connector='OR'), name='stance_document_cites_a_source', violation_error_message='citations: a published claim or held meeting cites at least one source, with a locator or a quote.'),
        ),
        migrations.AddConstraint(
            model_name='stancedocument',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('standing', 'accepted')), expressions=[('actor', '='), ('issue', '='), ('asserted', '&&'), (models.Func('opened', 'closed', function='int4range'), '&&')], name='stance_document_one_accepted_at_once'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('digest__isnull', True), ('digest__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='token_digest_has_its_form', violation_error_code='digest', violation_error_message='a SHA-256 in hexadecimal.'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='token_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='undoing',
            constraint=models.UniqueConstraint(fields=('undone', 'by'), name='undoing_once'),
        ),
        migrations.AddConstraint(
            model_name='undoing',
            constraint=models.CheckConstraint(condition=models.Q(('undone', models.F('by')), _negated=True), name='undoing_is_by_another'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(fields=['made_at'], name='upload_oldest_first'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('noun__in', ['issue', 'actor', 'source', 'stance', 'alignment', 'meeting'])), name='upload_noun_is_known'),
        ),
        migrations.AddConstraint(
            model_name='uploadpiece',
            constraint=models.UniqueConstraint(fields=('upload', 'number'), name='upload_piece_is_one'),
        ),
        migrations.AddIndex(
            model_name='uploadrow',
            index=models.Index(fields=['upload', 'outcome', 'line'], name='upload_rows_by_outcome'),
        ),
        migrations.AddConstraint(
            model_name='uploadrow',
            constraint=models.UniqueConstraint(fields=('upload', 'line'), name='upload_row_is_one'),
        ),
        migrations.AddConstraint(
            model_name='uploadrow',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'created', 'changed', 'same', 'duplicate', 'error', 'existing', 'left_out'])), name='upload_row_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='uploadrow',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['', 'use', 'create', 'leave_out'])), name='upload_row_choice_is_known'),
        ),
        migrations.AddConstraint(
            model_name='uploadrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice', 'use'), ('stands_for__isnull', False)), models.Q(models.Q(('choice', 'use'), _negated=True), ('stands_for__isnull', True)), _connector='OR'), name='upload_row_stands_for_what_is_used'),
        ),
    ]
