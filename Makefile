# smartby: `make help` lists what can be done. Needs Python 3.11 or newer, make and the package registries.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PYTHON := $(or $(PYTHON),python3)
BIN := .venv/bin
PY := $(BIN)/python
ARGS ?=
IMAGE ?= smartby
ENGINE ?= $(shell command -v podman || command -v docker)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test drills soak fuzz check audit sbom lint setup-run setup-check setup-test format translations screenshots lock wheel image clean
MAKEFLAGS += --no-print-directory

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | \
		while IFS='|' read -r name text; do printf '%-20s %s\n' "$$name" "$$text"; done
	@echo
	@echo '  HOST, PORT, DATABASE_URL, REDIS_URL, SMARTBY_DATA, SMARTBY_WORKERS, PUBLIC_URL and SECRET_KEY'
	@echo '  are read from the environment; without them: SQLite in ./var on http://127.0.0.1:8000.'

run: setup-run ## Set up what is missing, plant the demo on the first start, and serve
	@exec $(PY) -m tools.run

test: lint setup-test ## Set up, check, and run every test on SQLite and PostgreSQL (ARGS="-k name")
	@$(PY) -m pytest --numprocesses 2 --dist loadgroup $(ARGS)

drills: setup-test ## Break what can break while a workshop is on, and take stock (ARGS="-k redis")
	@$(PY) -m pytest --drills all tests/drills $(ARGS)

soak: setup-test ## Random faults in a row, stock after each, memory measured (MINUTES=30, FAULTS=20, SEED=1, DB=sqlite)
	@$(PY) -m tests.drills.soak $(if $(MINUTES),--minutes $(MINUTES)) $(if $(FAULTS),--faults $(FAULTS)) \
		$(if $(SEED),--seed $(SEED)) $(if $(DB),--db $(DB))

fuzz: setup-test ## Send hostile requests to every route (EXAMPLES=1000000, MINUTES=, DB=sqlite, SEED= EACH= of a round to repeat it)
	@$(PY) -m tests.hostile.fuzz $(if $(EXAMPLES),--examples $(EXAMPLES)) $(if $(MINUTES),--minutes $(MINUTES)) \
		$(if $(SEED),--seed $(SEED)) $(if $(EACH),--each $(EACH)) $(if $(DB),--db $(DB))

check: lint ## Formatting, lint, types, import directions, catalogues and conventions
	@$(PY) -m pytest --db sqlite tests/conventions

audit: setup-check ## Ask the advisory services about every locked package (exit 1: something known, 3: no answer)
	@$(PY) -m tools.audit

sbom: setup-check ## Write what smartby is built from as CycloneDX, Python and npm, in dist/
	@$(PY) -m tools.sbom

lint: setup-check
	@$(BIN)/ruff format --check --quiet --diff . || { echo 'make format puts this right'; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@out=$$($(BIN)/lint-imports setup.cfg --no-cache) || { echo "$$out"; exit 1; }
	@$(PY) -m tools.translations check

format: setup-check ## Put formatting and import order right
	@$(BIN)/ruff check --quiet --select I --fix .
	@$(BIN)/ruff format --quiet .

translations: setup-check ## Bring the catalogues up to the texts in code and templates
	@$(PY) -m tools.translations update
	@$(PY) -m tools.translations compile
	@$(PY) -m tools.translations check

screenshots: setup-test ## Take the pictures of README and docs anew from the demo
	@$(PY) -m tools.screenshots

lock: setup-check ## Resolve every dependency anew and write constraints.txt
	@$(PY) -m tools.lock

wheel: setup-test ## Build the source distribution and the wheel, front end included, in dist/
	@$(PY) -m build --no-isolation

# podman's own format has no health checks; docker does not look at BUILDAH_FORMAT.
image: ## Build the container image `smartby` with podman or docker (IMAGE=name, ENGINE=program)
	@test -n '$(ENGINE)' || { echo 'Needs podman or docker.'; exit 1; }
	@BUILDAH_FORMAT=docker $(ENGINE) build --file deploy/Containerfile --tag $(IMAGE) .

clean: ## Remove everything that the set-up made (not ./var)
	rm -rf .venv node_modules build dist smartby/static/dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
	find smartby -name '*.mo' -delete

setup-run setup-check setup-test: setup-%:
	@$(PYTHON) -m tools.prepare $*
