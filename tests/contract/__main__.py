"""`python -m tests.contract`: promise what version 1 has gained; refuse if it has lost or changed anything."""

import sys
from pathlib import Path

import yaml

from tests.contract.comparison import breaks
from tests.contract.promise import FROZEN, LOADER, freeze, promised

COMMITTED = Path(__file__).parents[2] / "tracker" / "api" / "v1" / "openapi.yaml"


def main(path: Path) -> int:
    """Freeze what a document promises, usually the committed one; return the exit status."""
    document = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    found = breaks(promised(), document) if FROZEN.exists() else []
    if found:
        print(*found, "Version 1 promised otherwise: nothing was written.", sep="\n")
        return 1
    freeze(document)
    return 0


sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else COMMITTED))
