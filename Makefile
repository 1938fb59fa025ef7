# The verbs of this repository. CI runs `make test`; what it finds, you can find first.

CARGO ?= cargo
PYTHON ?= python3
VENV := target/venv
export PAYDESK_BIN := $(CURDIR)/target/debug/paydesk

.PHONY: help demo test lint rust clients packages docs bench fuzz

help:
	@echo "make demo           build, serve on a file, walk through the scenario, keep serving (EXIT=1: stop after)"
	@echo "make test           every test: lint, rust, clients"
	@echo "make lint           formatting and lints"
	@echo "make rust           the tests in Rust"
	@echo "make clients        the tests with Stripe's SDKs for Node and Python"
	@echo "make packages       launcher packages for npm and PyPI, of this machine's kind, in target/packages"
	@echo "make fuzz           look for inputs that break something, FUZZ_SECONDS (60) for each target"
	@echo "make docs           write docs/openapi.json and docs/unsupported.md from what the server says"
	@echo "make bench          measure, and write docs/benchmarks.md (about twenty minutes)"

demo:
	@EXIT=$(EXIT) demo/run.sh

test: lint rust clients

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

# cargo-nextest where it is installed; doc tests are cargo's own in any case.
rust:
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
		set -x; $(CARGO) nextest run --workspace --locked --no-fail-fast; \
	else \
		set -x; $(CARGO) test --workspace --locked --all-targets; \
	fi
	$(CARGO) test --workspace --locked --doc --quiet

clients: node_modules/.package-lock.json $(VENV)/.installed
	$(CARGO) build --locked -p paydesk
	npm run check
	npm test
	npm run types
	$(VENV)/bin/pytest -q e2e/python

node_modules/.package-lock.json: package.json package-lock.json e2e/package.json demo/package.json
	npm ci --no-audit --no-fund

$(VENV)/.installed: e2e/python/requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement e2e/python/requirements.txt
	@touch $@

# Built from one release binary; nothing is published.
packages:
	$(CARGO) build --release --locked -p paydesk
	rm -rf target/packages
	$(PYTHON) packages/pack.py target/release/paydesk target/packages

fuzz:
	fuzz/run.sh

docs:
	PAYDESK_WRITE_DOCS=1 $(CARGO) test --locked --quiet -p paydesk-wire --test documents

bench:
	$(CARGO) build --release --locked -p paydesk -p paydesk-bench
	target/release/paydesk-bench run --paydesk target/release/paydesk --output docs/benchmarks.md
	target/release/paydesk-bench large --paydesk target/release/paydesk --output docs/benchmarks.md
