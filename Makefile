# Everything runs in .venv, made from the first Python >= 3.11 found (or: make PYTHON=/path/to/python ...).
# Set-up is stamped: it runs again only when pyproject.toml changes.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
FHIR_EXAMPLES := build/fhir-examples

.DEFAULT_GOAL := help
.PHONY: help demo test lint format types contracts bench docs knowledge fhir-examples wheel-check check clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help:  ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r target text; do \
		printf '%-22s %s\n' "$$target" "$$text"; done

demo: .venv/.ready  ## Run the main job on the examples: documents in build/demo/
	@$(BIN)/python examples/demo.py

test: .venv/.group-test  ## Run all tests
	@$(BIN)/python -m pytest -n auto -p no:benchmark

lint: .venv/.group-lint  ## Check style and formatting
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

format: .venv/.group-lint  ## Repair what ruff can repair
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

types: .venv/.group-lint  ## Check types (strict)
	@$(BIN)/mypy

contracts: .venv/.group-lint  ## Check that imports run one way
	@$(BIN)/lint-imports

bench: .venv/.group-bench  ## Measure against limits and peers in the same run
	@$(BIN)/python -m pytest benchmarks -p no:xdist --benchmark-group-by=group --benchmark-columns=median,iqr,rounds

docs: .venv/.group-docs  ## Build the documentation into build/docs/
	@$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --jobs auto docs build/docs
	@echo "Documentation: build/docs/index.html"

knowledge: .venv/.ready  ## Compile the authored TOML into the JSON that ships, and the pages made from it
	@$(BIN)/careplan knowledge compile
	@$(BIN)/python -m scripts.reference_pages

fhir-examples:  ## Fetch the FHIR R4 specification's own examples for the tests (needs npm)
	@sh scripts/fhir_examples.sh $(FHIR_EXAMPLES)

wheel-check: .venv/.group-lint  ## Build sdist and wheel, install into an empty environment, run them elsewhere
	@$(BIN)/python scripts/wheel_check.py

check: lint types contracts docs wheel-check fhir-examples test  ## Everything that CI runs

clean:  ## Remove what was built (the knowledge and .venv stay)
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks

# --------------------------------------------------------------------------- set-up

# The pip that comes with Python 3.11 does not know dependency groups: it is upgraded inside .venv first.
.venv/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "careplan needs Python 3.11 or newer; none was found. Use: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version) (once; about a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable '.[all]'
	@touch $@

.venv/.group-%: .venv/.ready
	@echo "Installing what the group '$*' needs"
	@$(PIP) install --group $*
	@touch $@
