# make report  set up from nothing, then all editions: raw files -> reports/
# make test    set up from nothing, then every test
# make lab     JupyterLab on the notebooks (what you run by hand becomes a draft)

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEV    := $(VENV)/.installed-dev
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: report test lab bench lock clean

report: $(STAMP)
	$(BIN)/citypromo run --all

test: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadscope

lab: $(STAMP)
	$(BIN)/jupyter lab --notebook-dir=. notebooks

bench: $(DEV)
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

lock: $(DEV)
	$(BIN)/python tools/lock.py

# Installed once; made again only when the lock changes, so everything works offline afterwards.
$(STAMP): requirements.txt pyproject.toml
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(DEV): requirements-dev.txt pyproject.toml
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@ $(STAMP)

clean:
	rm -rf $(VENV) reports/.staging reports/_draft/*/ reports/_failed/*/
