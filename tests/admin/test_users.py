"""Somebody leaves the team, by a page of the administrators."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from tests.admin.conftest import messages
from tests.factories import ActorFactory, UserFactory
from tests.services.reviewing.acting import edits, steps
from tracker.services.reviewing import drafts

pytestmark = pytest.mark.django_db
PASSWORD = "a-word-of-roots-42"


def address(client):
    return f"/admin/auth/user/{client.user.pk}/offboard/"


def main(page):
    return page.content.decode().split('id="content-main"')[1]


def test_somebody_is_taken_out_of_the_team_and_their_work_goes_to_another(administrator, analyst, editor):
    actor = ActorFactory()
    edits(analyst.user, actor, name="Hers")
    assert address(analyst) in administrator.get(f"/admin/auth/user/{analyst.user.pk}/change/").content.decode()

    answer = administrator.post(address(analyst), {"to": editor.user.pk, "text": "Anna has left."}, follow=True)

    assert messages(answer) == ["Anna Schmidt is out of the team; 1 record went to erik."]
    assert [task.record for task in drafts(of=editor.user.pk)] == [actor.pk]
    assert steps(actor)[-1][1:] == ("assigned", administrator.user.pk, editor.user.pk, "Anna has left.")
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


def test_an_account_that_there_is_not(administrator):
    assert administrator.get("/admin/auth/user/900001/offboard/").status_code == 404


# Nobody gives more than they have -------------------------------------------------------------------------------------

ALL = {"username": "x", "is_active": "on", "is_staff": "on", "is_superuser": "on"}


def sent(client, person, **more):
    """Return what a forged form sends: all that there is."""
    permissions = list(Permission.objects.values_list("pk", flat=True))
    groups = list(Group.objects.values_list("pk", flat=True))
    days = {f"{field}_{part}": "" for field in ("last_login", "date_joined") for part in (0, 1)}
    joined = {"date_joined_0": "2019-06-01", "date_joined_1": "00:00:00"}
    said = {**ALL, **days, **joined, "username": person.username, "user_permissions": permissions, "groups": groups}
    return client.post(f"/admin/auth/user/{person.pk}/change/", {**said, **more})


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
        assert not {"is_superuser", "user_permissions"} & set(page.context["adminform"].form.fields)
        assert beyond not in page.context["adminform"].form.fields["groups"].queryset

        sent(administrator, person)
        sent(administrator, person, groups=list(Group.objects.exclude(pk=beyond.pk).values_list("pk", flat=True)))

        person.refresh_from_db()
        assert not person.is_superuser
        assert not person.user_permissions.exists()
        assert beyond not in person.groups.all()
        assert person.groups.filter(name="editors").exists()


def test_a_new_account_is_nobodys_superuser(administrator):
    made = {"username": "new", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    answer = administrator.post("/admin/auth/user/add/", {**made, "is_superuser": "on", "is_staff": "on"})

    assert answer.status_code == 302
    assert not User.objects.get(username="new").is_superuser


def test_an_administrator_does_nothing_to_a_superuser(administrator, analyst, root):
    """Whose page they see: no field, no password, no way out of the team, no deletion, alone or in a list."""
    page = administrator.get(f"/admin/auth/user/{root.pk}/change/")
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    assert 'name="username"' not in main(page)
    assert f"/admin/auth/user/{root.pk}/offboard/" not in page.content.decode()

    root_at, new = f"/admin/auth/user/{root.pk}", {"password1": "another-word-42", "password2": "another-word-42"}
    answers = [
        sent(administrator, root, is_active=""),
        administrator.get(f"{root_at}/password/"),
        administrator.post(f"{root_at}/password/", {**new, "usable_password": "true"}),
        administrator.post(f"{root_at}/offboard/", {"to": analyst.user.pk}),
        administrator.post(f"{root_at}/delete/", {"post": "yes"}),
        administrator.post(
            "/admin/auth/user/", {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [403] * 6
    again = User.objects.get(pk=root.pk)
    assert again.check_password(PASSWORD)
    assert (again.is_active, again.is_superuser) == (True, True)


def test_an_administrator_gives_no_group_what_they_have_not(administrator, beyond):
    editors = Group.objects.get(name="editors")
    more = Permission.objects.get(codename="delete_session")
    page = administrator.get(f"/admin/auth/group/{editors.pk}/change/")
    assert more not in page.context["adminform"].form.fields["permissions"].queryset

    refused = administrator.post(
        f"/admin/auth/group/{editors.pk}/change/", {"name": "editors", "permissions": [more.pk]}
    )
    assert refused.context["adminform"].form.errors["permissions"]
    forbidden = administrator.post(f"/admin/auth/group/{beyond.pk}/change/", {"name": "mine", "permissions": []})
    assert forbidden.status_code == 403
    assert administrator.post(f"/admin/auth/group/{beyond.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_superuser_still_makes_superusers(root, analyst):
    client = Client()
    client.force_login(root)
    page = client.get(f"/admin/auth/user/{analyst.user.pk}/change/")
    assert {"is_superuser", "user_permissions"} <= set(page.context["adminform"].form.fields)

    assert sent(client, analyst.user).status_code == 302
    analyst.user.refresh_from_db()
    assert analyst.user.is_superuser
