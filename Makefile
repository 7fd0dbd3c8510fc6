# Each target sets up what it needs in .venv and then does its work.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test fuzz languagetool lint bench docs golden clean

demo: $(VENV)/installed
	cd examples && ../$(BIN)/newslint check --exit-zero

# On all cores; `.venv/bin/pytest` alone is for one test at a time, a debugger, or print().
test: $(VENV)/developing
	$(BIN)/pytest -n logical --dist worksteal

# The property tests with other examples in every round; what fails is kept in .hypothesis/ and
# comes first in the next run.
ROUNDS ?= 20
fuzz: $(VENV)/developing
	for round in $$(seq $(ROUNDS)); do \
		$(BIN)/pytest -n logical --dist worksteal -m hypothesis --hypothesis-profile fuzz || exit; \
	done

# A real LanguageTool for English, of which the tests marked so make use; needs Maven and Java 17.
# newslint itself runs it where LTP_JAR_DIR_PATH names the folder.
languagetool: .languagetool/languagetool-server.jar

.languagetool/languagetool-server.jar: languagetool/pom.xml
	rm -rf $(@D)
	mvn -q -B -f $< package
	touch $@

lint: $(VENV)/developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/developing
	$(BIN)/python benchmarks/run.py

# The pages that are generated: one for each rule.
docs: $(VENV)/developing
	$(BIN)/python docs/generate.py

# The reports that tests compare with; read the difference before you commit it.
golden: $(VENV)/developing
	$(BIN)/pytest --update-golden tests/test_golden_examples.py tests/test_text_report.py \
		tests/test_markdown_report.py tests/test_html_report.py

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/developing: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV)
