"""Russian words are found whatever their endings: words of documents that have Cyrillic letters are worked out again.

`parted` and `search_query` take stems, so what was published before is found by them too.
"""

from django.db import migrations

from tracker.models.triggers import Functions

NOUNS = ["issue", "actor", "source", "stance", "alignment", "meeting", "vote"]
AGAIN = """
    ALTER TABLE tracker_{noun}document DISABLE TRIGGER USER;
    UPDATE tracker_{noun}document SET search = public.document_words(body) WHERE body ~ '[\\u0400-\\u04FF]';
    ALTER TABLE tracker_{noun}document ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0034_reviews_newest_first")]
    operations = [
        Functions(search="f63d09d916af"),
        *(migrations.RunSQL(AGAIN.format(noun=noun), migrations.RunSQL.noop) for noun in NOUNS),
    ]
