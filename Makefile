# make report  set up from nothing, then all editions: raw files -> reports/
# make test    set up from nothing, then every test
# make soak    a hundred runs killed at random moments, thirty sequences of random edits
# make bench   what a run costs against a plain process (benchmarks/ has more)
# make docs    the documentation's site: docs/_build/index.html
# make lab     JupyterLab on the notebooks (what you run by hand becomes a draft)
# make kept    what the notebooks show now is what nbval compares with: tests/notebooks/

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEV    := $(VENV)/.installed-dev
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: report test docs lab kept bench soak lock clean

report: $(STAMP)
	$(BIN)/citypromo run --all

test: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadscope

docs: $(DEV)
	LC_ALL=C PYTHONUTF8=1 $(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build

lab: $(STAMP)
	$(BIN)/jupyter lab notebooks

kept: $(DEV)
	$(BIN)/python tools/keep_outputs.py

bench: $(DEV)
	$(BIN)/python benchmarks/run.py

soak: $(DEV)
	$(BIN)/python tools/soak.py

lock: $(DEV)
	$(BIN)/python tools/lock.py

# Installed once; made again only when the lock changes, so everything works offline afterwards.
# uv installs in seconds; where it is refused (a proxy or mirror that only pip knows), pip does it.
define install
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	($(PIP) --require-hashes -r requirements-installer.txt \
	  && $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1)) \
	  || $(PIP) --require-hashes -r $(1)
	$(PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/python tools/strip_notebooks.py --install
endef

$(STAMP): requirements.txt requirements-installer.txt pyproject.toml
	$(call install,requirements.txt)
	touch $@

$(DEV): requirements-dev.txt requirements-installer.txt pyproject.toml
	$(call install,requirements-dev.txt)
	touch $@ $(STAMP)

clean:
	rm -rf $(VENV) reports/.staging reports/_draft/*/ reports/_failed/*/
