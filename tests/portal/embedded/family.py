"""A demo whose web is a few lines instead of Django: what is tested is the supervisor. Run as a script."""

import os
import sys
from pathlib import Path

from portal.embedded.demo import Demo
from portal.embedded.processes import Child
from portal.embedded.server_user import EmbeddedError

WEB = """
import http.server, subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])  # a web server has workers too
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""
# Deaf to SIGTERM, as a worker in the middle of a long task is.
WORKER = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


class SmallDemo(Demo):
    """The real supervisor on a real PostgreSQL with two small children."""

    def _prepare(self) -> None:
        self.family.patience = 1.0

    def _children(self) -> list[Child]:
        logs = self.var / "log"
        return [
            Child("web", [sys.executable, "-c", WEB, str(self.port)], logs / "web.log"),
            Child("worker", [sys.executable, "-c", WORKER], logs / "worker.log"),
        ]


if __name__ == "__main__":
    try:
        SmallDemo(Path(os.environ["VAR_DIR"]), int(os.environ["PORT"])).run()
    except EmbeddedError as error:
        sys.exit(str(error))
