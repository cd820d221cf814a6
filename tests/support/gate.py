"""A gate before the replay, and processes of the monitor."""

import subprocess
import threading
from typing import Any

Process = subprocess.Popen[str]


class Gate:
    """Holds a request of the replay back until it is let through; also counts requests."""

    def __init__(self) -> None:
        self.path, self.arrived, self.opened = "", threading.Event(), threading.Event()
        self.left, self.reached = 0, threading.Event()

    def __call__(self, line: Any) -> None:
        self.left -= 1
        if self.left == 0:
            self.reached.set()
        if self.path and self.path in line.path:
            self.arrived.set()
            assert self.opened.wait(20)

    def close(self, path: str) -> None:
        self.path = path
        self.arrived.clear()
        self.opened.clear()

    def wait_for_request(self, number: int, seconds: float) -> None:
        """Until so many requests from now on have come, or the time is up."""
        self.reached.clear()
        self.left = number
        self.reached.wait(seconds)
