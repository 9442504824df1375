# Two commands on a machine with Python 3.11 or newer: `make demo` and `make test`. Each target makes .venv right by itself.
SHELL := /bin/sh
PY := .venv/bin/python
ARGS ?=
export PYTHONUTF8 := 1
.DEFAULT_GOAL := help
.PHONY: help ready run demo test test-long check format texts bench real-input reliability quiet pictures lock clean

help:
	@echo "make demo       tell a day in a camp on a page and a Telegram of our own (ARGS=--headless: fast, checks the end)"
	@echo "make run        run the bot with config.toml"
	@echo "make test       every test, PostgreSQL included (ARGS='-k words' for some)"
	@echo "make test-long  the slow faults, and the container built, run, killed and stopped (needs Docker, or root on a Debian)"
	@echo "make check      format, lint, types, layers, sizes"
	@echo "make bench      what the documents claim about speed and memory"
	@echo "make texts      derive the traditional Chinese sentences from the simplified ones"
	@echo "make reliability write docs/reliability.md from what the fault tests measured"
	@echo "make quiet      write docs/quiet.md from the week that make test-long counted"
	@echo "make real-input feed real chat through sandbox and bot"
	@echo "make pictures   take the pictures of README and of both guides anew (docs/pictures)"
	@echo "make format     rewrite the code in its format      make lock    pin the requirements (ARGS=--upgrade)"
	@echo "make clean      remove what make made"

ready:
	@sh scripts/bootstrap.sh

run: ready
	@$(PY) -m bot run $(ARGS)

demo: ready
	@$(PY) -m bot demo $(ARGS)

test: ready
	$(PY) -m pytest $(ARGS)

test-long: ready
	EXPECT_MIN_PG=1 $(PY) -m pytest tests/long $(ARGS)
	EXPECT_MIN_PG=0 sh scripts/with_engine.sh $(PY) -m pytest tests/container $(ARGS)

check: ready
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	$(PY) -m scripts.sizes
	$(PY) -m scripts.hygiene
	$(PY) -m scripts.traditional --check
	$(PY) -m scripts.roles --check
	.venv/bin/hadolint Dockerfile
	.venv/bin/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml tests/container/compose.*.yaml

texts: ready
	@$(PY) -m scripts.traditional

format: ready
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: ready
	@$(PY) -m benchmarks $(ARGS)

real-input: ready
	@$(PY) -m benchmarks.real_input $(ARGS)

reliability: ready
	@$(PY) -m scripts.reliability $(ARGS)

quiet: ready
	@$(PY) -m scripts.quiet

pictures: ready
	PICTURES=docs/pictures $(PY) -m pytest -q tests/page/test_pictures.py tests/page/test_leader_pictures.py tests/page/test_member_pictures.py

lock:
	@sh scripts/lock.sh $(ARGS)

clean:
	rm -rf .venv .demo .real-input .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
