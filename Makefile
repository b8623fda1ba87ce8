# One word each. `make run` and `make test` need python3 (3.11 or newer), make and PyPI; all else they fetch themselves.
PYTHON ?= python3
PORT ?= 8000
export PORT

BIN := .venv/bin
VENV := .venv/.made
DEV := .venv/.dev
VENDOR := kith/web/static/vendor/.made
MESSAGES := kith/locale/zh_Hans/LC_MESSAGES/django
TESTS ?= tests
# Its tests have one name, so they cannot be shared out over the cores: it runs beside the others.
APART := tests/rest/test_schema.py

.PHONY: setup run demo test lint types shape translations check bench
.DEFAULT_GOAL := run

setup: $(VENV) $(VENDOR) $(MESSAGES).mo

# On an empty database `run` makes the invented community; beside communities of your own it makes none.
run: setup
	KITH_DEMO=1 $(BIN)/kith serve

demo: setup
	$(BIN)/kith serve --demo

test: setup $(DEV)
	@set -e; apart=; \
	if [ "$(TESTS)" = tests ]; then $(BIN)/python -m pytest $(APART) & apart=$$!; fi; \
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --ignore=$(APART) $(TESTS); \
	[ -z "$$apart" ] || wait $$apart

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

shape: $(DEV)
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_shape.py tests/test_doors.py

translations: setup $(DEV)
	$(BIN)/python tools/messages.py check
	$(BIN)/python -m pytest tests/test_translations.py

check: lint types shape translations test

bench: setup $(DEV)
	$(BIN)/python -m bench

$(VENV): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Kith needs Python 3.11 or newer; $(PYTHON) is older or missing. Say: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' \
	  || { echo "This Python comes without venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(DEV): $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(VENDOR): package-lock.json tools/icons.txt tools/assets.py | $(VENV)
	$(BIN)/python tools/assets.py
	@touch $@

$(MESSAGES).mo: $(wildcard $(MESSAGES).po) | $(VENV)
	$(BIN)/python tools/messages.py compile
	@touch $@
