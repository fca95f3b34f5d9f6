# Everything starts here: `make demo`, `make test`. Needs git, make and Python 3.11; nothing else.
# PORT moves the demo, VAR_DIR its state.
PORT ?= 8000
JOBS ?= 2
PYTHON := .venv/bin/python
# Empty: compiled modules are kept. The demo and the tests start many interpreters; each would compile anew.
export PYTHONDONTWRITEBYTECODE =
# Whoever develops has the tools already; the demo alone does not wait for them.
RUNTIME := $(if $(wildcard .venv/.dev),.venv/.dev,.venv/.runtime)

.PHONY: demo clean-demo test lint bench

demo: $(RUNTIME)
	@PORT=$(PORT) exec $(PYTHON) -m portal.embedded demo

clean-demo: $(RUNTIME)
	@$(PYTHON) -m portal.embedded clean

test: .venv/.dev
	$(PYTHON) -m pytest -n $(JOBS) $(ARGS)

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet .

bench: .venv/.dev
	$(PYTHON) -m bench $(ARGS)

.venv/.dev: pyproject.toml uv.lock
	@sh deploy/environment.sh
	@touch $@ .venv/.runtime

.venv/.runtime: pyproject.toml uv.lock
	@sh deploy/environment.sh --no-dev
	@touch $@
