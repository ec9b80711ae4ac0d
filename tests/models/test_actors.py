"""Actors: keys, codes and names."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import ActorFactory, FrameFactory, MembershipFactory, PredecessorFactory
from tests.models.rows import refused, row_of, write

pytestmark = pytest.mark.django_db
WRONG_SLUGS = ["", "China", "-china", "china-", "north--korea", "north korea", "kitaj_1", "китай", "a\n"]


@pytest.mark.parametrize("slug", WRONG_SLUGS)
def test_a_slug_has_its_form(by, slug):
    with refused("actor_slug_has_its_form"):
        write(by, ActorFactory(), slug=slug)


def test_a_slug_is_of_one_actor_only(by):
    ActorFactory(slug="china")

    with refused("tracker_actor_slug_key"):
        write(by, ActorFactory(), slug="china")


@pytest.mark.parametrize("code", ["", "CH", "chn", "C1N"])
def test_a_country_code_has_its_form(by, code):
    with refused("actor_iso3_has_its_form"):
        write(by, ActorFactory(), iso3=code)


def test_a_country_code_is_of_one_actor_only(by):
    ActorFactory(iso3="CHN")

    with refused("actor_iso3_is_of_one"):
        write(by, ActorFactory(), iso3="CHN")


@pytest.mark.parametrize("kind", ["organization", "bloc", "person", "armed_group"])
def test_only_states_have_a_country_code(by, kind):
    with refused("actor_only_states_have_a_code"):
        write(by, ActorFactory(iso3="CHN"), kind=kind)
    with refused("actor_only_states_have_a_code"):
        write(by, ActorFactory(kind=kind), iso3="RUS")


def test_any_number_of_actors_have_no_code_and_no_ref(by):
    ActorFactory(iso3=None, ref=None)

    write(by, ActorFactory(), iso3=None, ref=None)


@pytest.mark.parametrize("item", ["148", "q148", "Q0148", "Q", "Q148x"])
def test_a_wikidata_item_has_its_form(by, item):
    with refused("actor_wikidata_id_has_its_form"):
        write(by, ActorFactory(), wikidata_id=item)


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        ([], "actor_names_is_an_object"),
        (["中国"], "actor_names_is_an_object"),
        ("中国", "actor_names_is_an_object"),
        ({"zh": ""}, "actor_names_are_not_empty"),
        ({"zh": None}, "actor_names_are_not_empty"),
        ({"zh": 1}, "actor_names_are_not_empty"),
        ({"zh": ["中国"]}, "actor_names_are_not_empty"),
        ({"ru": "Китай", "zh": {"hans": "中国"}}, "actor_names_are_not_empty"),
    ],
)
def test_names_are_texts_by_language(by, names, rule):
    with refused(rule):
        write(by, ActorFactory(), names=names)


@pytest.mark.parametrize("names", [{}, {"zh": "中国", "ru": "Китай"}])
def test_names_in_any_number_of_languages_are_kept(by, names):
    actor = ActorFactory()

    actor.pk = write(by, actor, names=names)

    assert row_of(actor)["names"] == names


def test_the_name_is_not_empty(by):
    with refused("actor_has_a_name"):
        write(by, ActorFactory(), name="")


def test_what_the_database_refuses_a_form_says_field_by_field():
    actor = ActorFactory.build(slug="China", kind="bloc", iso3="CHN", names={"zh": ""}, wikidata_id="148")

    with pytest.raises(ValidationError) as refusal:
        actor.full_clean()

    messages = {error.code: error.message for error in refusal.value.error_dict["__all__"]}
    beginnings = {"slug": "use", "iso3": "only a state", "names": "give each language", "wikidata_id": "a Q"}
    assert [field for field, beginning in beginnings.items() if not messages.get(field, "").startswith(beginning)] == []
    ActorFactory.build(names={"zh": "中国"}, iso3="").full_clean()


def test_nobody_is_a_member_of_itself(by):
    membership = MembershipFactory()

    with refused("membership_is_of_another"):
        write(by, membership, organization_id=membership.actor_id)


def test_a_membership_is_told_once_for_each_role_and_beginning(by):
    first = MembershipFactory(role="observer", since="2017")
    other = MembershipFactory(actor=first.actor, organization=first.organization, role="member", since="2017")

    with refused("membership_once_a_period"):
        write(by, other, role="observer")
    write(by, other, role="observer", since="2019")


def test_nobody_follows_itself(by):
    predecessor = PredecessorFactory()

    with refused("predecessor_is_another"):
        write(by, predecessor, predecessor_id=predecessor.actor_id)


def test_an_actor_follows_another_once(by):
    first = PredecessorFactory(since="1991")
    other = PredecessorFactory(actor=first.actor)

    with refused("predecessor_once"):
        write(by, other, predecessor_id=first.predecessor_id)


@pytest.mark.parametrize(("rule", "change"), [
    ("frame_says_kinds", {"kinds": []}),
    ("frame_kinds_are_known", {"kinds": ["motion"]}),
    ("frame_begins_before_it_ends", {"until": "1970"}),
])  # fmt: skip
def test_a_frame_says_what_it_is_of(by, rule, change):
    frame = FrameFactory()

    with refused(rule):
        write(by, frame, **change)
