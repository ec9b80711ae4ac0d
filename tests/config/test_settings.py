"""What the environment makes of the settings."""

import json
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent.parent
# As it was before any test:
# a browser in this process needs a variable that production must not have.
ENVIRONMENT = dict(os.environ)
SECRET = "a-secret-for-a-test-0123456789-abcdefghijklmnopqrstuvwxyz"
PRODUCTION = {
    "TRACKER_HOSTS": "tracker.example.org, tracker.example.com",
    "TRACKER_SECRET_KEY": SECRET,
}
GET = """
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, headers={{"host": "localhost"}})
print(client.get({path!r}).status_code)
"""


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run `python arguments…` in an environment."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**ENVIRONMENT, **environment}, capture_output=True, text=True
    )


def settings(*names: str, **environment: str) -> dict[str, object]:
    script = (
        f"import json; from config import settings; print(json.dumps([getattr(settings, n) for n "
        f"in {names!r}]))"
    )
    answer = run("-c", script, **environment)
    assert answer.returncode == 0, answer.stderr
    return dict(zip(names, json.loads(answer.stdout), strict=True))


def test_without_a_host_it_answers_on_this_machine_only() -> None:
    assert settings("ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "DEBUG") == {
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_SECURE": False,
        "DEBUG": False,
    }


def test_with_a_host_it_wants_https() -> None:
    asked = (
        "ALLOWED_HOSTS",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECRET_KEY",
    )

    assert settings(*asked, **PRODUCTION) == {
        "ALLOWED_HOSTS": [
            "tracker.example.org",
            "tracker.example.com",
            "localhost",
            "127.0.0.1",
            "[::1]",
        ],
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECRET_KEY": SECRET,
    }


@pytest.mark.parametrize(
    ("given", "trusted"),
    [
        ({}, None),
        (PRODUCTION, ["HTTP_X_FORWARDED_PROTO", "https"]),
        ({**PRODUCTION, "TRACKER_PROXIES": "0"}, None),
    ],
    ids=["this machine", "a host", "a host, no proxy"],
)
def test_a_proxy_is_believed_only_where_there_is_one(
    given: dict[str, str], trusted: list[str] | None
) -> None:
    assert settings("SECURE_PROXY_SSL_HEADER", **given) == {"SECURE_PROXY_SSL_HEADER": trusted}


def test_django_finds_nothing_to_say_against_the_settings_of_production() -> None:
    contact = {"TRACKER_CONTACT": "mailto:team@tracker.example"}
    answer = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **contact
    )

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("given", "focus", "title"),
    [
        ({}, ["china", "russia"], "Tracker of how China and Russia work together"),
        ({"TRACKER_FOCUS": "iran, north-korea"}, ["iran", "north-korea"], "Tracker"),
        ({"TRACKER_FOCUS": "", "TRACKER_TITLE": "Who is for what"}, [], "Who is for what"),
        (
            {"TRACKER_TITLE": ""},
            ["china", "russia"],
            "Tracker of how China and Russia work together",
        ),
    ],
)
def test_a_tracker_of_others_is_called_otherwise(
    given: dict[str, str], focus: list[str], title: str
) -> None:
    """A variable that compose passes on empty says nothing, but for the focus:
    then nobody is in it.
    """
    assert settings("FOCUS", "TITLE", **given) == {"FOCUS": focus, "TITLE": title}


NO_SECRET = "TRACKER_SECRET_KEY is missing, and TRACKER_HOSTS is set: give it 50 or more random"
EASY = "TRACKER_SECRET_KEY is too easy to guess, and TRACKER_HOSTS is set: give it 50 or"
REFUSED = [
    ({"TRACKER_HOSTS": "tracker.example.org"}, NO_SECRET),
    ({**PRODUCTION, "TRACKER_SECRET_KEY": ""}, NO_SECRET),
    *(
        ({**PRODUCTION, "TRACKER_SECRET_KEY": secret}, EASY)
        for secret in (SECRET[:49], "abcd" * 20, f"django-insecure-{SECRET}")
    ),
    (
        {"TRACKER_FOUR_EYES": "yes"},
        "TRACKER_FOUR_EYES is “yes”: set it to auto, on or off, or leave it out.\n",
    ),
    *(
        (
            {"TRACKER_READS_PER_SECOND": limit},
            f"TRACKER_READS_PER_SECOND is “{limit}”: set it to a whole number",
        )
        for limit in ("-1", "", "1.5", "9999999")
    ),
    *(
        (
            {"TRACKER_URL": url},
            f"TRACKER_URL is “{url.removesuffix('/')}”: set it to where the tracker is reached",
        )
        for url in (
            "tracker.example",
            "https://tracker.example/x",
            "ftp://tracker.example",
            "https://x//",
        )
    ),
    *(
        (
            {"TRACKER_FOCUS": focus},
            f"TRACKER_FOCUS is “{focus}”: set it to up to 6 different slugs, such as iran,",
        )
        for focus in ("Iran", "north korea", "iran,iran", "a,b,c,d,e,f,g")
    ),
    (
        {"TRACKER_TITLE": "Two\nlines"},
        "TRACKER_TITLE is 'Two\\nlines': set it to one line of up to 200 characters",
    ),
    ({"TRACKER_TEAM": "x" * 201}, "TRACKER_TEAM is 'xxx"),
    ({"TRACKER_EMPTY": "yes"}, "TRACKER_EMPTY is “yes”: set it to off or on, or leave it out.\n"),
]


@pytest.mark.parametrize(("given", "says"), REFUSED)
def test_what_cannot_be_is_refused_in_one_line(given: dict[str, str], says: str) -> None:
    """It is neither invented nor a traceback, and no secret is in it."""
    answer = run("manage.py", "check", **given)

    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith(says)
    assert answer.stderr.count("\n") == 1
    assert (given.get("TRACKER_SECRET_KEY") or SECRET) not in answer.stderr


def test_the_shortest_secret_that_django_is_content_with_will_do() -> None:
    shortest = {**PRODUCTION, "TRACKER_SECRET_KEY": SECRET[:50]}
    assert settings("SECRET_KEY", **shortest) == {"SECRET_KEY": SECRET[:50]}


def test_four_eyes_are_auto_on_or_off() -> None:
    assert settings("FOUR_EYES") == {"FOUR_EYES": "auto"}
    assert settings("FOUR_EYES", TRACKER_FOUR_EYES="off") == {"FOUR_EYES": "off"}


def test_limits_are_there_unless_they_are_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """And proxies are believed where there are some: one, unless it is said."""
    limits = ("PROXIES", "READS_PER_SECOND", "DESK_PER_SECOND")
    for name in limits[1:]:
        monkeypatch.delitem(ENVIRONMENT, f"TRACKER_{name}", raising=False)

    assert list(settings(*limits).values()) == [0, 200, 50]
    assert list(settings(*limits, **PRODUCTION).values()) == [1, 200, 50]
    others = {
        "TRACKER_PROXIES": "2",
        "TRACKER_READS_PER_SECOND": "0",
        "TRACKER_DESK_PER_SECOND": "7",
    }
    assert list(settings(*limits, **others).values()) == [2, 0, 7]


def test_a_database_url_keeps_its_options_beside_the_role() -> None:
    """A server that must be reached over TLS still is;
    the reader's and the owner's logins are their own.
    """
    databases = settings(
        "DATABASES",
        DATABASE_URL="postgres://desk:word@db.example.org:6432/tracker?sslmode=verify-full",
        DATABASE_READER_URL="postgres://page@replica.example.org/tracker",
    )["DATABASES"]

    of_application = {
        name: databases["default"]["OPTIONS"][name] for name in ("sslmode", "assume_role")
    }
    assert of_application == {"sslmode": "verify-full", "assume_role": "tracker_app"}
    assert databases["owner"]["OPTIONS"] == {
        "sslmode": "verify-full",
        "assume_role": "tracker_owner",
    }
    assert databases["publication"]["OPTIONS"]["assume_role"] == "tracker_reader"
    assert "sslmode" not in databases["publication"]["OPTIONS"]
    hosts = {alias: described["HOST"] for alias, described in databases.items()}
    assert hosts == {
        "default": "db.example.org",
        "owner": "db.example.org",
        "publication": "replica.example.org",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/admin/",
        "/admin/login/",
        "/api/v1/",
        "/api/v1/docs/",
        "/api/v1/nowhere/",
        "/nowhere/",
        "/healthz/live",
        "/static/tracker/admin.css",
    ],
)
@pytest.mark.django_db
def test_every_answer_carries_a_strict_policy(client: Client, path: str) -> None:
    """Pages, redirects, errors, files: scripts and styles come from here and are never in the page;
    data have none.
    """
    with closing(client.get(path)) as answer:
        policy = answer.headers["Content-Security-Policy"]

    assert {"default-src 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert not re.search("unsafe|https?:|\\*", policy)


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused_under_the_policy_too(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example.org"})

    assert answer.status_code == 400
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_what_goes_wrong_is_told_on_standard_error_without_a_secret() -> None:
    """In a line: moment, place and cause;
    neither the key nor a password of the database is in it.
    """
    nowhere = "postgres://nobody:hidden-word@127.0.0.1:1/none"

    answer = run(
        "-c", GET.format(path="/api/v1/?q=%0Ax"), TRACKER_SECRET_KEY=SECRET, DATABASE_URL=nowhere
    )

    assert answer.stdout == "503\n"
    beginning = (
        r"[0-9-]+ [0-9:,]+ ERROR django\.request: Service Unavailable: GET /api/v1/\?q=%0Ax: "
        r"connection failed: "
    )
    assert re.fullmatch(rf"{beginning}.*Connection refused.* \[[0-9a-f]{{16}}\]\n", answer.stderr)
    assert "hidden-word" not in answer.stderr
    assert SECRET not in answer.stderr


def test_what_a_client_did_wrong_is_not_logged() -> None:
    """The answer says it; a log of it would be as long as anybody likes."""
    answer = run("-c", GET.format(path="/api/v1/nowhere/"))

    assert (answer.stdout, answer.stderr) == ("404\n", "")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "https://tracker.example/"])
def test_where_it_is_reached_is_an_origin(url: str) -> None:
    assert settings("URL", TRACKER_URL=url) == {"URL": url.removesuffix("/")}


def test_what_must_not_be_shown_is_set_by_numbers() -> None:
    assert settings("WITHHELD", TRACKER_WITHHELD="3-12, 15") == {"WITHHELD": [[3, 12], [15, 15]]}
    assert settings("WITHHELD", TRACKER_WITHHELD="") == {"WITHHELD": []}
    for wrong in ("12-3", "0-2", "3-", "three", "3,,4"):
        with pytest.raises(AssertionError, match=r"set it to numbers such as 3-12,15"):
            settings("WITHHELD", TRACKER_WITHHELD=wrong)
