# Every target works in a fresh clone: it makes .venv first (with uv if it is there, else venv + pip).
PYTHON ?= python3
BIN := .venv/bin
# Two workers, a file to each, in the order of the folders: the long files of end_to_end/ come early.
# States are written in memory where that has 2 GB to spare: each transaction waits for its disk, as it must in use.
IN_MEMORY := $(shell df -k --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 2000000 { print "PYTEST_DEBUG_TEMPROOT=/dev/shm" }')
PYTEST := $(IN_MEMORY) $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: help demo run test soak coverage check bench fuzz mutation audit clean
help:
	@echo "make demo   the whole main job on packaged example sources, offline"
	@echo "make run    the monitor itself, until Ctrl-C (monitor.toml here, if there is one)"
	@echo "make test   tests of every part, end to end included, in under three minutes"
	@echo "make soak   what takes long: a year with faults, dozens of kills, the whole table of faults, many examples"
	@echo "make coverage  make test with the branch coverage of the pure core, which must not fall"
	@echo "make check  ruff and mypy"
	@echo "make bench  what reading and diffing a full list costs, and a screening list of full size"
	@echo "make fuzz   ten minutes of mutated answers for every reader"
	@echo "make mutation  every variation of the real rules, one and two at a time; most of an hour"
	@echo "make audit  bandit, and pip-audit, which asks the network for known vulnerabilities"

.venv/ready: pyproject.toml
	@if command -v uv >/dev/null; then \
		uv venv --quiet --allow-existing --python $(PYTHON) .venv && uv pip install --quiet --python $(BIN)/python -e '.[dev]'; \
	else \
		$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'; \
	fi
	@touch $@

demo: .venv/ready
	@$(BIN)/fedreg-monitor demo

run: .venv/ready
	@$(BIN)/fedreg-monitor $(if $(wildcard monitor.toml),--config monitor.toml) run

test: .venv/ready
	$(PYTEST)

soak: .venv/ready
	$(PYTEST) -m "soak or hypothesis" --hypothesis-profile=soak

coverage: .venv/ready
	$(PYTEST) --cov --cov-report=term

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python tests/bench/lists.py
	$(BIN)/python tests/bench/screening.py

fuzz: .venv/ready
	$(BIN)/python tests/fuzz/fuzz.py --seconds 600

mutation: .venv/ready
	$(BIN)/python tests/mutation/run.py --show 20
	$(BIN)/python tests/mutation/run.py --all-pairs --show 20

audit: .venv/ready
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python bandit pip-audit; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check bandit pip-audit; fi
	$(BIN)/bandit -q -r monitor -ll
	$(BIN)/pip-audit --skip-editable

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage build dist *.egg-info
