# Benchlearn. `make demo` shows it, `make test` tests it; see README.md.

SHELL := /bin/sh
SETUP := scripts/with-python scripts/setup.py
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -n 2 --dist worksteal
ARGS ?=
export PORT PYTHON

.PHONY: help setup demo production-like test test-services faults check docs bench sbom lock messages clean

help:  ## what can be made here
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile

setup:  ## environment, database, static files; may be run again at any time
	@$(SETUP) --prepare

demo:  ## set up and run on http://127.0.0.1:8000 (PORT= chooses another), until Ctrl-C
	@$(SETUP)
	@exec $(PY) scripts/demo.py

production-like:  ## what production runs, by hand, on PostgreSQL and Redis of the environment (ARGS=--workers=2)
	@$(SETUP)
	@exec $(PY) scripts/production_like.py $(ARGS)

test:  ## all tests, on SQLite (ARGS= goes to pytest)
	@$(SETUP) --lock dev --browser
	@$(PYTEST) $(ARGS)

test-services:  ## all tests again, on PostgreSQL and Redis (BENCHLEARN_TEST_POSTGRES_URL, BENCHLEARN_TEST_REDIS_URL)
	@$(SETUP) --lock dev --browser
	@$(PY) scripts/services.py $(PYTEST) $(ARGS)

faults:  ## two minutes of faults, made for real, under load (BENCHLEARN_FAULTS_SECONDS)
	@$(SETUP) --lock dev
	@BENCHLEARN_FAULTS_SECONDS=$${BENCHLEARN_FAULTS_SECONDS:-120} $(PY) scripts/services.py $(PYTEST) -n 0 tests/faults -s $(ARGS)

check:  ## style, types, import contracts, templates, migrations, deployment, lock, translations, documentation
	@$(SETUP) --lock dev
	@$(PY) scripts/check.py

docs:  ## the documentation as a site, in var/site/index.html
	@$(SETUP) --lock dev
	@$(PY) scripts/docs.py

bench:  ## the survey under load, as one table
	@$(SETUP) --lock dev
	@$(PY) -m tests.benchmarks $(ARGS)

sbom:  ## every part with its version and hash (CycloneDX), from the lock, in var/sbom.json
	@$(SETUP) --lock dev
	@$(PY) scripts/sbom.py

lock:  ## resolve requirements/*.in anew; `make lock ARGS=--upgrade` takes newer versions
	@$(SETUP) --lock dev
	@$(PY) scripts/lock.py write $(ARGS)

messages:  ## collect the texts to translate into the rooms' .po files
	@$(SETUP) --lock dev
	@$(PY) scripts/translations.py collect

clean:  ## everything that can be made again, and the data of this checkout
	rm -rf .venv .tools var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} + ; find . -name '*.mo' -delete
