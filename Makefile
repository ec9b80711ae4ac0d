# What there is to do here. It needs Python 3.11 or newer with its venv module, and make; `make PYTHON=python3.13 up`
# takes another Python. Everything is installed into .venv, from requirements with hashes, the first time only.

PYTHON = python3
RUN = .venv/bin/python
# The API's document with its examples, and its page, which are made where they are missing or older than what is committed.
MADE = tracker/public/api/made/openapi.yaml

# `exec`, so that Ctrl-C and TERM reach the program and make has nothing to complain about.
.PHONY: up
up: .venv/installed $(MADE)  ## bring the tracker up on http://127.0.0.1:8000 (PORT, TRACKER_DATA_DIR, DATABASE_URL)
	@exec $(RUN) manage.py up

.PHONY: restore
restore: .venv/installed  ## put a backup into an empty database, and prove it (FILE=tracker-….tar)
	@exec $(RUN) manage.py restore "$(or $(FILE),$(error Name a backup: make restore FILE=tracker-….tar))"

# `test`, `test-gate` and `test-slow` are all tests, each once: nothing but the marks `slow` and `gate` divides them.
# What each said, and how long each test took, is kept in var/tests.
TESTS = pytest -n auto --dist worksteal --junitxml=var/tests/$@.xml

.PHONY: test
test: .venv/installed-dev $(MADE)  ## run the tests that show what it does, on all processors (five minutes on two)
	@exec $(RUN) -m $(TESTS) -m "not slow"

.PHONY: test-gate
test-gate: .venv/installed-dev $(MADE)  ## run the slow tests that each commit has to pass: leaks, hostile requests, edges of days, the oracle, a dozen browser scenarios
	@exec $(RUN) -m $(TESTS) -m gate

.PHONY: test-fast
test-fast: .venv/installed-dev $(MADE)  ## run those that a field, a filter or a noun breaks, and those of history, reading and formats (a minute)
	@exec $(RUN) -m $(TESTS) -m "not slow" $(BELOW_THE_TOWERS) $(OF_FIELDS)

.PHONY: test-slow
test-slow: .venv/installed-dev $(MADE)  ## run all other slow tests: browsers, servers, crashes, long walks and texts, memory, other programs
	@exec $(RUN) -m $(TESTS) -m "slow and not gate"

.PHONY: coverage
coverage: .venv/installed-dev $(MADE)  ## run `test`, and show which branches it does not reach; no fewer than it did
	@$(RUN) -m coverage erase
	@$(RUN) -m coverage run -m $(TESTS) -m "not slow"
	@$(RUN) -m coverage combine --quiet
	@$(RUN) -m coverage report

BELOW_THE_TOWERS = tests/values tests/schema tests/models tests/history tests/public/read tests/public/formats
# what else sees a field, a filter or a noun that is there by half: cards, imports, growth, forms, codebook, contract, golden questions
OF_FIELDS = tests/public/cards tests/desk/imports/test_growth.py tests/desk/imports/test_round.py \
	tests/desk/imports/test_reading.py tests/desk/imports/test_understanding.py tests/desk/admin/records/test_form_view.py tests/test_nouns.py \
	tests/public/api/v1/test_optional_fields.py tests/public/api/v1/test_codebook.py \
	tests/golden/test_parameters.py tests/public/api/test_ordering.py

.PHONY: check
check: .venv/installed-dev  ## lint, formatting, types, imports, the measure of the code, deployment settings, missing migrations
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	$(RUN) -m mypy
	.venv/bin/lint-imports
	$(RUN) -m tools.style --check
	TRACKER_HOSTS=example.org TRACKER_SECRET_KEY=$(SECRET) TRACKER_CONTACT=mailto:team@example.org $(RUN) manage.py check --deploy --fail-level WARNING
	DATABASE_URL=$(NOWHERE) $(RUN) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

# Long and varied enough for Django's checks; nothing is signed with it.
SECRET = only-for-make-check-0123456789-abcdefghijklmnopqrstuvwxyz
# Comparing models with migrations needs no database; Django looks for one all the same.
NOWHERE = postgres://nobody@127.0.0.1:1/none

.PHONY: contract
contract: .venv/installed-dev  ## write the OpenAPI document and its page, unless that breaks the one committed last
	DJANGO_SETTINGS_MODULE=config.settings $(RUN) -m tests.contract

$(MADE): tracker/public/api/openapi.yaml tracker/desk/api/operations.txt
	@echo "Making the API's document with its examples (once, half a minute) …"
	@$(RUN) manage.py openapi

.PHONY: golden
golden: .venv/installed-dev $(MADE)  ## write the golden answers anew, which test-gate compares; needs faketime
	$(RUN) -m tests.golden

.PHONY: golden-diff
golden-diff: .venv/installed-dev  ## show in whole answers what differs between a commit and this tree (BASE=main)
	@bash tests/golden/diff.sh "$(or $(BASE),$(error Name a commit: make golden-diff BASE=main))"

.PHONY: new-field
new-field: .venv/installed-dev  ## write the lines of a field, and list what is open (NOUN=meeting NAME=held_as KIND=term VOCABULARY=MeetingForm …)
	@$(RUN) -m tests.stubs "$(NOUN)" --name "$(NAME)" $(if $(KIND),--kind $(KIND)) $(if $(SAYS),--says "$(SAYS)") \
		$(if $(VOCABULARY),--vocabulary $(VOCABULARY)) $(if $(TERMS),--terms $(TERMS)) $(if $(AFTER),--after $(AFTER))

.PHONY: new-noun
new-noun: .venv/installed-dev  ## write the files of a noun, and list what is open (NOUN=treaty PLURAL=treaties)
	@$(RUN) -m tests.stubs "$(NOUN)" --plural "$(PLURAL)"

.PHONY: fuzz
fuzz: .venv/installed-dev $(MADE)  ## let schemathesis ask whatever it thinks of, twice for ten minutes (FUZZ="--max-time 3600")
	@FUZZ="$(FUZZ)" $(RUN) -m pytest tests/public/api/outside/test_fuzzing.py

FUZZ = --max-time 600 --max-examples 100

.PHONY: pictures
pictures: .venv/installed-dev $(MADE)  ## take the pictures of docs/analyst.md, docs/questions.md and README.md again; needs Chromium
	@PICTURES=$(CURDIR)/docs/analyst $(RUN) -m pytest tests/browser/test_day.py
	@PICTURES=$(CURDIR)/docs $(RUN) -m pytest tests/browser/test_questions.py

.PHONY: lock
lock:  ## write what pyproject.toml asks for into requirements, with versions and hashes; needs uv
	uv pip compile -q pyproject.toml $(LOCKED) -o requirements/base.txt
	uv pip compile -q pyproject.toml --extra dev $(LOCKED) -o requirements/dev.txt

LOCKED = --universal --generate-hashes --python-version 3.11 --no-annotate --no-header

.PHONY: help
help:  ## show this
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile

# What was installed for a Python that is gone meanwhile, or is another one now, isn't there.
GONE := $(shell $(RUN) -c 'import django' 2>/dev/null || rm -f .venv/installed .venv/installed-dev)

INSTALL = $(RUN) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r

.venv/installed: requirements/base.txt
	@$(MAKE) --no-print-directory .venv/bin/python-works
	@echo "Installing what the tracker needs into .venv (once, some 30 MB) …"
	@$(INSTALL) requirements/base.txt
	@touch $@

.venv/installed-dev: requirements/dev.txt
	@$(MAKE) --no-print-directory .venv/bin/python-works
	@echo "Installing what the tests and checks need into .venv (once, some 220 MB) …"
	@$(INSTALL) requirements/dev.txt
	@touch .venv/installed $@

# A .venv whose making was interrupted, or whose Python is gone or another one, is made anew.
.PHONY: .venv/bin/python-works
.venv/bin/python-works:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=…")'
	@$(RUN) -m pip --version >/dev/null 2>&1 || { echo "Making .venv …"; $(PYTHON) -m venv --clear .venv; }

.PHONY: bench
bench: .venv/installed-dev $(MADE)  ## measure the API against what PostgreSQL itself can (BENCH="--stances 1000000"; needs wrk)
	@exec $(RUN) -m tools.bench $(BENCH)

.PHONY: mutants
mutants: .venv/installed-dev $(MADE)  ## plant each of a hundred small faults, and see which test fails (MUTANTS="7 12"; an hour)
	@exec $(RUN) -m tools.mutants run $(MUTANTS)

.PHONY: faults
faults: .venv/installed-dev  ## make each fault of tests/faults, fifty times where it may come at any moment, and count what was lost; root (FAULTS=5)
	@FAULTS=$(FAULTS) exec $(RUN) -m pytest tests/faults

FAULTS = 50
