"""What the tables stand on: PostgreSQL's extensions, how words are searched, and functions that look at no table."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

from tracker.models.triggers import Functions

WORDS = """
-- Words are compared without accents and case; of no language, so no ending is cut off and no word left out.
CREATE TEXT SEARCH CONFIGURATION public.tracker (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION public.tracker DROP MAPPING FOR url, url_path, host, file, email, float, version;
ALTER TEXT SEARCH CONFIGURATION public.tracker
    ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part,
        hword_numpart, sfloat
    WITH public.unaccent, pg_catalog.simple;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(WORDS, "DROP TEXT SEARCH CONFIGURATION public.tracker"),
        Functions(
            dates="7c20307ca3c4",
            addresses="1c775920555e",
            words="23e6aa12690a",
            search="727cccfc2779",
            digests="a7bb2813b247",
        ),
    ]
