# Dateline: what a developer types. `make run` and `make test` need Python 3.11+, make and the package registry, nothing else.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Every thread pool of the numeric libraries at one thread: the flow's worker processes are the parallelism.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
# Modules are compiled once and kept so, also where the environment says not to: each process of the tests would compile Prefect, spaCy and Great
# Expectations anew, which is half the CPU time of its start, and there are hundreds.
unexport PYTHONDONTWRITEBYTECODE
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1
export GX_ANALYTICS_ENABLED := false
# As pip does and uv does not: else the first process compiles all it imports, and every process does where bytecode is not to be written.
export UV_COMPILE_BYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help install run test lint audit bench lock test-integration test-e2e test-scale clean

help: ## Show this list
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

$(BIN)/uv:
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.11 or newer. Install it, or give its path: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 4; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(BIN)/uv
	@echo "Installing Dateline"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@echo "Building the gazetteer"
	@$(BIN)/dateline gazetteer build
	@touch $@

$(VENV)/develop.stamp: requirements-dev.lock $(VENV)/runtime.stamp | $(BIN)/uv
	@echo "Installing the development tools"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-dev.lock
	@touch $@

install: $(VENV)/develop.stamp ## Make .venv with everything for development

run: $(VENV)/runtime.stamp ## Read the sample articles into a warehouse and show what was found
	@$(BIN)/dateline run seeds/articles

# Two test processes, each file in one of them: fixtures of a file (a warehouse, a server) are made once. In the order of tests/conftest.py, the longest first.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test: $(VENV)/develop.stamp ## Run the tests that need nothing but Python
	@$(PYTEST) -m "not integration and not e2e and not scale"

test-integration: $(VENV)/develop.stamp ## Run the tests that start real servers and worker processes
	@$(PYTEST) -m integration

test-e2e: $(VENV)/develop.stamp ## Run the tests of the report page in a real browser (chromium)
	@$(PYTEST) -m e2e

# Past one machine: an environment of its own, since DuckLake's extensions come for an older DuckDB.
SCALE := .venv-scale
$(SCALE)/stamp: requirements-scale.lock pyproject.toml | $(BIN)/uv
	@echo "Making $(SCALE)"
	@$(BIN)/uv venv --quiet --clear --python $(PYTHON) $(SCALE)
	@$(BIN)/uv pip install --quiet --python $(SCALE)/bin/python -r requirements-scale.lock
	@$(BIN)/uv pip install --quiet --python $(SCALE)/bin/python --no-deps -e .
	@$(SCALE)/bin/dateline gazetteer build
	@touch $@

test-scale: $(SCALE)/stamp ## Run the tests on Dask, object storage, and a DuckLake with PostgreSQL (apt-get install postgresql)
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { echo "PostgreSQL is missing: apt-get install postgresql" >&2; exit 4; }
	@$(SCALE)/bin/python -m pytest tests/scale

lint: $(VENV)/develop.stamp ## Check style, types, and the dependencies for known holes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory audit

# The list of known holes is on the network; a registry without one, or no network, is no fault of the code.
audit: $(VENV)/develop.stamp ## Look the locked dependencies up among known vulnerabilities, where the registry has them
	@found=$$($(BIN)/pip-audit --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off 2>&1) || true; \
	case "$$found" in \
	  *"Found "*" known vulnerabilit"*) echo "$$found"; exit 1 ;; \
	  *"could not be audited"*) echo "The dependencies were not audited: the registry has no vulnerability data." ;; \
	  *"No known vulnerabilities found"*) echo "No known vulnerabilities in the dependencies." ;; \
	  *) echo "The dependencies were not audited: no list of vulnerabilities was reached." ;; \
	esac

bench: $(VENV)/develop.stamp ## Measure accuracy and speed (GOLD=folder with gold data, default ../shared)
	@$(BIN)/python benchmarks/run_all.py $(or $(GOLD),../shared)

lock: | $(BIN)/uv ## Resolve the dependencies anew (versions and hashes, no addresses)
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade --group scale --extra lake --extra cluster pyproject.toml -o requirements-scale.lock

clean: ## Remove the virtual environment and what runs have made
	rm -rf $(VENV) $(SCALE) warehouse
