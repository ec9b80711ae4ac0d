"""A name that is looked for is found once;
what words to choose is in docs/development/glossary.md.
"""

import ast
from collections import defaultdict

import pytest

from tests.test_conventions import ROOT, files, modules

TOWERS = {"public", "desk"}  # of several layers each
PACKAGES = [
    path.parent.relative_to(ROOT / "tracker") for path in (ROOT / "tracker").rglob("__init__.py")
]
LAYERS = sorted(
    str(path) for path in PACKAGES if path.name and len(path.parts) == 1 + (path.parts[0] in TOWERS)
)
OF_DJANGO = {"Command", "Migration"}  # each is called so; a command's name is its module's
WITHOUT_A_NAME = {
    f"{name}.py" for name in ("util", "utils", "helper", "helpers", "common", "mixins", "misc")
}


def public_classes(layer: str) -> dict[str, list[str]]:
    made: dict[str, list[str]] = defaultdict(list)
    for path, module in modules(f"tracker/{layer}"):
        for node in module.body:
            if (
                isinstance(node, ast.ClassDef)
                and not node.name.startswith("_")
                and node.name not in OF_DJANGO
            ):
                made[node.name].append(str(path.relative_to(ROOT)))
    return made


@pytest.mark.parametrize("layer", LAYERS)
def test_no_two_public_classes_of_a_layer_share_a_name(layer: str) -> None:
    """Whoever reads a name in a traceback, or looks for it, finds the one that is meant."""
    assert {name: places for name, places in public_classes(layer).items() if len(places) > 1} == {}


def test_every_module_is_named_for_what_it_is() -> None:
    assert [path for path in files("*.py") if path.name in WITHOUT_A_NAME] == []
