# Everything works from nothing but Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint bench torture fuzz wheel clean

demo: $(VENV)/.ready
	$(BIN)/userbot demo

test: $(VENV)/.ready lint
	$(BIN)/pytest

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready
	$(BIN)/python -m tests.benchmarks

torture: $(VENV)/.ready
	$(BIN)/python -m tests.torture

fuzz: $(VENV)/.ready
	$(BIN)/python -m tests.torture.fuzz

wheel: $(VENV)/.ready
	$(BIN)/python -m tests.wheel

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The mark is newer than pyproject.toml as long as what it lists is installed.
$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@
