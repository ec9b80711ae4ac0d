"""Of the text that an act issued little is quoted, also where a merge of sources makes it the text."""

from django.db import migrations

from tracker.models.rules import Rules


class Migration(migrations.Migration):
    dependencies = [("tracker", "0051_derived_sources")]
    operations = [Rules(act_quotes_little_of_its_text="bbea1fd4c17e")]
