"""An app's HTTP server on this machine: a real Bolt app behind it, or answers written down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from slack_bolt import App, BoltRequest


@dataclass
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Answer:
    """What to answer."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


Answering = Callable[[Asked], Answer]


@contextmanager
def served(answering: Answering) -> Iterator[str]:
    """Serve on a free port of this machine; gives the address, no slash at its end."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = answering(Asked(self.path, headers, self.rfile.read(length).decode()))
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(answer.body.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body.encode())

        def log_message(self, *told: object) -> None:
            """Nothing: the tests look at what was asked."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, args=(0.01,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def bolt(app: App, asked: list[Asked]) -> Answering:
    """A Bolt app's answers; `asked` gets every request."""

    def answering(one: Asked) -> Answer:
        asked.append(one)
        said = app.dispatch(BoltRequest(body=one.body, headers={**one.headers}))
        headers = {name: values[0] for name, values in said.headers.items()}
        return Answer(said.status, said.body, headers)

    return answering
