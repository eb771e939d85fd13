# One way to run anything. Needs Python >= 3.11 (with venv and headers), gcc and make; the
# rest is installed into .venv by the first target that needs it.
#
#   make demo      the main job on real input, and the assembly of one function
#   make test      the test suite            make check   style, types, format
#   make golden    the golden files only     make bless   rewrite their expected output
#   make fuzz      open-ended differential and mutation tests (N=20000)
#   make bench     our engine beside its peers, as ratios (ARGS=--quick: two minutes)
#   make bench-diff BASE=rev     the machine code of two revisions, function by function
#   make bench-knobs             what each optimisation gives
#   make bench-kernels           the benchmark's kernels from their C (needs clang, lld)
#   make soak      the large counts whose figures docs/ shows
#   make test-vscode   the extension in a real VS Code in Chromium (needs npm's registry)
#   make build     the compiled core         make clean   everything that was built

SHELL      := /bin/bash
PYTHON     ?= $(shell command -v python3.11 || command -v python3)
VENV       := .venv
BIN        := $(VENV)/bin
N          ?= 20000
# One for all processes of a run; printed with a failure.
SEED       ?= $(shell date +%s)
JOBS       ?= $(shell nproc 2>/dev/null || echo 2)
PYTEST      = $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup
PYTEST_ARGS ?=

# Whatever the compiled core is built from; its own output is left out.
SOURCES := setup.py $(shell grep -L '^\# Written by setup.py' $$(find lbtool -name '*.pxd')) \
	$(shell find lbtool -name '*.pxd' | sed 's/pxd$$/py/' | xargs ls 2>/dev/null) \
	$(wildcard lbtool/runtime/csrc/*.[ch] lbtool/compiler/*.h)

.DEFAULT_GOAL := build
.PHONY: build demo test test-vscode check golden bless fuzz bench bench-diff bench-kernels bench-knobs soak clean

$(VENV)/.deps: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; say which with PYTHON=..." >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "hint: apt-get install python3-venv python3-dev" >&2; exit 2; }
	$(BIN)/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb")); \
		print(*p["build-system"]["requires"], *p["project"]["dependencies"], \
		*p["project"]["optional-dependencies"]["dev"], sep="\n")' > $(VENV)/requirements.txt
	@echo "installing what it is built and tested with into $(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(VENV)/requirements.txt
	@touch $@

$(VENV)/.built: $(VENV)/.deps $(SOURCES)
	@echo "compiling the core: one to two minutes, once"
	LBTOOL_JOBS=$(JOBS) $(BIN)/python setup.py --quiet build_ext --inplace --parallel $(JOBS)
	@touch $@

$(VENV)/.installed: $(VENV)/.built
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@touch $@

build: $(VENV)/.installed

demo: build
	@PATH=$(CURDIR)/$(BIN):$$PATH $(BIN)/python examples/demo.py

test: build
	$(PYTEST) $(PYTEST_ARGS) tests

test-vscode: build
	$(BIN)/python -m tests.editors.vscode $(ARGS)

check: $(VENV)/.built
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

golden: build
	$(PYTEST) tests/golden

bless: build
	LBTOOL_BLESS=1 $(BIN)/python -m pytest $(wildcard tests/golden) tests/docs/test_abi.py tests/docs/test_readme.py tests/config/test_document.py \
		tests/editors/test_neovim.py tests/editors/test_emacs.py tests/editors/test_configurations.py

fuzz: build
	LBTOOL_FUZZ=$(N) LBTOOL_FUZZ_SEED=$(SEED) $(PYTEST) tests/property tests/scan/test_agreement.py

# wasm3 is a peer of the benchmark only; without it its columns are empty.
$(VENV)/.bench: $(VENV)/.deps
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check pywasm3==0.5.0
	@touch $@

bench: build $(VENV)/.bench
	$(BIN)/python -m tests.bench $(ARGS)

bench-diff: build
	@test -n "$(BASE)" || { echo "which revision? make bench-diff BASE=rev" >&2; exit 2; }
	$(BIN)/python -m tests.bench diff $(BASE) $(ARGS)

bench-knobs: build
	$(BIN)/python -m tests.bench knobs $(ARGS)

bench-kernels: build
	$(BIN)/python -m tests.bench.make_kernels

soak: build
	LBTOOL_FUZZ=$(N) LBTOOL_FUZZ_SEED=$(SEED) LBTOOL_INTERRUPTS=10000 LBTOOL_PAIRS=5000 LBTOOL_SAVES=20000 \
		LBTOOL_SEEDS=8 LBTOOL_EDITS=100000 LBTOOL_CACHE_MUTATIONS=10000 LBTOOL_CACHE_KILLS=200 \
		LBTOOL_GUEST_FAULTS=1000 LBTOOL_DAEMON_ROUNDS=20 LBTOOL_WATCH_FILES=20000 \
		LBTOOL_LSP_SOAK=20000 \
		LBTOOL_TEXTS=100000 LBTOOL_IMAGE_TRIALS=100000 LBTOOL_SPEC_IMAGES=1 \
		$(PYTEST) tests

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find lbtool -name '*.so' -delete
	find lbtool -name '*.pxd' | sed 's/pxd$$/c/' | xargs rm -f
	grep -rl 'Written by setup.py' lbtool --include='*.pxd' --include='*.h' | xargs rm -f
	find lbtool lsp cache tests -name __pycache__ -type d -exec rm -rf {} +
