# `make run` starts the assistant, `make test` runs every test, `make lint` every check, `make bench` every measure of
# speed and of other engines, `make load` serves more and more people. Nothing else is needed than Python 3.11 or newer with venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench load audit clean

run: $(VENV)/.run
	$(BIN)/acces-droits run

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/acces-droits check

# Twenty minutes or so; the figures stand in docs/understanding.md.
bench: $(VENV)/.bench
	$(BIN)/python -m tests.benchmarks.engines
	$(BIN)/python -m tests.benchmarks.scale
	$(BIN)/python -m tests.benchmarks.hostile
	$(BIN)/python -m tests.benchmarks.latency
	$(BIN)/python -m tests.benchmarks.flood

# Known weaknesses of what the assistant runs with, asked of the package index: not in `lint`, which needs no network and
# must not turn red by itself. Each line "could not be audited" is a package that the index in use knows nothing of.
audit:
	$(PYTHON) -m venv .audit
	.audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	.audit/bin/pip-audit --requirement requirements.txt --disable-pip --no-deps

# Four minutes; `python -m tests.benchmarks.load --soak 60` is the hour. The figures stand in docs/performance.md.
load: $(VENV)/.bench
	$(BIN)/python -m tests.benchmarks.load

$(VENV)/.run: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.run tests/benchmarks/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) .audit .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
