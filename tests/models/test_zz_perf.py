import time, pytest
from django.db import connection
from tests.factories import *
from tests.models.rows import execute
from tracker import history
from tracker.models.nouns import RECORDS
from tracker.services.publishing import Chosen, publish
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Channel
N=30000
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("without", ["", "begins_at_one"])
def test_p(without, acting_as):
    if without:
        with acting_as("tracker_owner"):
            n = execute("select tgname::text from pg_trigger where tgrelid='tracker_stance'::regclass and tgname like %s", f"%{without}%")[0][0]
            execute(f"alter table tracker_stance disable trigger {n}")
    s = StanceFactory()
    src = s.citations.get().source_id
    with connection.cursor() as c:
        c.execute("INSERT INTO tracker_actor (slug, kind, name, short_name, names, aliases, summary, wikidata_id, state) select 'a'||g,'state','A'||g,'','{}','{}','','','editing' from generate_series(1,%s) g", [N])
    COLUMNS = "position, since, until, basis, likelihood, hedged, instruments, confidence, standing, standing_note, summary, state"
    THEIRS = ', '.join('tracker_stance.' + x for x in COLUMNS.split(', '))
    t=time.time()
    execute(f"INSERT INTO tracker_stance (issue_id, actor_id, {COLUMNS}) SELECT {s.issue_id}, a.id, {THEIRS} FROM tracker_stance, tracker_actor a WHERE tracker_stance.id={s.id} and a.slug ~ '^a[0-9]'")
    print("\ninsert", without, round(time.time()-t,2))
    execute(f"INSERT INTO tracker_stancecitation (stance_id, source_id, relation, locator_label, locator, quote, quote_language, credibility) select id, {src}, 'supports','page','1','','','' from tracker_stance where id<>{s.id}")
    if without:
        with acting_as("tracker_owner"):
            execute(f"alter table tracker_stance enable trigger {n}")
        return
    for nouns in ((Noun.ISSUE, Noun.ACTOR, Noun.SOURCE), (Noun.STANCE,)):
        t=time.time()
        with history.change(made_by=None, reason="", channel=Channel.COMMAND):
            publish(records=[Chosen(n, pk) for n in nouns for pk in RECORDS[n].objects.values_list("pk", flat=True)])
        print("publish", nouns, round(time.time()-t,2))
    with acting_as("NONE"):
        execute("create extension if not exists pg_stat_statements") if 0 else None
