# Everything a newcomer needs: `make demo` to look, `make test` to check. `make help` lists the rest.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DATA ?= .demo
PORT ?= 8000
SOURCES := src tests docs scripts hatch_build.py
CATALOGUES := $(shell find src -name "*.po")
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test validate lint bench load endure docs reference format lock clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: $(VENV)/run.stamp ## a running site with a living demo study; prints its addresses
	$(BIN)/commonground demo --data $(DATA) --port $(PORT)

demo-reset: ## forget the demo's data
	rm -rf $(DATA)

test: $(VENV)/dev.stamp $(VENV)/browser.stamp $(VENV)/postgres.stamp ## every test, those in a real browser included
	$(BIN)/python -m pytest

validate: $(VENV)/dev.stamp ## long: simulated truth recovered, intervals that hold, calibrated samplers (tens of minutes)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -v tests/recovery

lint: $(VENV)/dev.stamp ## style, types, order of the rooms, dead code
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/basedpyright
	$(BIN)/mypy
	$(BIN)/vulture

format: $(VENV)/dev.stamp ## put the code in the project's style
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

bench: $(VENV)/dev.stamp ## speed and memory on this machine, beside other programs (QUICK=1: small, installs nothing)
	$(BIN)/python tests/bench/run.py $(if $(QUICK),--quick)

load: $(VENV)/dev.stamp $(VENV)/postgres.stamp ## interviews an hour on both databases, beside oTree (installs it in .bench)
	$(BIN)/python tests/bench/load.py $(if $(PEOPLE),--people $(PEOPLE))

endure: $(VENV)/dev.stamp $(VENV)/postgres.stamp ## long: people answer while processes are killed for minutes, on both databases
	$(BIN)/python -m pytest -v -s tests/endurance

docs: $(VENV)/dev.stamp ## the documentation as a site in docs/_build/html
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

reference: $(VENV)/dev.stamp ## rewrite the reference pages that come from the code
	$(BIN)/python docs/generate_reference.py
	$(BIN)/python docs/generate_images.py

lock: ## renew the pinned requirements (needs uv and a network)
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 -q --upgrade \
	  pyproject.toml --extra all --group build -o requirements/run.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 -q --upgrade \
	  pyproject.toml --extra all --group build --group test --group lint --group docs -o requirements/dev.txt

clean: ## remove what was built, keep the demo's data
	rm -rf $(VENV) build dist docs/_build

# Installs are stamped, so a second run installs nothing and needs no network.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Common Ground needs Python 3.11 or newer. On Debian or Ubuntu: apt install python3 python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml hatch_build.py $(CATALOGUES) | $(BIN)/python
	@test -e $(VENV)/dev.stamp || $(BIN)/python -m pip install -q --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml hatch_build.py $(CATALOGUES) | $(BIN)/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/postgres.stamp: | $(VENV)/dev.stamp
	@sh scripts/ensure-postgres
	@touch $@

$(VENV)/browser.stamp:
	@sh scripts/ensure-chromium
	@touch $@
