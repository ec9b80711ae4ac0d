"""Draw faults, or plant them and see which test fails.

python -m tools.mutants draw 47 50     # fifty fresh ones with seed 47, for a person to describe
python -m tools.mutants run            # all of them, as many at once as there are processors
python -m tools.mutants run 7 12       # two of them
python -m tools.mutants run --write    # and write into the list who killed them
"""

import argparse
import subprocess
import sys

from tools.mutants import entries
from tools.mutants.drawing import code_files, draw
from tools.mutants.entries import ROOT, Mutant, MutantList
from tools.mutants.planting import Outcome, plant_all


def main() -> int:
    arguments = _arguments()
    mutant_list = entries.load()
    if arguments.command == "draw":
        files = _changed_files(arguments.since) if arguments.since else code_files()
        _add_drawn(mutant_list, arguments.seed, arguments.count, files)
        return 0
    numbers = arguments.numbers
    mutants = [mutant for mutant in mutant_list.mutants if not numbers or mutant.id in numbers]
    survivors = 0
    for mutant, outcome in plant_all(mutants):
        print(f"{mutant.id:3} {mutant.sentence}\n    {outcome}", flush=True)
        if outcome.killed_by is None and mutant.why_alive is None:
            survivors += 1
        if arguments.write:
            _note(mutant, outcome)
            entries.save(mutant_list)
    print(f"{len(mutants)} planted, {survivors} alive without a reason")
    return 1 if survivors else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.mutants")
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="draw fresh faults, and write their patches")
    drawing.add_argument("seed", type=int)
    drawing.add_argument("count", type=int)
    drawing.add_argument("--since", help="only of files that were changed since a commit")
    running = commands.add_parser("run", help="plant faults, and run their tests")
    running.add_argument("numbers", type=int, nargs="*")
    running.add_argument("--write", action="store_true", help="write into the list who killed them")
    return parser.parse_args()


def _changed_files(commit: str) -> list[str]:
    """Return the files of the tracker's code that were changed since a commit."""
    command = ["git", "diff", "--name-only", "--diff-filter=AM", commit]
    changed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted(set(changed.splitlines()) & set(code_files()))


def _add_drawn(mutant_list: MutantList, seed: int, count: int, files: list[str]) -> None:
    """Write the patch of each drawn fault, and add it to the list without a sentence."""
    number = max((mutant.id for mutant in mutant_list.mutants), default=0)
    for fault in draw(seed, count, files):
        number += 1
        mutant = Mutant(id=number, kind=fault.kind, file=fault.file, sentence="")
        mutant.patch.write_text(fault.patch())
        mutant_list.mutants.append(mutant)
        print(f"{mutant.patch.relative_to(ROOT)}: {fault.line()}")
    mutant_list.seeds.append(seed)
    entries.save(mutant_list)


def _note(mutant: Mutant, outcome: Outcome) -> None:
    """Keep the outcome; who died once and lives now keeps neither killer nor reason."""
    mutant.killed_by = outcome.killed_by
    if outcome.killed_by is not None:
        mutant.why_alive = None


if __name__ == "__main__":
    sys.exit(main())
