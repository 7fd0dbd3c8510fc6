"""A browser that may reach nothing, for the tests of pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

TIMEOUT = 60_000
"""Milliseconds; it takes so long only where nothing comes."""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


def chromium() -> str:
    named = [
        os.environ.get("NEWSLINT_CHROMIUM", ""),
        "chromium",
        "google-chrome",
        "chromium-browser",
    ]
    return next((path for name in named if name and (path := shutil.which(name))), "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is in the dev extra")
    if not chromium():
        pytest.skip("no Chromium: install one, or name it in NEWSLINT_CHROMIUM")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a report. Whatever it may not do, or complains about, fails the test."""
    complaints: list[str] = []
    contexts = []

    def listen(page: Any) -> None:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append("a dialog"))
        page.on(
            "request",
            lambda request: complaints.append(request.url) if request.url != url else None,
        )

    url = (tmp_path / "report.html").as_uri()

    def open_(out: str, hash: str = "", **options: Any) -> Any:
        (tmp_path / "report.html").write_text(out, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(TIMEOUT)
        page = contexts[-1].new_page()
        listen(page)
        page.goto(url + hash)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints, complaints


def visible(page: Any, selector: str = ".note") -> list[str]:
    shown = page.locator(selector).filter(visible=True)
    return [" ".join(words.split()) for words in shown.all_inner_texts()]


CONTRAST = """() => {
  const rgb = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = node => { for (; node; node = node.parentElement) {
    const color = rgb(getComputedStyle(node).backgroundColor); if (color.length < 4 || color[3]) return color; } };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), poor = [];
  while (walker.nextNode()) {
    const text = walker.currentNode, node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility() || node.matches("script, .skip")) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.push([text.data, node.className, (a + .05) / (b + .05)]);
  }
  return poor;
}"""
