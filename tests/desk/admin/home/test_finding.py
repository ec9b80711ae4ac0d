"""A pasted public address leads to its record at the desk; what leads to none says why."""

import pytest

from tests.desk.admin.conftest import main, messages
from tests.desk.admin.site.test_addresses import addresses
from tests.factories import ActorFactory, IssueFactory, MeetingFactory, SourceFactory, StanceFactory
from tests.publishing.acts import edited, retracted, stance_with_all
from tracker.values.nouns import Noun

pytestmark = pytest.mark.django_db
FIND = "/admin/find/"


def location(client, address):
    """Return where an address leads; "" if it doesn't."""
    answer = client.get(FIND, {"address": address})
    return answer.headers.get("Location", "")


def errors(client, address):
    answer = client.get(FIND, {"address": address})
    assert answer.status_code == 404
    return answer.context["problems"]


FORMS = (
    "/{}/{}/",
    "{}/{}",
    "  /{}/{}/ ",
    "/{}/{}/?on=2019-03-01&edition=1",
    "https://tracker.example.org/{}/{}/?on=2019-03-01#stance-5",
    "tracker.example.org/{}/{}/",
    "/{}/{}.json",
    "/{}/{}.svg?on=2019-03-01&edition=1",
    "/api/v1/{}/{}/",
    "https://tracker.example.org/api/v1/{}/{}/history/",
)


def test_a_public_address_leads_to_its_record(analyst):
    stance = stance_with_all(issue__slug="venezuela", actor__slug="china")

    for noun, key, record in (
        (Noun.STANCE, stance.pk, stance),
        (Noun.ISSUE, "venezuela", stance.issue),
        (Noun.ACTOR, "china", stance.actor),
        (Noun.SOURCE, stance.citations.get().source_id, stance.citations.get().source),
    ):
        leads = {form: location(analyst, form.format(noun.plural, key)) for form in FORMS}
        assert leads == dict.fromkeys(FORMS, f"/admin/tracker/{noun}/{record.pk}/change/")


def test_a_pair_of_one_actor_is_no_pair(analyst, published):
    published(ActorFactory(slug="china"))

    assert errors(analyst, "/pairs/china/")


def test_an_address_of_before_a_renaming_leads_to_the_record_that_readers_find_there(
    analyst, published
):
    actor = ActorFactory(slug="burma")
    published(actor)
    edited(actor, slug="myanmar")

    assert location(analyst, "/actors/burma/") == f"/admin/tracker/actor/{actor.pk}/change/"
    assert location(analyst, "/actors/myanmar/") == f"/admin/tracker/actor/{actor.pk}/change/"


def test_what_readers_no_longer_see_is_found_and_says_so(analyst):
    stance = stance_with_all()
    retracted(stance)

    page = analyst.get(FIND, {"address": f"/stances/{stance.pk}/"}, follow=True)

    assert page.redirect_chain == [(f"/admin/tracker/stance/{stance.pk}/change/", 302)]
    assert messages(page) == [
        "Readers don’t see it: at this address they are told that it is withdrawn."
    ]


def test_an_address_of_a_pair_leads_to_both(analyst):
    china, russia = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="russia", name="Russia"),
    )

    page = analyst.get(FIND, {"address": "https://tracker.example.org/pairs/china/russia/"})

    assert page.status_code == 200
    for actor in (china, russia):
        assert (
            f'<a href="/admin/tracker/actor/{actor.pk}/change/">{actor.name}</a>'
            in page.content.decode()
        )
    assert errors(analyst, "/pairs/china/ruritania/") == [
        "No actor was ever at “ruritania”, neither for readers nor at the desk. Look for it "
        "in the list of actors."
    ]


def test_an_address_of_an_edition_leads_to_it(analyst):
    stance_with_all()

    for form in (
        "/editions/{}/",
        "https://tracker.example.org/api/v1/editions/{}/",
        "editions/{}.json",
    ):
        leads = [location(analyst, form.format(number)) for number in (1, 2)]
        assert leads == ["/admin/tracker/edition/1/change/", ""], form


def test_what_is_no_address_is_searched_for_in_a_press(analyst):
    for given, words in (
        ("Xi & Putin", "Xi+%26+Putin"),
        ("/actors/atlantis/", "atlantis"),
        ("A/RES/71/102", "A%2FRES%2F71%2F102"),
    ):
        page = analyst.get(FIND, {"address": given}).content.decode()
        assert f'<a href="/admin/tracker/actor/?q={words}">actors</a>' in page, given
        assert f'<a href="/admin/tracker/stance/?q={words}">stances</a>' in page
    assert "?q=" not in main(analyst.get(FIND, {"address": "/codebook/"}))
    assert "?q=" not in main(analyst.get(FIND))


def test_what_never_was_and_what_is_no_address_of_a_record_is_said(analyst):
    for key in ("999999", "99999999999999999999", "venezuela", "0", "1e3"):
        [says] = errors(analyst, f"/stances/{key}/")
        assert says.startswith(
            f"No stance was ever at “{key}”, neither for readers nor at the desk. Look for it in"
        )
    for address in (
        "x",
        "/",
        "/stances/",
        "/editions/3/",
        "http://[",
        "/\x00",
        "/codebook/",
        "<b>",
    ):
        [problem] = errors(analyst, address)
        assert "is not the address of a record. Paste one such as /issues/venezuela/" in problem, (
            address
        )
        assert "<b>" not in analyst.get(FIND, {"address": address}).content.decode()


@pytest.mark.slow
def test_every_page_about_a_record_links_to_its_public_page_if_it_was_ever_public(
    administrator, published
):
    records = {
        "issue": IssueFactory(),
        "actor": ActorFactory(),
        "source": SourceFactory(),
        "stance": StanceFactory(),
        "meeting": MeetingFactory(),
    }
    public = stance_with_all()
    drafts = {**records, "stance": StanceFactory()}
    seen = {
        "issue": public.issue,
        "actor": public.actor,
        "source": public.citations.get().source,
        "stance": public,
    }
    pages = 0
    for name, route in addresses():
        noun = next((noun for noun in seen if name.startswith(f"tracker_{noun}_")), None)
        if noun is None or "<" not in route or name.endswith("_restore"):
            continue
        for record, is_public in ((seen[noun], True), (drafts[noun], False)):
            address = route.replace("<path:object_id>", str(record.pk)).replace(
                "<int:record>", str(record.pk)
            )
            page = administrator.get(address.replace("<int:version>", "1"), {"old": 1, "new": 1})
            if page.status_code == 200:
                key = getattr(record, "slug", record.pk)
                assert (
                    f'<a href="/{Noun(noun).plural}/{key}/">' in page.content.decode()
                ) is is_public, (
                    name,
                    address,
                )
                pages += 1
    assert pages > 40
