# Recipes for people and for .ci/run. Nothing is needed but Python 3.11, pip and make.
#
# Every recipe first calls `setup`, which ends at once when there is nothing to do.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
SHARED ?= ../shared

# How much `make fuzz` tries, and more words for what a recipe starts: make test ARGS="-k diversify"
FUZZ_INPUTS ?= 5000000
HISTORIES ?= 20000
FUZZ_SEED ?= $(shell date +%s)
ARGS ?=

# Bytecode is what makes the second start fast; machines for tests often switch it off.
unexport PYTHONDONTWRITEBYTECODE
# Tests, benchmarks and pictures need no display; a real window under `make run` does.
HEADLESS := QT_QPA_PLATFORM=offscreen
# Where the large test data lies beside the checkout, a test that skips for want of it has failed.
REQUIRE_SHARED := $(if $(wildcard $(SHARED)),MIDSDESK_REQUIRE_SHARED=1)

.DEFAULT_GOAL := help
.PHONY: help server load soak setup run test check format bench fuzz guided golden \
  screenshots pack lock bundle clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | \
	  while IFS='|' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

setup: ## Make .venv from requirements.lock; on Linux also Qt's system libraries
	@$(PYTHON) packaging/bootstrap.py

run: setup ## Start the planner on the sample build (without a display: totals and a picture)
	@$(RUN) -m midsdesk --sample $(ARGS)

test: check ## Run the checks, then every test
	@$(HEADLESS) $(REQUIRE_SHARED) $(RUN) -m pytest -n 2 --benchmark-disable $(ARGS)

check: setup ## Lint, format, types, import contracts, dead code, dependencies
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --check --quiet . || \
	  { echo 'format: run "make format"'; exit 1; }
	@$(VENV)/bin/mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-logo
	@$(RUN) packaging/dead_code.py
	@$(VENV)/bin/deptry .

format: setup ## Put the code in form, and fix what the linter can fix by itself
	@$(VENV)/bin/ruff check --fix --quiet . || true
	@$(VENV)/bin/ruff format .

bench: setup ## Run the benchmarks
	@$(HEADLESS) $(REQUIRE_SHARED) $(RUN) -m pytest tests/bench --benchmark-only -p no:randomly $(ARGS)

fuzz: setup ## Feed FUZZ_INPUTS damaged files to the codec, a tenth as many to the readers of builds
	@$(RUN) -m tests.fuzz.codec --inputs $(FUZZ_INPUTS) --seed $(FUZZ_SEED)
	@$(RUN) -m tests.fuzz.builds --inputs $$(($(FUZZ_INPUTS) / 10)) --seed $(FUZZ_SEED)

guided: setup ## Fuzz with Atheris, led by coverage, until it finds something (Linux): ARGS="builds"
	@$(RUN) -m pip install --quiet --no-deps --require-hashes -r packaging/fuzz.lock
	@$(RUN) -m tests.fuzz.guided $(ARGS)

golden: setup ## Compare every number with the old planner's own (needs ../shared; two minutes)
	@$(RUN) -m tests.golden $(SHARED)/golden/index.json --out build/golden $(ARGS)

screenshots: setup ## Make the pictures of docs/images again
	@$(HEADLESS) $(RUN) packaging/screenshots.py

server: setup ## Start server, PostgreSQL, Valkey and S3 on this machine (data in build/server)
	@$(RUN) packaging/server/embedded.py $(ARGS)

load: setup ## Measure the server on this machine (some minutes; ARGS="--clients 200 --rows 1000000")
	@$(RUN) packaging/server/load.py $(ARGS)

soak: setup ## 20,000 histories of three devices against the server (an hour and more)
	@MIDSDESK_HISTORIES=$(HISTORIES) $(HEADLESS) $(RUN) -m pytest tests/sync/test_histories.py -n 2 -s $(ARGS)

pack: setup ## Make resources/gamedata again from the server's export beside the checkout
	@$(RUN) -m importer pack $(SHARED)/data/server-export-*/homecoming-*.zip \
	  --attach $(SHARED)/data/homecoming-2020

# Needs uv, which is not among the project's own tools: python3 -m pip install uv
lock: ## Make requirements.lock again: newest versions that fit, hashes, no addresses
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	  pyproject.toml -o requirements.lock

bundle: setup ## Build the program for this system with PyInstaller, into dist/
	@$(RUN) -m PyInstaller --noconfirm --log-level WARN packaging/midsdesk.spec

clean: ## Remove what the recipes made, .venv too
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks \
	  .import_linter_cache .setup.lock *.egg-info
	find midsdesk importer tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
