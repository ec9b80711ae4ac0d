#!/usr/bin/env bash
# What a commit answers, and what this tree answers to the same questions, as a diff that a person can read.
# The questions, the base and the program that asks are this tree's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$(mktemp -d)
trap 'git worktree remove --force "$work/tree" 2>/dev/null || true; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$work/tree" "$1"
rm -rf "$work/tree/tests/golden"
cp -r tests/golden "$work/tree/tests/golden"
here=$PWD
# What was committed before the document was made has it in the checkout.
(cd "$work/tree" && "$here/.venv/bin/python" manage.py openapi >/dev/null 2>&1) || true
(cd "$work/tree" && "$here/.venv/bin/python" -m tests.golden --bodies "$work/before" >/dev/null)
.venv/bin/python -m tests.golden --bodies "$work/now" >/dev/null
cd "$work"
git --no-pager diff --no-index --stat=160 before/bodies now/bodies || true
git --no-pager diff --no-index before/bodies now/bodies || true
git --no-pager diff --no-index before/messages now/messages || true
