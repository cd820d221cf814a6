# Every target works in a fresh clone: it makes .venv first (with uv if it is there, else venv + pip).
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo run test check bench fuzz mutation audit clean
help:
	@echo "make demo   the whole main job on packaged example sources, offline"
	@echo "make run    the monitor itself, until Ctrl-C (monitor.toml here, if there is one)"
	@echo "make test   all tests, with branch coverage of the pure core"
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
	$(BIN)/pytest --cov --cov-report=term

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
