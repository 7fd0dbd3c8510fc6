"""JSON Schemas of rule files and of `newslint.yml`, from the types that check them."""

from __future__ import annotations

from typing import Any

import msgspec

from newslint.config import Config
from newslint.kinds import kind, names
from newslint.rule import SCOPES, Rule

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema() -> dict[str, Any]:
    """Of a rule file; the options follow from `kind` and `check`."""
    types = [type_ for name in names() for type_ in kind(name).checks.values()]
    schemas, components = msgspec.json.schema_components(
        [Rule, *types], ref_template="#/$defs/{name}"
    )
    schema = components.pop("Rule")
    refs = dict(zip(types, schemas[1:], strict=True))
    properties = schema["properties"]
    properties["extends"] = {
        "type": "string",
        "description": "the id of the rule that this one changes",
    }
    properties["kind"] = {"enum": names()}
    properties["scope"] = {"type": "array", "items": {"enum": list(SCOPES)}}
    properties["quotations"] = {"enum": [True, False, "true", "false", "only"]}
    properties["options"] = {"type": "object"}
    required = [key for key in schema.pop("required") if key != "id"]
    choices = [_choice(name, refs) for name in names()]
    return {
        "$schema": DRAFT,
        **schema,
        "title": "newslint rule",
        "required": ["id"],
        "if": {"not": {"required": ["extends"]}},
        "then": {"required": required, "allOf": choices},
        "patternProperties": {"^(scope|tags|aliases)[+-]$": {"type": "array"}},
        "$defs": components,
    }


def _choice(name: str, refs: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    checks = [refs[type_] for type_ in kind(name).checks.values()]
    options = checks[0] if len(checks) == 1 else {"oneOf": checks}
    return {
        "if": {"properties": {"kind": {"const": name}}},
        "then": {"properties": {"options": options}},
    }


def config_schema() -> dict[str, Any]:
    """Of `newslint.yml`."""
    (_,), components = msgspec.json.schema_components([Config], ref_template="#/$defs/{name}")
    schema = components.pop("Config")
    setting = {
        "anyOf": [
            {"enum": ["off", "on", "error", "warning", "info", False, True]},
            {"type": "object"},
        ]
    }
    for owner in (schema, components["Override"]):
        owner["properties"]["rules"] = {"type": "object", "additionalProperties": setting}
    return {"$schema": DRAFT, **schema, "title": "newslint config", "$defs": components}
