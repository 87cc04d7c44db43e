# Every target does the set-up that it needs; once that is done it costs a few milliseconds.
PYTHON := .venv/bin/python
# One worker a core; PYTEST_WORKERS=0 runs the tests in one process.
PYTEST_WORKERS ?= 2
export QT_QPA_PLATFORM ?= offscreen
export PYTHONUTF8 := 1
# The tests start QGIS a hundred times, and each would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test test-next soak lint build package wheelhouse install translate bench docs clean

setup:
	@scripts/setup.sh

build: setup
	@$(PYTHON) scripts/build.py build

package: setup
	@$(PYTHON) scripts/build.py package

wheelhouse: setup
	@$(PYTHON) scripts/wheelhouse.py

install: setup
	@$(PYTHON) scripts/build.py install

translate: setup
	@$(PYTHON) scripts/build.py translate

lint: build
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	MYPYPATH=build:. .venv/bin/mypy -p weipian_plugin -p scripts -p benchmarks

test: lint
	$(PYTHON) -m pytest -n $(PYTEST_WORKERS) --dist loadfile

# The same tests under QGIS 3.44 and Python 3.14, in a Debian tree of its own (docs/next_qgis.md); as root.
test-next: setup
	scripts/test_next.sh -n $(PYTEST_WORKERS) --dist loadfile

# SOAK_KILLS kills of each writing step (200), SOAK_SECONDS of two writers at once (60), SOAK_EXAMPLES random
# sequences of all the casework (150): about a quarter of an hour.
soak: export SOAK_EXAMPLES ?= 150
soak: setup
	$(PYTHON) -m pytest -m soak -s tests/workflow/test_soak.py
	$(PYTHON) -m pytest tests/workflow/test_whole_machine.py

demo: build
	@$(PYTHON) scripts/demo.py

# Writes docs/performance.md; half an hour, and the machine should do nothing else meanwhile.
bench: build
	@scripts/setup_postgis.sh
	@$(PYTHON) -m benchmarks.run
	@$(PYTHON) benchmarks/casework.py

docs: build
	@$(PYTHON) scripts/document_algorithms.py
	@$(PYTHON) scripts/make_manual.py

clean:
	rm -rf --one-file-system build dist demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
