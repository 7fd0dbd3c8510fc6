"""What reports in XML are made of."""

from __future__ import annotations

from newslint.later import compiled_later

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ILLEGAL = compiled_later("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEANT = compiled_later('[&<>"\t\n\r]|#(?=#)')
"""What means something in XML, or twice in a row to the CI service that prints it."""


def text(value: str) -> str:
    """Text for an element or an attribute; characters that XML forbids are spelled out."""
    legal = _ILLEGAL.sub(lambda match: f"\\x{ord(match[0]):02x}", value)
    return _MEANT.sub(lambda match: f"&#{ord(match[0])};", legal)


def tag(name: str, /, **attributes: str | int) -> str:
    """The inside of a tag: its name and its attributes."""
    return " ".join([name, *(f'{key}="{text(str(value))}"' for key, value in attributes.items())])
