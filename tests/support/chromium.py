"""Headless Chromium over the pipe of its DevTools protocol: no driver, no socket, no dependency.

https://chromedevtools.github.io/devtools-protocol/ ; messages are JSON, each ended by a zero byte.
"""

import base64
import json
import os
import select
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

BINARY = "/usr/bin/chromium"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--remote-debugging-pipe", "--hide-scrollbars",
)  # fmt: skip
PATIENCE = 60.0  # seconds for one answer, on a machine at work


class Chromium:
    """One browser with one page; a context manager."""

    def __enter__(self) -> Self:
        """Start the browser and attach to its page."""
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_read, self._out = os.pipe()
        self._in, to_write = os.pipe()
        self._process = start(to_read, to_write, self._folder.name)
        os.close(to_read)
        os.close(to_write)
        self._rest, self._number, self.events, self._session = b"", 0, list[dict[str, Any]](), ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the browser and everything it started."""
        self._process.kill()
        self._process.wait()
        os.close(self._out)
        os.close(self._in)
        self._folder.cleanup()

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command; what happened until its answer is kept in `events`."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            said = self._next(PATIENCE)
            if said.get("id") != self._number:
                self.events.append(said)
            elif "error" in said:
                raise AssertionError(f"{method}: {said['error']}")
            else:
                result: dict[str, Any] = said["result"]
                return result

    def open(self, url: str) -> None:
        """Go to an address and wait until it is loaded."""
        self.events.clear()
        self.ask("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next(PATIENCE))

    def value(self, expression: str) -> Any:
        """What an expression of JavaScript is, in the page."""
        found = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise AssertionError(found["exceptionDetails"])
        return found["result"].get("value")

    def screen(self, width: int, height: int = 900, *, dark: bool = False, paper: bool = False) -> None:
        """The size of the screen, and what readers prefer."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.ask("Emulation.setEmulatedMedia", media="print" if paper else "", features=features)

    def press(self, key: str, text: str = "") -> None:
        """A key of the keyboard, such as Tab or Enter; `text` is what it types."""
        code = {"Tab": 9, "Enter": 13, "Escape": 27}.get(key, ord(key[0]))
        typed = {"text": text} if text else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **typed)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def write(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.ask("Input.insertText", text=text)

    def requests(self) -> list[str]:
        """The addresses that were asked for since the page was opened, its own first."""
        sent = [event for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def picture(self, file: Path, *, whole: bool = True) -> None:
        """A screenshot, for people to look at."""
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole, fromSurface=True)
        file.write_bytes(base64.b64decode(shot["data"]))

    def paper(self, file: Path) -> None:
        """The page as PDF."""
        file.write_bytes(base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"]))

    def _next(self, patience: float) -> dict[str, Any]:
        until = time.monotonic() + patience
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0.0, until - time.monotonic()))
            part = os.read(self._in, 1 << 20) if ready else b""
            if not part:
                raise AssertionError("Chromium does not answer" if self._process.poll() is None else "Chromium is gone")
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(line)
        return said


def start(to_read: int, to_write: int, folder: str) -> subprocess.Popen[bytes]:
    """The browser reads commands from its descriptor 3 and answers on 4."""
    wanted = " ".join(["exec", BINARY, *FLAGS, f"--user-data-dir={folder}", f"3<&{to_read}", f"4>&{to_write}"])
    return subprocess.Popen(
        ["bash", "-c", wanted], pass_fds=(to_read, to_write), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
