"""The built wheel, used from elsewhere, and the licences of what it brings along."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="hatchling comes with the dev extra")
packaging = pytest.importorskip("packaging.requirements", reason="pytest brings it")

ROOT = Path(__file__).resolve().parent.parent
RULES = {
    path.stem: path.parent.name
    for path in (ROOT / "rules").glob("*/*.yml")
    if path.parent.name != "lexicons"
}
COPYLEFT = re.compile(r"\b[AL]?GPL|General Public License", re.IGNORECASE)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the installed wheel."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index"]
    command += ["--target", str(folder), str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def newslint(site: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(site), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "newslint", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_wheel_holds_the_package_and_the_stylebooks_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"newslint", wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"}
    assert {name for name in names if "/stylebooks/" in name} == {
        f"newslint/stylebooks/{path.relative_to(ROOT / 'rules').as_posix()}"
        for path in (ROOT / "rules").glob("*/*.yml")
    }


def test_the_installed_rules_are_all_there(site: Path, tmp_path: Path) -> None:
    run = newslint(site, tmp_path, "rules", "--all", "--format", "json")
    assert run.returncode == 0, run.stderr
    listed = {rule["id"]: rule["stylebook"] for rule in json.loads(run.stdout)}
    assert listed == RULES


def test_the_installed_package_checks_an_article_elsewhere(site: Path, tmp_path: Path) -> None:
    source = ROOT / "examples" / "content" / "news" / "harbour-wall-vote.md"
    (tmp_path / "vote.md").write_bytes(source.read_bytes())
    run = newslint(site, tmp_path, "check", "--format", "json", "vote.md")
    assert run.returncode == 0, run.stderr
    (article,) = json.loads(run.stdout)["articles"]
    assert "doubled-word" in {finding["rule"] for finding in article["findings"]}


def test_the_installed_package_asks_an_engine(site: Path, tmp_path: Path) -> None:
    pytest.importorskip("harper", reason="harper-py comes with the dev extra")
    (tmp_path / "newslint.yml").write_text("extends: [grammar]\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("The council met. He have voted.\n", encoding="utf-8")
    run = newslint(site, tmp_path, "check", "--format", "json", "a.md")
    assert run.returncode == 0, run.stderr
    (article,) = json.loads(run.stdout)["articles"]
    assert "grammar-agreement" in {finding["rule"] for finding in article["findings"]}


def test_the_installed_package_audits_an_archive(site: Path, tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="comes with the extra audit")
    (tmp_path / "a.md").write_text("# Rain\n\nThe the rain.\n", encoding="utf-8")
    run = newslint(site, tmp_path, "audit", "a.md", "--out", "audit", "--jobs", "1")
    assert run.returncode == 0, run.stderr
    assert "1 article, 4 words: " in run.stdout
    style = ROOT / "newslint" / "audit" / "report" / "page" / "audit.css"
    page = (tmp_path / "audit" / "report.html").read_text(encoding="utf-8")
    assert style.read_text(encoding="utf-8") in page


def test_what_an_audit_needs_is_an_extra(site: Path) -> None:
    installed = metadata.Distribution.at(next(site.glob("*.dist-info")))
    needed = [packaging.Requirement(line) for line in installed.requires or ()]
    brought = {
        extra: {r.name for r in needed if r.marker and r.marker.evaluate({"extra": extra})}
        for extra in ("", "audit", "spark", "dev")
    }
    assert {"duckdb", "pyarrow", "trafilatura"} <= brought["audit"]
    assert "pyspark" in brought["spark"]
    assert brought[""] == set()
    assert brought["audit"] <= brought["dev"]
    assert brought["spark"] - {"newslint"} <= brought["dev"]


def test_what_an_engine_needs_is_an_extra_of_its_own(site: Path) -> None:
    """Nobody gets an engine, or a library under the GPL, who has not asked for that very one."""
    installed = metadata.Distribution.at(next(site.glob("*.dist-info")))
    needed = [packaging.Requirement(line) for line in installed.requires or ()]
    engines = {"harper-py": "harper", "language-tool-python": "languagetool"}
    for requirement in needed:
        if requirement.name in engines and requirement.marker:
            asking = [
                extra
                for extra in installed.metadata.get_all("Provides-Extra") or ()
                if requirement.marker.evaluate({"extra": extra})
            ]
            assert set(asking) <= {engines[requirement.name], "dev"}
    assert {r.name for r in needed if r.marker} >= engines.keys()


def test_the_installed_package_has_the_page_of_the_report(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Rain\n\nThe the rain.\n", encoding="utf-8")
    run = newslint(site, tmp_path, "check", "--format", "html", "a.md")
    page = ROOT / "newslint" / "reports" / "page"
    assert (page / "page.css").read_text(encoding="utf-8") in run.stdout
    assert (page / "page.js").read_text(encoding="utf-8") in run.stdout


def test_the_installed_package_is_the_one_that_ran(site: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-c", "import newslint; print(newslint.__file__)"]
    run = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert Path(run.stdout.strip()).is_relative_to(site)


def test_both_entry_points_say_the_version(site: Path, tmp_path: Path) -> None:
    version = metadata.Distribution.at(next(site.glob("*.dist-info"))).version
    assert newslint(site, tmp_path, "--version").stdout == f"newslint {version}\n"
    script = next((site / "bin" if os.name != "nt" else site / "Scripts").glob("newslint*"))
    env = {**os.environ, "PYTHONPATH": str(site)}
    run = subprocess.run(
        [script, "--version"], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert run.stdout == f"newslint {version}\n"


def brought_along(distribution: metadata.Distribution) -> dict[str, metadata.Distribution]:
    """What is installed with a distribution, without its extras: name -> distribution."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [distribution]
    while waiting:
        for line in waiting.pop().requires or ():
            requirement = packaging.Requirement(line)
            if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
                continue
            if requirement.name not in found:
                found[requirement.name] = metadata.distribution(requirement.name)
                waiting.append(found[requirement.name])
    return found


def licence(distribution: metadata.Distribution) -> str:
    """What a distribution says of its licence, in all the fields where it may say so."""
    fields = distribution.metadata
    said = [fields["License-Expression"] or "", (fields["License"] or "").split("\n")[0]]
    classifiers = fields.get_all("Classifier") or []
    said += [line for line in classifiers if line.startswith("License ::")]
    if not any(said):  # some give the text alone, which begins with its name
        named = fields.get_all("License-File") or []
        texts = [distribution.read_text(f"licenses/{name}") for name in named]
        said += [text.strip().split("\n")[0] for text in texts if text]
    return "; ".join(filter(None, said))


def test_nothing_under_the_gpl_comes_along(site: Path) -> None:
    installed = metadata.Distribution.at(next(site.glob("*.dist-info")))
    found = brought_along(installed)
    assert "msgspec" in found
    found["newslint"] = installed
    licences = {name: licence(each) for name, each in found.items()}
    assert not [name for name, text in licences.items() if not text], licences
    assert not [name for name, text in licences.items() if COPYLEFT.search(text)], licences


def test_the_test_of_licences_can_fail() -> None:
    for text in ("GPL-3.0-or-later", "AGPL-3.0", "LGPLv2", "GNU General Public License v3"):
        assert COPYLEFT.search(text)
    for text in ("MIT", "Apache-2.0", "BSD-3-Clause", "MPL-2.0", "License :: OSI Approved"):
        assert not COPYLEFT.search(text)
