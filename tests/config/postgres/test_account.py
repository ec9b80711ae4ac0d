"""As whom the server runs when root starts it, or somebody without a name."""

import os
import shutil
from pathlib import Path

import pytest

from config.postgres.account import AS_NOBODY, Account, account_for, works
from tests.config.postgres.processes import Tracker

pytestmark = pytest.mark.slow

IS_ROOT = os.geteuid() == 0
ROOT_IN_A_NAMESPACE = ("unshare", "--user", "--map-root-user")
NAMELESS_IN_A_NAMESPACE = ("unshare", "--user", "--map-user=54321", "--map-group=54321")


def test_an_ordinary_user_runs_it_as_is(tracker: Tracker) -> None:
    """By whatever name: here in a namespace that shows root, or whoever runs this, as nobody."""
    tracker.prefix = AS_NOBODY
    script = (
        "from pathlib import Path; from config.postgres.account import account_for\n"
        "print(account_for(Path('/')).prefix)"
    )

    assert tracker.run("-c", script) == (0, "()\n")


@pytest.mark.parametrize(
    "prefix", [ROOT_IN_A_NAMESPACE, NAMELESS_IN_A_NAMESPACE], ids=["root", "nameless"]
)
def test_root_and_the_nameless_get_a_server_all_the_same(
    tracker: Tracker, prefix: tuple[str, ...]
) -> None:
    tracker.prefix = prefix

    assert tracker.query("SELECT current_user") == "tracker_owner"


@pytest.fixture
def without_namespaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PATH with everything but `unshare`."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("setpriv", "true", "sh", "cat"):
        (tools / name).symlink_to(shutil.which(name))
    monkeypatch.setenv("PATH", str(tools))


def test_without_namespaces_it_runs_as_somebody_else_below_closed_directories(
    tracker, without_namespaces
):
    """Root hands the cluster over, and nothing above it; whoever isn't root needs none of this."""
    tracker.home.mkdir(mode=0o700)
    before = tracker.home.stat()

    assert not works(AS_NOBODY)
    assert tracker.query("SELECT current_user") == "tracker_owner"
    assert tracker.query("SELECT 1") == "1"

    after = tracker.home.stat()
    assert (after.st_uid, after.st_mode) == (before.st_uid, before.st_mode)
    assert (tracker.cluster.directory.stat().st_uid != 0) or not IS_ROOT


def test_a_cluster_moves_between_root_with_namespaces_and_root_without(
    tracker, monkeypatch, request
):
    tracker.query("CREATE TABLE note (text text)")
    request.getfixturevalue("without_namespaces")

    assert tracker.query("SELECT count(*) FROM note") == "0"
    monkeypatch.undo()
    assert tracker.query("SELECT count(*) FROM note") == "0"


def test_root_works_as_the_owner_of_a_directory_that_is_somebody_elses(tmp_path: Path) -> None:
    """So that the owner can go on with it; whoever isn't root owns what it uses."""
    if IS_ROOT:
        os.chown(tmp_path, 65534, 65534)
    account = account_for(tmp_path)

    assert account.uid == tmp_path.stat().st_uid
    assert bool(account.prefix) == IS_ROOT
    assert isinstance(account, Account)
