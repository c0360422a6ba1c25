# Convenor: everything a newcomer runs. `make` alone prints this list.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.made
TOOLS := .venv/.tools
NODE := tests/sandbox/node
OUT ?= demo-out
N ?= 20
# What was compiled is kept: otherwise each of the hundreds of processes of a test run compiles all of it anew.
export PYTHONDONTWRITEBYTECODE :=

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq python3-venv; \
	  else echo "Debian keeps venv apart from Python: sudo apt-get install python3-venv, then make again"; exit 1; fi; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS): $(STAMP) requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Slack's library for Node, a stranger to the sandbox: tests run on it where Node is there, and nothing needs it.
$(NODE)/node_modules/.made: $(NODE)/package-lock.json
	@if ! command -v npm >/dev/null || ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; then \
	  true; \
	elif (cd $(NODE) && npm ci --ignore-scripts --no-audit --no-fund --silent --fetch-retries=0 2>/dev/null); then \
	  touch $@; \
	else \
	  echo "Slack's library for Node could not be installed; the tests with it are skipped."; \
	fi

setup: $(TOOLS) $(NODE)/node_modules/.made ## make the environment from the lock files, with all that tests need

# Debian's Chromium, for the tests that look at the workspace's page; without it they are skipped and say so.
browser:
	@command -v chromium >/dev/null || if [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; \
	else \
	  echo "The page's tests need Chromium (sudo apt-get install chromium); without it they are skipped."; \
	fi

demo: $(STAMP) ## play a fictional month on a Slack of its own; results in $(OUT)
	$(BIN)/convenor demo --out $(OUT)

# What looks like a secret and is none: the alphabets of our codes and references, the hashes of an invented month's log,
# the words that tests plant to look for them again, and a sentence that names a setting.
PLANTED := zebrafish( told the school)?|drelloway|Zanzibar|another|something somebody wrote
NOT_SECRET := ^(ABCDEFGHJKMN[A-Z2-9]+|F12345678|9[fF]2[cC]41\w+|$(PLANTED)|CONVENOR_SMTP_PASSWORD_FILE must name .*)$$
NOT_LOOKED_AT := (\.lock|package-lock\.json|\.png|\.ttf)$$|^tests/storage/kept/

SECRETS := $(BIN)/detect-secrets-hook --no-verify --exclude-files '$(NOT_LOOKED_AT)' --exclude-secrets '$(NOT_SECRET)'

lint: setup ## ruff, mypy, bandit, a scan for secrets, and known flaws in what is installed (AUDIT=--strict: fail unasked)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers 2
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive bot commands panel sandbox storage templates
	git ls-files -z | xargs -0 $(SECRETS)
	$(BIN)/python -m tests.scans.advisories $(AUDIT)

test: setup browser ## everything, three at a time on two processors: a story waits now and then
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -p no:randomly

shuffle: setup browser ## everything in an order of its own, to find tests that lean on each other
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

fast: setup ## all but the slow tests, under a minute
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

crash: setup ## a fault at every step, 1,000 times and with three replicas; then end the bot ten times in each of N months (20)
	$(BIN)/python -m tests.crash
	$(BIN)/pytest tests/journeys/test_kills.py -n 2 --crash $(N)

mutants: setup ## change the rules of access one by one: what no test notices is printed
	$(BIN)/python -m tests.panel.mutants

year: setup ## play N years (20) of reminders against a reading of their own
	$(BIN)/pytest tests/year -n 2 --years $(N)

fuzz: setup ## 100,000 changed payloads and 10,000 forged ones, from a fixed list of seeds
	$(BIN)/python -m tests.fuzz

guard: setup ## how well the guard against names guards, on invented sentences
	$(BIN)/python -m tests.panel.guarded

pictures: setup browser ## take the pictures of docs/pictures.md anew
	$(BIN)/python -m tests.page.pictures

bench: setup browser ## time the bot beside two bare Bolt apps, and the page
	$(BIN)/python -m tests.bench

LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
  --no-emit-find-links --no-header --extra build

lock: setup ## pin every dependency anew
	$(LOCK) --output-file requirements.lock pyproject.toml
	$(LOCK) --extra dev -c requirements.lock --output-file requirements-dev.lock pyproject.toml

.PHONY: help setup browser demo lint test shuffle fast crash fuzz guard pictures year bench lock mutants
