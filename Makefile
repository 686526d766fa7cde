# The commands of the house; "make" alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

# The first of these that is Python 3.11 or newer makes the virtual environment.
PYTHONS := $(BIN)/python python3.11 python3.12 python3.13 python3.14 python3
FIND_PYTHON = for python in $(PYTHONS); do \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$python"; break; fi; done

.PHONY: help install run test check bench lock wheel package clean system

help:  ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

install: .venv/project.stamp  ## everything that Stakeout and its tests need, into .venv (and Qt's system libraries)

run: install  ## open Stakeout
	@$(BIN)/stakeout

test: install  ## the whole test suite, with coverage
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --cov --cov-report term

check: install  ## style, types and the rules of who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy desktop_app tests $(wildcard packaging/*.py)
	@$(BIN)/lint-imports

bench: install  ## measure, and write tests/benchmarks/RESULTS.md
	@$(BIN)/python -m tests.benchmarks

wheel: install  ## the wheel and the source archive in dist/, built twice to show that the bytes are the same
	@$(BIN)/python packaging/python_package.py

package: install  ## all that people install (wheel, Debian package, portable folder), tried out; takes minutes
	@packaging/tools.sh
	@$(BIN)/python packaging/package.py

# Made with Python 3.11, the oldest that the program runs on: what it pins then serves the newer ones too.
# The marker of the Qt line is taken off, because without it they would be left without Qt.
lock: install  ## renew requirements.txt from pyproject.toml, and that of packaging/ with it
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "make lock needs a .venv of Python 3.11.")'
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile pyproject.toml --output-file requirements.txt \
		--extra dev --upgrade --generate-hashes --allow-unsafe --strip-extras --quiet \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
	@sed -i 's/ ; python_version < "3.12"//' requirements.txt
	@cd packaging && CUSTOM_COMPILE_COMMAND="make lock" ../$(BIN)/pip-compile requirements.in \
		--output-file requirements.txt --upgrade --generate-hashes --allow-unsafe --strip-extras --quiet \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

clean:  ## remove what was built and measured (.venv stays)
	@rm -rf build dist *.egg-info .coverage .coverage.* .benchmarks .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache
	@find desktop_app packaging tests -type d -name __pycache__ -prune -exec rm -rf {} +

system:
	@packaging/system_libraries.sh "$$($(FIND_PYTHON))"

.venv/requirements.stamp: requirements.txt | system
	@python=$$($(FIND_PYTHON)); \
	if [[ -z $$python ]]; then echo "Stakeout needs Python 3.11 or newer, and none was found." >&2; exit 1; fi; \
	echo "Installing the libraries pinned in requirements.txt into .venv, with $$("$$python" --version)."; \
	if [[ ! -x $(BIN)/python ]]; then "$$python" -m venv .venv; fi
	@$(PIP) install --require-hashes --no-deps --only-binary :all: --requirement requirements.txt
	@$(PIP) check
	@touch $@

.venv/project.stamp: pyproject.toml .venv/requirements.stamp
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@
