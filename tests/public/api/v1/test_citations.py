"""How any record is cited:
its address in the API ends in .bib, as that of its page does.
"""

import pytest
from django.test import Client

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.public.api.publishing import publish_whole
from tracker.models.nouns import noun_of
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
NOUNS = [noun for noun in Noun if noun is not Noun.SOURCE]
MADE = {
    Noun.ISSUE: IssueFactory,
    Noun.ACTOR: ActorFactory,
    Noun.STANCE: StanceFactory,
    Noun.ALIGNMENT: AlignmentFactory,
    Noun.MEETING: MeetingFactory,
    Noun.ACT: ActFactory,
    Noun.VOTE: VoteFactory,
}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_record_is_cited_as_its_page_is_by_the_same_key(noun):
    record = MADE[noun]()
    publish_whole(record)
    place = f"{noun.plural}/{getattr(record, 'slug', record.pk)}"

    answer = Client().get(f"/api/v1/{place}.bib?edition=1&on=2026-11-30", follow=True)

    assert answer.redirect_chain == [(f"/{place}.bib?edition=1&on=2026-11-30", 302)]
    assert answer.status_code == 200
    assert answer.content == Client().get(f"/{place}.bib?edition=1&on=2026-11-30").content
    assert f"tracker-{noun.plural}-{place.split('/')[1]}" in answer.content.decode()
    assert Client().get(f"/api/v1/{place}.ris", follow=True).status_code == 404


def test_a_source_is_told_itself():
    source = SourceFactory(ref="a-source")
    publish_whole(source)

    answer = Client().get(f"/api/v1/sources/{source.pk}.bib")

    assert noun_of(source) is Noun.SOURCE
    assert answer.status_code == 200
    assert "@online{a-source," in b"".join(answer).decode()


def test_what_is_none_is_told():
    for address in ("stances/999.bib", "stances/x.bib", "issues/none.bib"):
        assert Client().get(f"/api/v1/{address}", follow=True).status_code == 404
