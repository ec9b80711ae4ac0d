"""The people of the team, by pages of the administrators:
let in with a role, given another, taken out.
"""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from tests.desk.admin.conftest import main, messages
from tests.factories import ActorFactory, UserFactory
from tests.publishing.review.acting import edits, steps
from tracker.publishing.worklists import drafts

pytestmark = pytest.mark.django_db
PASSWORD = "a-word-of-roots-42"


def address(client):
    return f"/admin/auth/user/{client.user.pk}/offboard/"


def test_somebody_is_taken_out_of_the_team_and_their_work_goes_to_another(
    administrator, analyst, editor
):
    actor = ActorFactory()
    edits(analyst.user, actor, name="Hers")
    assert (
        address(analyst)
        in administrator.get(f"/admin/auth/user/{analyst.user.pk}/change/").content.decode()
    )

    answer = administrator.post(
        address(analyst), {"to": editor.user.pk, "text": "Anna has left."}, follow=True
    )

    assert messages(answer) == ["Anna Schmidt is out of the team; 1 record went to erik."]
    assert [task.record for task in drafts(of=editor.user.pk)] == [actor.pk]
    assert steps(actor)[-1][1:] == (
        "assigned",
        administrator.user.pk,
        editor.user.pk,
        "Anna has left.",
    )
    assert analyst.get("/admin/").status_code == 302
    assert address(analyst) not in answer.content.decode()


def test_the_work_must_go_to_somebody_else(administrator, analyst):
    for to in ("", analyst.user.pk, 900_001):
        page = administrator.post(address(analyst), {"to": to})
        assert page.context["form"].errors["to"]
    assert analyst.get("/admin/").status_code == 200


def test_nobody_takes_themselves_out(administrator, analyst):
    page = administrator.post(address(administrator), {"to": analyst.user.pk})

    assert "Nobody takes themselves out of the team; ask another administrator" in main(page)
    assert administrator.get("/admin/").status_code == 200


def test_only_administrators_take_anybody_out(analyst, editor):
    for client in (analyst, editor):
        assert client.post(address(analyst), {"to": editor.user.pk}).status_code == 403
    analyst.user.refresh_from_db()
    assert analyst.user.is_active


# One form of a name, mail and a role --------------------------------------------------------------

PEOPLE = "/admin/auth/user/"
NEW = {"username": "boris", "first_name": "Boris", "last_name": "Lem", "email": "boris@example.org"}
PASSWORDS = {"password1": PASSWORD, "password2": PASSWORD}


def role(name):
    """Return the key by which a role is sent."""
    return Group.objects.get(name=name).pk


def fields(page):
    """Return the fields of a form, in the order in which they are asked for."""
    return [
        name for _, options in page.context["adminform"].fieldsets for name in options["fields"]
    ]


def test_somebody_is_let_in_by_one_form_of_a_name_mail_and_a_role(administrator):
    asked = fields(administrator.get(f"{PEOPLE}add/"))

    answer = administrator.post(
        f"{PEOPLE}add/", {**NEW, **PASSWORDS, "role": role("editors")}, follow=True
    )

    assert asked == [
        "username",
        "first_name",
        "last_name",
        "email",
        "role",
        "password1",
        "password2",
    ]
    assert answer.redirect_chain == [(PEOPLE, 302)]
    boris = User.objects.get(username="boris")
    assert (boris.is_staff, boris.is_active, boris.is_superuser) == (True, True, False)
    assert [group.name for group in boris.groups.all()] == ["editors"]
    without = administrator.post(f"{PEOPLE}add/", {**NEW, **PASSWORDS, "username": "olga"})
    assert without.context["adminform"].form.errors == {"role": ["This field is required."]}
    assert Client().login(username="boris", password=PASSWORD)
    words = " ".join(re.sub("<[^>]+>", " ", main(administrator.get(PEOPLE))).split())
    assert "boris Boris Lem boris@example.org Editor" in words


def test_a_role_becomes_another_and_groups_of_ones_own_stay(administrator, analyst):
    analyst.user.groups.add(Group.objects.create(name="night shift"))
    page = administrator.get(f"{PEOPLE}{analyst.user.pk}/change/")
    assert fields(page) == ["username", "first_name", "last_name", "email", "role"]
    assert page.context["adminform"].form["role"].value() == role("analysts")

    answer = administrator.post(
        f"{PEOPLE}{analyst.user.pk}/change/", {**NEW, "role": role("editors")}
    )

    assert answer.status_code == 302
    assert {group.name for group in analyst.user.groups.all()} == {"editors", "night shift"}


def test_nobody_changes_their_own_role(administrator):
    administrator.post(
        f"{PEOPLE}{administrator.user.pk}/change/", {**NEW, "role": role("analysts")}
    )

    assert [group.name for group in administrator.user.groups.all()] == ["administrators"]


def test_who_was_taken_out_is_let_in_again(administrator, analyst, editor):
    administrator.post(address(analyst), {"to": editor.user.pk})
    page = administrator.get(f"{PEOPLE}{analyst.user.pk}/change/")
    assert fields(page)[-2:] == ["role", "is_active"]

    administrator.post(
        f"{PEOPLE}{analyst.user.pk}/change/", {**NEW, "role": role("analysts"), "is_active": "on"}
    )

    analyst.user.refresh_from_db()
    assert analyst.user.is_active


def test_a_lost_password_is_replaced(administrator, analyst):
    page = administrator.get(f"{PEOPLE}{analyst.user.pk}/change/").content.decode()
    assert f'href="{PEOPLE}{analyst.user.pk}/password/">New password …' in page

    administrator.post(
        f"{PEOPLE}{analyst.user.pk}/password/", {**PASSWORDS, "usable_password": "true"}
    )

    analyst.user.refresh_from_db()
    assert analyst.user.check_password(PASSWORD)


def test_the_list_of_people_says_when_each_was_last_here_as_other_lists_do(administrator, analyst):
    User.objects.filter(pk=analyst.user.pk).update(last_login="2026-11-27T13:21:05Z")
    UserFactory(username="new", is_staff=True)

    shown = main(administrator.get(PEOPLE))

    assert "27 November 2026, 13:21 UTC" in shown
    assert '<td class="field-last_seen">—</td>' in shown


@pytest.mark.parametrize("page", ["add/", "{}/change/"])
def test_the_way_back_from_a_persons_form_is_the_list_of_people(administrator, page):
    crumbs = administrator.get(PEOPLE + page.format(administrator.user.pk)).content.decode()
    crumbs = crumbs.partition('class="breadcrumbs"')[2].partition("</div>")[0]

    assert re.findall('href="([^"]+)"', crumbs) == ["/admin/", PEOPLE]


# Nobody gives more than they have -----------------------------------------------------------------

ALL = {"username": "x", "is_active": "on", "is_staff": "on", "is_superuser": "on"}


def sent(client, person, **more):
    """Return what a forged form sends: all that there is."""
    permissions = list(Permission.objects.values_list("pk", flat=True))
    groups = list(Group.objects.values_list("pk", flat=True))
    days = {f"{field}_{part}": "" for field in ("last_login", "date_joined") for part in (0, 1)}
    joined = {"date_joined_0": "2019-06-01", "date_joined_1": "00:00:00"}
    form = {
        **ALL,
        **days,
        **joined,
        "username": person.username,
        "user_permissions": permissions,
        "groups": groups,
    }
    return client.post(f"/admin/auth/user/{person.pk}/change/", {**form, **more})


@pytest.fixture
def root():
    person = UserFactory(username="root", is_superuser=True, is_staff=True)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def beyond():
    group = Group.objects.create(name="operators")
    group.permissions.set(Permission.objects.filter(codename="delete_session"))
    return group


def test_an_administrator_makes_nobody_more_than_themselves(administrator, analyst, beyond):
    """Neither by the form nor by a forged one, neither another nor themselves."""
    for person in (analyst.user, administrator.user):
        page = administrator.get(f"/admin/auth/user/{person.pk}/change/")
        assert not {"is_superuser", "user_permissions", "groups"} & set(
            page.context["adminform"].form.fields
        )
        assert beyond not in page.context["adminform"].form.fields["role"].queryset

        sent(administrator, person, role=beyond.pk)
        sent(administrator, person, role=role("editors"))

        person.refresh_from_db()
        assert not person.is_superuser
        assert not person.user_permissions.exists()
        assert beyond not in person.groups.all()
    assert [group.name for group in analyst.user.groups.all()] == ["editors"]


def test_a_new_account_is_nobodys_superuser(administrator):
    made = {"username": "new", **PASSWORDS, "role": role("administrators")}
    answer = administrator.post(
        "/admin/auth/user/add/", {**made, "is_superuser": "on", "is_staff": "on"}
    )

    assert answer.status_code == 302
    assert not User.objects.get(username="new").is_superuser


def test_an_administrator_does_nothing_to_a_superuser(administrator, analyst, root):
    """Whose page they see: no field, no password, no way out of the team, no deletion,
    alone or in a list.
    """
    page = administrator.get(f"/admin/auth/user/{root.pk}/change/")
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    assert 'name="username"' not in main(page)
    assert f"/admin/auth/user/{root.pk}/offboard/" not in page.content.decode()

    root_at, new = (
        f"/admin/auth/user/{root.pk}",
        {"password1": "another-word-42", "password2": "another-word-42"},
    )
    responses = [
        sent(administrator, root, is_active=""),
        administrator.get(f"{root_at}/password/"),
        administrator.post(f"{root_at}/password/", {**new, "usable_password": "true"}),
        administrator.post(f"{root_at}/offboard/", {"to": analyst.user.pk}),
        administrator.post(f"{root_at}/delete/", {"post": "yes"}),
        administrator.post(
            "/admin/auth/user/",
            {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"},
        ),
    ]

    assert [response.status_code for response in responses] == [403] * 6
    again = User.objects.get(pk=root.pk)
    assert again.check_password(PASSWORD)
    assert (again.is_active, again.is_superuser) == (True, True)


def test_a_role_is_given_by_who_may_do_all_that_it_may(administrator, analyst):
    Group.objects.get(name="editors").permissions.add(
        Permission.objects.get(codename="delete_session")
    )

    page = administrator.get(f"{PEOPLE}{analyst.user.pk}/change/")
    answer = administrator.post(
        f"{PEOPLE}{analyst.user.pk}/change/", {**NEW, "role": role("editors")}
    )

    given = {group.name for group in page.context["adminform"].form.fields["role"].queryset}
    assert given == {"analysts", "administrators"}
    assert answer.context["adminform"].form.errors["role"]
    assert [group.name for group in analyst.user.groups.all()] == ["analysts"]


@pytest.mark.parametrize("group", ["analysts", "administrators"])
def test_what_a_role_may_do_is_changed_on_no_page(root, group):
    client = Client()
    client.force_login(root)

    for page in ("", f"{role(group)}/change/", f"{role(group)}/delete/"):
        assert client.get(f"/admin/auth/group/{page}").status_code == 404
    assert "auth/group" not in client.get("/admin/").content.decode()


def test_a_superuser_manages_superusers_and_makes_none(root, analyst):
    client, other = Client(), UserFactory(is_superuser=True, is_staff=True, username="other")
    client.force_login(root)

    assert sent(client, analyst.user, role=role("editors")).status_code == 302
    assert client.get(f"{PEOPLE}{other.pk}/change/").context["has_change_permission"]
    analyst.user.refresh_from_db()
    assert not analyst.user.is_superuser
