# Every target works from a fresh clone: what it needs, it sets up first.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-test demo demo-reset run test test-heavy acceptance check fix \
        bench screenshots lock messages
SHELL := /bin/sh
PYTHON := .venv/bin/python
LEDGER ?= ../shared/data/online_retail.csv.gz
# The demo never touches a configured database: it has its own folder and nothing else.
ALONE := env -u DATABASE_URL -u CELERY_BROKER_URL -u CACHE_URL -u SECRET_KEY -u BASE_URL \
         -u ALLOWED_HOSTS -u ERASED_LIST -u CLAMD_URL -u EMAIL_URL -u DEBUG KAMHUB_DEMO=1 KAMHUB_DATA=$(CURDIR)/var/demo

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: ## create .venv and install the locked Python packages
	@python3 tools/setup.py requirements.txt

setup-dev: setup ## the same, with what developers need
	@python3 tools/setup.py requirements-dev.txt

setup-test: setup-dev ## what tests need beyond Python: Chromium, Redis, gettext
	@$(PYTHON) tools/setup_test.py

demo: setup ## the demo company on http://localhost:8000 (PORT=… for another port)
	@exec $(ALONE) $(PYTHON) manage.py up

demo-reset: setup ## forget the demo company; the next demo begins anew
	@$(ALONE) $(PYTHON) manage.py up --forget

run: setup ## web, worker and scheduler on the configured database
	@exec $(PYTHON) manage.py up

test: setup-test ## checks, then all tests on SQLite, on PostgreSQL + Redis, and in a browser
	@$(PYTHON) tools/test.py

test-heavy: setup-test ## the long forms: crashes, races, large random runs
	@$(PYTHON) tools/test.py heavy

acceptance: setup-test ## check against a real ledger (LEDGER=FILE)
	@LEDGER="$(LEDGER)" $(PYTHON) tools/test.py acceptance

check: setup-dev ## lint, format, types, import contract, migrations, translations
	@$(PYTHON) tools/check.py

fix: setup-dev ## mend what can be mended
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format --quiet .

bench: setup-test ## speed against references on PostgreSQL; writes var/bench.json
	@$(PYTHON) tools/test.py bench

screenshots: setup-test ## the main pages of the demo company into var/screenshots/
	@$(PYTHON) tools/test.py screenshots

messages: setup-dev ## bring new strings of the sources into locale/*.po
	@$(PYTHON) manage.py collect_messages

lock: setup-dev ## write requirements*.txt from the .in files
	@$(PYTHON) tools/lock.py
