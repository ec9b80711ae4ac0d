"""Actors in the admin: names in all languages, and what actors are members of."""

import pytest

from tests.desk.admin.conftest import errors, parts
from tests.factories import ActorFactory, SourceFactory
from tracker.models import Actor

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/actor/add/"


def typed(**changes):
    """Return what a browser sends for a new state."""
    none = parts("memberships") | parts("predecessors") | parts("frames")
    return {
        "kind": "state",
        "name": "China",
        "slug": "china",
        "alike_seen": "no_code",
        **none,
        **changes,
    }


@pytest.mark.parametrize("names", ['{"zh": "中国", "ru": "Китай"}', "zh: 中国\r\nru：Китай\r\n"])
def test_names_and_aliases_are_typed_one_per_line(analyst, names):
    analyst.post(
        ADD, typed(iso3="chn", names=names, aliases="PRC\r\n\r\n Beijing \r\nPRC", names_2="")
    )

    actor = Actor.objects.get()
    assert (actor.iso3, actor.aliases) == ("CHN", ["PRC", "Beijing"])
    assert actor.names == {"zh": "中国", "ru": "Китай"}


def test_what_is_left_empty_is_empty_and_not_null(analyst):
    analyst.post(ADD, typed(names="", aliases="", iso3=""))

    actor = Actor.objects.get()
    assert (actor.names, actor.aliases, actor.iso3, actor.ref) == ({}, [], None, None)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("{zh: 中国}", "“{zh: 中国}” is not JSON: check quotes, commas and brackets."),
        (
            "中国",
            "“中国” does not say in which language: write one name per line, like “zh: 中国”.",
        ),
        ("zh: 中国\nzh: 中华", "“zh” is given twice; keep one."),
        ("in Chinese: 中国", "“in Chinese” is not a language tag like zh or pt-BR."),
        ('{"zh": " "}', "The name for “zh” must be a text."),
    ],
)
def test_names_that_are_not_as_they_should_be_are_refused_and_kept_as_typed(analyst, names, says):
    page = analyst.post(ADD, typed(names=names))

    assert errors(page) == {"names": [says]}
    assert page.context["adminform"].form["names"].value() == names


def test_only_a_state_has_a_country_code(analyst):
    assert errors(analyst.post(ADD, typed(kind="bloc", iso3="CHN"))) == {
        "iso3": ["Only a state has a country code; leave it empty."]
    }


def test_the_code_of_a_country_is_chosen_by_its_name_also_of_one_that_is_no_more(analyst):
    form = analyst.get(ADD).content.decode()
    assert '<option value="RUS">Russia (RUS)</option>' in form
    assert '<option value="SUN">Soviet Union, until 1992 (SUN)</option>' in form

    analyst.post(ADD, typed(iso3="sun"))
    assert Actor.objects.get().iso3 == "SUN"
    assert "Chi" in errors(analyst.post(ADD, typed(iso3="Chi")))["iso3"][0].title()


def test_memberships_say_when_and_by_which_source(analyst, filled):
    organization, source = ActorFactory(kind="organization"), SourceFactory()

    row = {
        "organization": organization.pk,
        "role": "member",
        "since": "1971/..",
        "source": source.pk,
    }

    page = analyst.post(ADD, typed(**parts("memberships", row)))

    both = {"memberships-0-since", "memberships-0-until"}
    assert set(errors(page)) == both, "the interval was split, to be looked at"
    analyst.post(ADD, filled(page))

    membership = Actor.objects.get(slug="china").memberships.get()
    assert (membership.organization, membership.since, membership.until) == (
        organization,
        "1971",
        "",
    )


def test_what_is_wrong_with_a_membership_is_said_beside_it(analyst, filled):
    actor = ActorFactory()
    page = f"/admin/tracker/actor/{actor.pk}/change/"
    wrong = {"organization": actor.pk, "since": "2019", "until": "2018"}
    form = filled(analyst.get(page)) | parts(
        "memberships", wrong, {"organization": ActorFactory().pk, "until": "soon"}
    )

    by_field = errors(analyst.post(page, form))

    assert by_field["memberships-0-organization"] == ["An actor is no member of itself."]
    assert by_field["memberships-0-since"] == [
        "It begins after it ends; correct “since” or “until”."
    ]
    assert by_field["memberships-1-until"][0].startswith("“soon”: it is not a date")


def test_what_an_actor_follows_and_since_when_is_typed_and_found(analyst, filled):
    union, russia = ActorFactory(name="Soviet Union"), ActorFactory(name="Russia")
    page = f"/admin/tracker/actor/{russia.pk}/change/"
    part = {"predecessors-TOTAL_FORMS": "1", "predecessors-0-predecessor": russia.pk}
    form = filled(analyst.get(page)) | part

    wrong = errors(analyst.post(page, {**form, "predecessors-0-since": "1991/.."}))
    assert wrong["predecessors-0-predecessor"] == ["An actor doesn’t follow itself."]
    assert wrong["predecessors-0-since"][0].startswith("“1991/..”: it is an interval")
    analyst.post(
        page, {**form, "predecessors-0-predecessor": union.pk, "predecessors-0-since": "1991-12"}
    )

    assert russia.predecessors.values_list("predecessor", "since").get() == (union.pk, "1991-12")
    lists = f"/admin/tracker/actor/?predecessors__predecessor__id__exact={union.pk}"
    assert [actor.name for actor in analyst.get(lists).context["cl"].result_list] == ["Russia"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"iso3": ""}, "It is a state without a country code. Nothing is saved yet."),
        ({"name": "USA", "iso3": "USA"}, "Its name is an abbreviation. Nothing is saved yet."),
        (
            {"name": "Chinna", "kind": "bloc", "iso3": ""},
            "Already here, with the same or nearly the same name",
        ),
        ({"name": "Peking"}, "Already here, with the same or nearly the same name"),
        ({"name": "X", "aliases": "Peking"}, "Already here, with the same or nearly the same name"),
        (
            {"kind": "bloc", "name": "BAE", "iso3": ""},
            "Already here, with the same or nearly the same name",
        ),
    ],
    ids=[
        "no code",
        "abbreviation",
        "nearly the same name",
        "an alias",
        "alias of an alias",
        "initials",
    ],
)
def test_a_doubtful_actor_is_asked_about_once_and_saved_when_asked_again(
    analyst, filled, changes, says
):
    ActorFactory(name="China", kind="bloc", aliases=["Peking"])
    ActorFactory(name="Bank of the Asian East", kind="organization")

    page = analyst.post(ADD, typed(slug="new", alike_seen="") | {"iso3": "CHN"} | changes)

    assert says in str(errors(page)["__all__"])
    assert not Actor.objects.filter(slug="new").exists()
    assert analyst.post(ADD, filled(page)).status_code == 302
    assert Actor.objects.filter(slug="new").exists()


def test_two_countries_with_codes_of_their_own_may_be_called_nearly_the_same(analyst):
    ActorFactory(kind="state", name="North Korea", iso3="PRK")

    form = typed(name="South Korea", slug="south-korea", iso3="KOR", alike_seen="")

    assert analyst.post(ADD, form).status_code == 302


def test_names_with_another_number_are_other_names(analyst):
    ActorFactory(kind="organization", name="1st Pacific Fleet")

    form = typed(kind="organization", name="2nd Pacific Fleet", slug="2nd-fleet", alike_seen="")

    assert analyst.post(ADD, form).status_code == 302


def test_what_is_doubtful_is_told_as_it_is_typed(analyst):
    ActorFactory(kind="state", name="China", iso3="CHN")

    answer = analyst.get(
        "/admin/tracker/actor/alike/", {"kind": "state", "name": "Chinna"}
    ).content.decode()

    assert "It is a state without a country code." in answer
    assert "Already here, with the same or nearly the same name" in answer


def test_a_change_of_a_name_is_asked_about_and_another_change_is_not(analyst, filled):
    ActorFactory(name="China", kind="bloc")
    actor = ActorFactory(name="Chinna", kind="bloc")
    page = f"/admin/tracker/actor/{actor.pk}/change/"
    form = filled(analyst.get(page))

    assert "Already here" in str(errors(analyst.post(page, form | {"aliases": "china"})))
    assert analyst.post(page, form | {"summary": "What it is."}).status_code == 302
