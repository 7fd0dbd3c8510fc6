"""The rules that run on an article: stylebooks, then the config, then its overrides."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from newslint import engines, globs
from newslint.article import Article, Span
from newslint.config import LEVELS, Setting, Settings, relative
from newslint.errors import Error, NewslintError
from newslint.reference import Reference
from newslint.rule import Ready, make
from newslint.suppress.forms import Suppression
from newslint.yamlfile import extend


def overrides_of(settings: Settings, article: Article) -> tuple[int, ...]:
    """Which overrides hold for an article, by their number."""
    found = []
    for number, override in enumerate(settings.config.overrides):
        if override.files and not globs.matches(override.files, relative(settings, article.path)):
            continue
        if all(_meta_is(article, key, wanted) for key, wanted in override.meta.items()):
            found.append(number)
    return tuple(found)


def _meta_is(article: Article, key: str, wanted: str | tuple[str, ...]) -> bool:
    value = article.meta[key].value if key in article.meta else None
    values = {str(v).lower() for v in (value if isinstance(value, list) else [value])}
    return any(w.lower() in values for w in ((wanted,) if isinstance(wanted, str) else wanted))


def rules_for(
    settings: Settings, overrides: tuple[int, ...] = ()
) -> tuple[list[Ready], list[Error]]:
    """The rules that run under these overrides, in the order of their ids, and broken ones."""
    changes = _changes(settings, overrides)
    ready, errors = [], []
    for name in sorted(settings.rules.data):
        try:
            rule = _made(settings, name, changes.get(name, []))
        except NewslintError as error:
            errors.append(error.error)
            continue
        if rule is not None and _enabled(settings, rule, changes.get(name, [])):
            ready.append(rule)
    return sharing(ready, settings.reference), errors


def sharing(ready: list[Ready], reference: Reference) -> list[Ready]:
    """The rules, with those that ask an engine sharing its reading of an article.

    Each by itself would have the engine read every article anew.
    """
    asked = [rule.finder.asked for rule in ready if rule.finder.asked]
    if not asked:
        return ready
    reference = replace(reference, engine=engines.together(reference.engine, asked))
    return [
        replace(rule, finder=rule.remake(reference)) if rule.finder.asked and rule.remake else rule
        for rule in ready
    ]


def misses_nothing(settings: Settings, ready: Ready) -> bool:
    """Whether silence of the rule means that there is nothing to be found.

    Not so of a rule that asks engines, where this run asks one that knows nothing of it, or another
    one than the config names.
    """
    asked = ready.finder.asked
    return asked is None or (bool(asked) and settings.asks_configured_engine)


Change = tuple[tuple[str | int, ...], Setting]


def _changes(settings: Settings, overrides: tuple[int, ...]) -> dict[str, list[Change]]:
    """By rule id: what the config and then the overrides say, with the place in the config."""
    names = settings.names
    found: dict[str, list[Change]] = {}
    layers: list[tuple[tuple[str | int, ...], Mapping[str, Setting]]] = [
        (("rules",), settings.config.rules)
    ]
    layers += [
        (("overrides", number, "rules"), settings.config.overrides[number].rules)
        for number in overrides
    ]
    for place, rules in layers:
        for name, setting in rules.items():
            if name in names and (not isinstance(setting, str) or setting in LEVELS):
                found.setdefault(names[name], []).append(((*place, name), setting))
    return found


def _made(settings: Settings, name: str, changes: list[Change]) -> Ready | None:
    """The rule with its changes; None where the last word on it is `off`."""
    if changes and changes[-1][1] == "off" and not settings.request.select:
        return None
    file, data = settings.rules.definitions[name].file, dict(settings.rules.data[name])
    at: tuple[str | int, ...] = ()
    for place, setting in changes:
        if isinstance(setting, dict):
            file, at = settings.file, place
            if forbidden := {"id", "kind", "examples"} & setting.keys():
                key = sorted(forbidden)[0]
                raise file.error(f'"{key}" of a rule cannot be changed here', *place, key)
            data = extend(data, setting, file, place)
        elif setting not in ("off", "on"):
            data = {**data, "severity": setting}
    untouched = all(isinstance(setting, str) for _, setting in changes)
    trusted = untouched and settings.rules.definitions[name].shipped
    return make(file, data, at, trusted=trusted, reference=settings.reference)


def _enabled(settings: Settings, ready: Ready, changes: list[Change]) -> bool:
    rule, request, names = ready.rule, settings.request, settings.names
    tags = {f"tag:{tag}" for tag in rule.tags}
    if rule.id in {names.get(name) for name in request.ignore} or tags & set(request.ignore):
        return False
    if request.select:
        if rule.id in {names.get(name) for name in request.select}:
            return True
        named = bool(tags & set(request.select))
    else:
        named = settings.rules.definitions[rule.id].stylebook != "" or bool(changes)
    if rule.status == "preview":
        return named and (request.preview or settings.config.preview)
    return named and (rule.status == "stable" or bool(changes))


def ignored_by_config(settings: Settings, path: str) -> list[Suppression]:
    """The `ignores` of the config for an article, those that have ended too."""
    return [
        Suppression(
            rule=ignore.rule,
            reason=ignore.reason,
            covers=Span(0, 0),
            place=Span(0, 0),
            whole=True,
            text=ignore.text,
            in_config=True,
            exact=globs.is_path(ignore.path),
            until=ignore.until,
        )
        for ignore in settings.config.ignores
        if globs.matches((ignore.path,), relative(settings, path))
    ]
