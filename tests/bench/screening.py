"""What a poll of a screening list of full size costs: 34 MB, 26,000 rows, made here in a folder of its own.

The whole command `fedreg-monitor check --source screening` runs in a process of its own against a server on loopback,
beside an Entity List of 3,400 entries. Prints JSON: seconds of CPU and MiB at the peak, for the first poll and for one
of a list that changed. Exits with 1 when a bound is broken.
"""

import json
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, date, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from lists import supplement

from monitor.model.polls import Outcome, Snapshot, Status
from monitor.store.open import open_store

ROWS, OURS = 26_000, 3_400
MOST_MIB, MOST_SECONDS = 120.0, 1.5
PROSE = "Policy of denial for all items subject to the EAR apart from food and medicine designated as EAR99. "
OUR_LIST = "Entity List (EL) - Bureau of Industry and Security"
OTHER_LIST = "Specially Designated Nationals (SDN) - Treasury Department"
CODES = ("AF", "CN", "IR", "PK", "RU", "TR", "AE")


def row(number: int, changed: str) -> dict[str, object]:
    """One row with all of its keys; the first ones are of the Entity List, the others of another list."""
    return {
        "id": sha256(str(number).encode()).hexdigest()[:56],
        "source": OUR_LIST if number < OURS else OTHER_LIST,
        "entity_number": None,
        "type": None,
        "programs": ["SDGT"],
        "name": f"Enterprise {number} Technology Co., Ltd. (E{number}){changed if number == 7 else ''}",
        "title": None,
        "addresses": [
            {"address": f"Room {n}, {number} Nathan Road", "city": "Kowloon", "state": None, "postal_code": None,
             "country": CODES[number % len(CODES)]}
            for n in range(2)
        ],
        "federal_register_notice": "83 FR 37423; 87 FR 77505",
        "start_date": "2018-08-01",
        "end_date": None,
        "license_requirement": "For all items subject to the EAR. (See § 744.11 of the EAR)",
        "license_policy": PROSE * 2,
        "remarks": "x" * 20,
        "source_list_url": "https://www.bis.doc.gov/index.php/policy-guidance/lists-of-parties-of-concern/entity-list",
        "alt_names": [f"Enterprise {number} Scientific Research", f"E{number} Technology and Trading Limited"],
        "citizenships": [],
        "nationalities": [],
        "ids": [],
    }  # fmt: skip


class Answers(BaseHTTPRequestHandler):
    """Sends the list, in one piece and uncompressed, as the public server does."""

    body = b""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the list as it now is."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.send_header("ETag", f'"{sha256(self.body).hexdigest()[:16]}"')
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def answer(changed: str) -> bytes:
    """The whole list."""
    return json.dumps({"results": [row(number, changed) for number in range(ROWS)]}, indent=1).encode()


def begin(folder: Path) -> None:
    """A state that knows our list."""
    body, now = supplement(), datetime.now(UTC)
    snapshot = Snapshot(
        name="Entity List",
        as_of=date(2026, 1, 2),
        fetched_at=now,
        sha256=sha256(body).hexdigest(),
        sentinel="",
        body=body,
    )
    with open_store(folder) as store, store.transaction():
        poll = store.record_poll(Outcome(source="ecfr", status=Status.BASELINE, message="", started_at=now))
        store.keep_snapshot(snapshot, poll, monitored=True)


# The peak is read inside: wait4 would count what this process held when it forked.
INSIDE = """
import re, resource, sys
from monitor.__main__ import run
code = run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
print(used.ru_utime + used.ru_stime, peak / 1024)
sys.exit(code)
"""


def measure(arguments: list[str]) -> dict[str, object]:
    """Seconds of CPU, MiB at the peak, and what a command said first."""
    command = [sys.executable, "-c", INSIDE, *arguments]
    lines = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    seconds, peak = map(float, lines[-1].split())
    return {"cpu_seconds": round(seconds, 2), "peak_mib": round(peak, 1), "said": lines[0]}


def main() -> int:
    """Print what was measured; 1 when it is more than it may be."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "monitor.toml"
        base = f"http://127.0.0.1:{server.server_port}"  # the clock asks for holidays, too, and must not leave here
        config.write_text(f'[sources]\ntrade = "{base}"\nfederal_register = "{base}"\n', encoding="utf-8")
        begin(folder)
        options = ["--config", str(config), "--state", str(folder)]
        for label, changed in (("first poll", ""), ("changed list", " Renamed")):
            Answers.body = answer(changed)
            found[label] = measure([*options, "check", "--source", "screening", "--no-mail"])
            found[label]["bytes"] = len(Answers.body)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    over = [
        one
        for one in found.values()
        if float(str(one["cpu_seconds"])) > MOST_SECONDS or float(str(one["peak_mib"])) > MOST_MIB
    ]
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
