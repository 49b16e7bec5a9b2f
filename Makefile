# make run        a working site with fictional people, on SQLite
# make dev        the same, reloading when a file changes
# make test       everything, on SQLite and then on PostgreSQL
# make test-quick without browser and PostgreSQL
# make icons      the icons of home screens, from static/icons/*.svg
# make pictures   every page, two widths, both themes: var/pictures/index.html
# make audit      Lighthouse on five pages; needs npm, whose files go to var/audit
SHELL := /bin/bash
.DEFAULT_GOAL := help
HOST ?= 127.0.0.1
PORT ?= 8000
PY := .venv/bin/python
export UV_PROJECT_ENVIRONMENT := .venv
export PYTHONDONTWRITEBYTECODE := 1

help: ## show the targets
	@sed -n 's/^# make /make /p' Makefile

.uv/bin/uv:
	@command -v python3 >/dev/null || { echo "Python is missing. Install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$(python3 --version)."; exit 1; }
	@python3 -m venv .uv || { echo "The venv module is missing. Install it (Debian: apt-get install python3-venv)."; exit 1; }
	@.uv/bin/pip install --quiet --disable-pip-version-check uv || { echo "uv could not be installed. Is the Python package index reachable?"; exit 1; }

.venv/.ready: .uv/bin/uv uv.lock pyproject.toml
	@.uv/bin/uv sync --quiet --locked --compile-bytecode || { echo "The packages of uv.lock could not be installed. Is the Python package index reachable?"; exit 1; }
	@touch $@

prepare: .venv/.ready
	@DEMO=true $(PY) manage.py migrate --verbosity 0
	@DEMO=true $(PY) manage.py load_content
	@DEMO=true $(PY) manage.py seed_demo

run: prepare ## web server and task worker; Ctrl-C stops both
	@DEMO=true $(PY) manage.py collectstatic --no-input --verbosity 0
	@echo "Cinta is at http://$(HOST):$(PORT)/  (Ctrl-C stops it)"
	@export DEMO=true BASE_URL=http://$(HOST):$(PORT) ALLOWED_HOSTS=$(HOST),localhost,127.0.0.1; \
	.venv/bin/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 2 --blocking-threads 4 --backpressure 64 --workers-kill-timeout 3 --respawn-failed-workers --no-ws --log-level error project.wsgi:application & web=$$!; \
	$(PY) manage.py worker & worker=$$!; \
	trap 'kill -TERM $$web $$worker 2>/dev/null; wait' INT TERM EXIT; \
	wait -n $$web $$worker

dev: prepare
	@export DEMO=true DEBUG=true; $(PY) manage.py worker & worker=$$!; \
	trap 'kill -TERM $$worker 2>/dev/null; wait' INT TERM EXIT; \
	$(PY) manage.py runserver $(HOST):$(PORT)

lint: .venv/.ready
	@.venv/bin/ruff check --quiet . && .venv/bin/ruff format --quiet --check . || { echo "Run: .venv/bin/ruff check --fix . && .venv/bin/ruff format ."; exit 1; }
	@DEMO=true .venv/bin/mypy tracker/clinical tracker/enums.py tracker/actions tracker/escalation.py tracker/outbox.py
	@git ls-files -z 'templates/*.html' | xargs -0 .venv/bin/djade --check --target-version 5.2 || { echo "Run: .venv/bin/djade --target-version 5.2 on the files above"; exit 1; }

machine: ## the two Debian packages the tests need
	@bash tests/machine.sh

test-quick: lint
	@DEMO=true $(PY) -m pytest -q -n 2 --dist loadfile -m "not browser"

test: lint machine
	@echo "On SQLite:" && $(PY) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder
	@echo "On PostgreSQL:" && TEST_DATABASE=postgres $(PY) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not once"

pictures: .venv/.ready machine
	@DEMO=true DJANGO_SETTINGS_MODULE=project.settings $(PY) -c "import django; django.setup(); from tests.pictures import main; main()"

icons: .venv/.ready machine ## from the drawings, into static/icons
	@DEMO=true DJANGO_SETTINGS_MODULE=project.settings $(PY) -c "import django; django.setup(); from tests.icons import main; main()"

audit: .venv/.ready machine
	@DEMO=true DJANGO_SETTINGS_MODULE=project.settings $(PY) -c "import django; django.setup(); from tests.audit import main; main()"

.PHONY: help prepare run dev lint machine test-quick test icons pictures audit
