"""The frame: what surrounds the code is whole, and says the same everywhere."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from config.postgres.serve import SECONDS_TO_FINISH

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COMPOSE = ROOT / "docker-compose.yml"
DECISIONS = ROOT / "docs" / "decisions"
NOTES = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")
LOCKS = {"base.txt": [], "dev.txt": ["dev"]}


def run(*command: str | Path) -> tuple[int, str]:
    """Run a program of the development environment; return its exit status and what it said."""
    answer = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return answer.returncode, answer.stdout


def test_the_compose_file_is_valid_by_its_schema() -> None:
    """The one of the Compose specification, which the checker brings along."""
    assert run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE) == (
        0,
        "ok -- validation done\n",
    )


def test_the_compose_file_has_no_secret_of_its_own() -> None:
    """All but what has a default must be given, and whoever forgets one is told what it is."""
    variables = re.findall(r"\$\{(\w+)(:?[?-]?)([^}]*)\}", COMPOSE.read_text())
    required = {name for name, how, what in variables if how == ":?" and what}

    assert {name for name, *_ in variables} - required == {
        "PORT",
        *(
            f"{of}_{limit}"
            for of in ("TRACKER", "DATABASE")
            for limit in ("MEMORY", "CPUS", "PIDS")
        ),
        "TRACKER_LOG_FORMAT",
        "TRACKER_METRICS_TOKEN",
        "TRACKER_CONTACT",
        "TRACKER_DESK",
        "TRACKER_EMPTY",
        "TRACKER_FOCUS",
        "TRACKER_FOUR_EYES",
        "TRACKER_PROXIES",
        "TRACKER_TEAM",
        "TRACKER_TITLE",
    }
    assert {name for name in required if "PASSWORD" in name or "KEY" in name} == {
        "TRACKER_SECRET_KEY",
        "TRACKER_OWNER_PASSWORD",
        "TRACKER_APP_PASSWORD",
        "TRACKER_READER_PASSWORD",
        "POSTGRES_PASSWORD",
    }


def test_every_service_has_limits_and_no_right_that_it_does_not_need() -> None:
    """PostgreSQL's begins as root, so as to become another;
    whose log it is, it doesn't fill the disk.
    """
    services = yaml.safe_load(COMPOSE.read_text())["services"]

    assert services.keys() == {"db", "migrate", "app"}
    for name, service in services.items():
        assert (service["cap_drop"], service["security_opt"]) == (
            ["ALL"],
            ["no-new-privileges:true"],
        )
        kept = {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"} if name == "db" else set()
        assert set(service.get("cap_add", ())) == kept
        assert service["read_only"] is True
        assert "/tmp" in service["tmpfs"]
        assert {"max-size", "max-file"} == service["logging"]["options"].keys()
        for limit in ("mem_limit", "cpus", "pids_limit"):
            assert re.fullmatch(r"\$\{[A-Z_]+:-[0-9]+g?\}", service[limit])


def test_the_app_has_no_password_but_its_own_two() -> None:
    app = yaml.safe_load(COMPOSE.read_text())["services"]["app"]

    assert set(re.findall(r"\w*PASSWORD", str(app["environment"]))) == {
        "TRACKER_APP_PASSWORD",
        "TRACKER_READER_PASSWORD",
    }


def test_the_app_has_longer_to_stop_than_its_requests_to_finish() -> None:
    """Else they would be cut off in their midst, with no word of the server's."""
    app = yaml.safe_load(COMPOSE.read_text())["services"]["app"]
    (finish,) = re.findall(r"--graceful-timeout=(\d+)", (ROOT / "Dockerfile").read_text())

    assert (
        SECONDS_TO_FINISH == int(finish) < int(re.fullmatch(r"(\d+)s", app["stop_grace_period"])[1])
    )


def test_the_dockerfile_is_as_its_linter_wants_it() -> None:
    assert run(BIN / "hadolint", "Dockerfile") == (0, "")


def test_a_commit_and_ci_run_the_checks_that_are_run_by_hand() -> None:
    hooks = [
        hook
        for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
        for hook in repo["hooks"]
    ]

    assert [hook["entry"] for hook in hooks] == ["make check"]
    assert "for target in check test test-gate; do\n" in (ROOT / ".ci" / "run").read_text()


def test_the_readme_says_only_commands_that_there_are() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    targets_named = set(re.findall(r"\bmake ([a-z-]+)", (ROOT / "README.md").read_text()))

    assert {"up", "test", "test-fast", "test-gate", "test-slow"} <= targets_named <= targets


def test_the_page_for_operators_has_every_setting() -> None:
    """Those that the settings tell of, which are those that they read."""
    lines = re.findall(
        r"^\| ([A-Z_, ]+) \|", (ROOT / "config" / "settings.py").read_text(), re.MULTILINE
    )
    names = {name for line in lines for name in line.split(", ")}
    read = re.findall(
        r"(?:env\.\w+\(|, )\"([A-Z_]+)\"", (ROOT / "config" / "settings.py").read_text()
    )
    listed = re.findall(
        r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE
    )

    assert set(listed) == names
    assert {name for name in read if name.startswith(("TRACKER_", "DATABASE_"))} <= names


def test_what_readers_get_knows_nothing_of_tables() -> None:
    """Import contracts can't tell Django's ORM from the rest of Django."""
    asking = {
        str(path.relative_to(ROOT / "tracker" / "public"))
        for path in (ROOT / "tracker" / "public").rglob("*.py")
        if any(re.match(r"django\.(apps|contrib|db)\b", name) for name in imported_by(path))
    }

    # Connections and their errors.
    assert asking == {
        "api/health.py",
        "api/metrics.py",
        "http/plans.py",
        "http/unavailable.py",
        "read/connection.py",
        "read/coverage.py",
    }


def imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("note", NOTES, ids=lambda path: path.stem)
def test_a_note_fits_on_a_page_and_says_what_was_rejected(note: Path) -> None:
    text = note.read_text()

    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Rejected"]
    assert len(text.split()) < 400


def test_the_index_of_notes_names_each_by_its_title() -> None:
    index = (DECISIONS / "README.md").read_text()
    titles = {note.name: note.read_text().partition("\n")[0].removeprefix("# ") for note in NOTES}

    assert {path: title for title, path in re.findall(r"\[(.+?)\]\((.+?)\)", index)} == titles


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_what_is_asked_for_by_hash_and_names_no_place(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [
        *project["dependencies"],
        *(line for extra in LOCKS[lock] for line in project["optional-dependencies"][extra]),
    ]
    text = (ROOT / "requirements" / lock).read_text()
    pins = re.findall(
        r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]*)? \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE
    )
    locked = dict(pins)

    for requirement in map(Requirement, asked):
        name = re.sub(r"[._]", "-", requirement.name.lower())
        assert requirement.specifier.contains(locked[name]), requirement
    assert len(pins) == len(re.findall(r"^\S", text, re.MULTILINE))
    assert "://" not in text
