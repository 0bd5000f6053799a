# make demo      translate the document in seeds/ (installs what it needs into .venv the first time)
# make test      run the tests               make lint    check style, types and layers
# make bench     measure the speed           make notebooks   run the notebooks and keep what they show
# make clean     remove all that make made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install -qq -c constraints.txt
DEMO := out
# Set to a percentage, the tests also measure how much of the toolkit they run, and fail below it: make test COVERAGE=90
COVERAGE ?=
MEASURE := $(if $(COVERAGE),--cov --cov-report=term:skip-covered --cov-fail-under=$(COVERAGE))

# $(call step,what is done,command): one line for each step, with a dot every five seconds while it lasts.
step = @printf '%s …' '$(1)'; \
	while sleep 5 && kill -0 $$$$ 2>/dev/null; do printf .; done & dots=$$!; \
	trap 'kill $$dots 2>/dev/null' EXIT; trap 'exit 130' INT TERM; \
	$(2) || { status=$$?; echo ' failed'; exit $$status; }; echo ' done'

.DELETE_ON_ERROR:
.PHONY: demo test lint bench notebooks clean help

help:
	@sed -n '1,4s/^# //p' Makefile

demo: $(VENV)/.installed
	@$(BIN)/hien translate seeds/ --output $(DEMO)/
	@echo
	@echo 'Open $(DEMO)/review.xlsx in a spreadsheet: source and translation side by side, every term coloured.'
	@echo 'The translation alone is $(DEMO)/*.en.txt; $(DEMO)/ledger.csv says what became of every term.'

test: $(VENV)/.installed-tools
	@$(BIN)/python -m pytest -q $(MEASURE)

lint: $(VENV)/.installed-tools
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(VENV)/.installed
	@$(BIN)/python benchmarks/throughput.py
	@$(BIN)/python benchmarks/matcher.py

notebooks: $(VENV)/.installed-tools
	@$(BIN)/python notebooks/execute.py

clean:
	@rm -rf $(VENV) $(DEMO) .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Torch goes first and alone, with its version pinned: asked for by another package it would come in a build for
# graphics cards, which is ten times as large.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo 'Python 3.10 or newer is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.12' >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo 'Cannot make $(VENV); on Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }
	$(call step,Preparing $(VENV),$(INSTALL) --upgrade pip)
	$(call step,Installing torch (large: some minutes),$(INSTALL) torch)
	$(call step,Installing hien and its libraries,$(INSTALL) --editable .)
	@touch $@

$(VENV)/.installed-tools: $(VENV)/.installed
	$(call step,Installing the tools for tests and checks,$(INSTALL) --group test --group lint)
	@touch $@
