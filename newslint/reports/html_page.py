"""What pages of reports begin with: one file each, from which no request goes out."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256


def head(title: str, style: str, script: str, skip: str) -> str:
    """All up to the first words that are seen; `skip` names where a keyboard may skip to.

    Only this style and this script may run. Both words are HTML.
    """
    policy = (
        f"default-src 'none'; style-src {_allowed(style)}; script-src {_allowed(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the {skip}</a>
"""


def _allowed(part: str) -> str:
    return f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'"
