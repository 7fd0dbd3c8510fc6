"""A server that speaks as LanguageTool does, for what does not need LanguageTool itself."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from urllib.parse import parse_qs


class Stand:
    """A server that speaks as LanguageTool does, of one mistake: `have` after `He`."""

    def __init__(self, port: int = 0) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.introduced = 0
        self.version = "6.8"
        self.silent = False
        """Whether it takes questions and never answers."""
        stand = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stand.introduced += 1
                self._say({"software": {"name": "LanguageTool", "version": stand.version}})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = parse_qs(body)
                stand.asked.append(form)
                while stand.silent:
                    sleep(0.05)
                start = form["text"][0].find("He have") + 3
                match = {
                    "offset": start, "length": 4, "message": "The verb does not agree.",
                    "replacements": [{"value": "has"}],
                    "rule": {"id": "HE_VERB_AGR", "category": {"id": "GRAMMAR"}},
                }  # fmt: skip
                self._say({"matches": [match] if start > 2 else []})

            def _say(self, answer: object) -> None:
                data = json.dumps(answer).encode()
                with suppress(OSError):  # whoever asked may have gone
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
