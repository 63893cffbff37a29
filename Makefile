# make run, make test: all that is needed on a fresh machine with python3 (and its venv), git and make.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
READY := $(VENV)/.ready

.PHONY: setup run serve test soak check bench bench-scale schema lock clean

setup: $(READY)

# The lock is its own constraint, too: the pip that ships with Python 3.11 else takes the newest of what is asked for with an
# extra (Prefect's sqlalchemy[asyncio]), whatever is pinned.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -c requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Clean everything under seeds/articles/ through the Prefect flow, with its embedded server.
run: $(READY)
	$(BIN)/cleancopy clean seeds/articles --out out

# Server, work pool, deployments and worker on this machine, until Ctrl-C; says where the runs are to be seen.
serve: $(READY)
	$(BIN)/python -m flows.serving

# In as many processes as there are processors; those that start servers, or kill, a file at a time in each.
test: $(READY)
	$(BIN)/pytest -q -n auto -m "not prefect and not slow and not soak"
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder -m "(prefect or slow) and not soak"

# Two hundred runs killed at random: some minutes.
soak: $(READY)
	$(BIN)/pytest -m soak -s

# A minute or two: what to run before each commit.
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q -n auto -m "not prefect and not slow and not soak"

bench: $(READY)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/store.py
	$(BIN)/python benchmarks/fetching.py
	$(BIN)/python benchmarks/ingesting.py

# Bulk cleaning end to end, on pages of one's own: make bench-scale DATA=folder PAGES=20000
PAGES ?= 20000
bench-scale: $(READY)
	$(BIN)/python benchmarks/scale.py $(DATA) --pages $(PAGES)

# The JSON Schema of a record, from its type.
schema: $(READY)
	$(BIN)/python -m flows.record > docs/record.schema.json

# Pin the dependencies anew; prove the result with `make clean test`.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra dev --upgrade pyproject.toml --output-file requirements.lock

# What was made for developing; stores and Prefect's database stay.
clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
