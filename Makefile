# Everything works from nothing but Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What is compiled once is kept, whatever the environment says: tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-hard lint bench torture year fuzz pictures wheel peers clean

demo: $(VENV)/.ready
	$(BIN)/userbot demo

test: $(VENV)/.ready lint
	$(BIN)/pytest

test-hard: $(VENV)/.ready
	$(BIN)/python -m tests.hard

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready
	$(BIN)/python -m tests.benchmarks

torture: $(VENV)/.ready
	$(BIN)/python -m tests.torture
	$(BIN)/python -m tests.torture.labels
	$(BIN)/python -m tests.torture.restraint
	$(BIN)/python -m tests.torture.recall
	$(BIN)/python -m tests.torture.everything

# A year in the life of a shop, in half an hour or more.
year: $(VENV)/.ready
	$(BIN)/python -m tests.torture.year

fuzz: $(VENV)/.ready
	$(BIN)/python -m tests.torture.fuzz

# The pictures of the documentation, from simulated runs and the demo's chat view.
pictures: $(VENV)/.ready
	$(BIN)/python -m tests.pictures

wheel: $(VENV)/.ready
	$(BIN)/python -m tests.wheel

# Another client library, in an environment of its own, on the embedded Telegram.
peers: $(VENV)/.ready .venv-peers/.ready
	$(BIN)/python -m tests.peers .venv-peers/bin/python

.venv-peers/.ready:
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check "kurigram>=2.2"
	@touch $@

clean:
	rm -rf $(VENV) .venv-peers build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The mark is newer than pyproject.toml as long as what it lists is installed.
$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@
