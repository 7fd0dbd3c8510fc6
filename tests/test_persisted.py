"""What is remembered between runs: it changes nothing, and damage to it does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Repository

from newslint import persisted

COPY = "# Council votes\n\nBy Ada Lorne\n\nThe the council met in a bizarre hall.\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "newslint"


def test_a_second_run_says_the_same(repo: Repository, home: Path) -> None:
    first = repo.copy(COPY)
    assert first.findings
    (file,) = home.glob("rules-*")
    assert repo.copy(COPY).out == first.out
    assert repo.copy(COPY, "--no-cache").out == first.out
    before = file.stat().st_mtime_ns
    repo.copy(COPY)
    assert file.stat().st_mtime_ns == before, "nothing is written when nothing is new"


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x91\x01", b"\x81" * 100_000])
def test_damage_does_no_harm(repo: Repository, home: Path, damage: bytes) -> None:
    first = repo.copy(COPY)
    (file,) = home.glob("rules-*")
    file.write_bytes(damage)
    assert repo.copy(COPY).out == first.out
    assert file.read_bytes() != damage


def test_no_cache_keeps_nothing(repo: Repository, home: Path) -> None:
    repo.copy(COPY, "--no-cache")
    assert not home.exists()


def test_a_folder_that_cannot_be_made_does_no_harm(repo: Repository, home: Path) -> None:
    home.parent.write_text("in the way")
    assert repo.copy(COPY).findings


def test_a_newsroom_s_own_rule_is_read_anew(repo: Repository, home: Path) -> None:
    repo.desk("id: plain-use\n")
    assert repo.copy("We utilize it.\n").found == [("plain-use", "utilize")]
    repo.desk("id: plain-use\noptions: {check: avoid, terms: [employ]}\n")
    assert repo.copy("We utilize it.\n").found == []


def test_what_is_asked_for_again_is_not_worked_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    persisted.switch_on("1")
    assert persisted.remember("a", lambda: ["x"]) == ["x"]
    assert persisted.remember("a", lambda: ["y"]) == ["x"]
    persisted.save()
    persisted.switch_on("1")
    assert persisted.remember("a", lambda: ["y"]) == ["x"]
    persisted.switch_on("2")
    assert persisted.remember("a", lambda: ["y"]) == ["y"]


def test_a_user_without_a_home_has_no_cache(
    repo: Repository, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert repo.copy(COPY).findings
    assert not persisted.is_on()
