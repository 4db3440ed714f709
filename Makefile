# Kith: `make demo` to see it, `make test` to test it. Everything is installed into .venv, nothing outside of it.
.PHONY: help setup setup-tests demo test check lint types fast format lock clean

BIN := .venv/bin
# Tests that need no server and no browser; together they run in seconds.
FAST := tests/core tests/commands tests/cards tests/scenarios tests/architecture
NODE := .venv/node
PYTEST := $(BIN)/python -m pytest -q

help:
	@echo "make demo    set everything up and serve the sample workspace on http://127.0.0.1:8000/"
	@echo "make test    set everything up and run every test"
	@echo "make check   the fast part: format, lint, imports, types, and the tests that need no server"
	@echo "make setup   set up alone; leaves .venv/bin/kith"
	@echo "make format  write the code in its one format, and mend what ruff can mend"
	@echo "make lock    pin the packages that pyproject.toml names anew (needs uv)"
	@echo "make clean   remove what setting up and testing left; var/ with the data stays"

# Installs with the first Python that is new enough: the environment's own, once there is one, is found soonest.
define install
	@for python in $(BIN)/python python3 python3.11 python3.12 python3.13 python3.14 python; do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	        exec $$python deploy/install.py $(1); \
	    fi; \
	done; \
	echo "Kith needs Python 3.11 or newer, and none is on the PATH." >&2; \
	if command -v python3 >/dev/null; then echo "The python3 found here is $$(python3 --version 2>&1)." >&2; fi; \
	exit 1
endef

setup:
	$(call install,run)

# WeCom's own package for Node is a referee of the tests; without npm they say that they are skipped.
setup-tests:
	$(call install,test)
	@if command -v npm >/dev/null && [ ! -d $(NODE)/node_modules/@wecom/crypto ]; then \
	    npm install --silent --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --fetch-retries 1 \
	        --prefix $(NODE) @wecom/crypto@1.0.1 || echo "@wecom/crypto cannot be fetched; its tests are skipped." >&2; \
	fi

demo: setup
	@$(BIN)/kith demo

test: setup-tests lint types
	$(PYTEST) -n 2 --durations=10 tests

check: setup-tests lint types fast

lint: setup-tests
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/lint-imports --no-logo --config .importlinter

types: setup-tests
	$(BIN)/mypy --no-error-summary

fast: setup-tests
	$(PYTEST) -n 2 -m "not postgres" $(FAST)

format: setup-tests
	$(BIN)/ruff check --quiet --fix
	$(BIN)/ruff format --quiet

# The test lock pins everything that the other one pins, to the same versions.
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv" >&2; exit 1; }
	$(LOCK) --upgrade --extra test --output-file tests/requirements.lock
	$(LOCK) --constraint tests/requirements.lock --output-file requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist ./*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
