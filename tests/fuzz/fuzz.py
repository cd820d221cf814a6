"""Mutated answers for every reader: only our own errors may come out, within a second and 200 MiB.

    python tests/fuzz/fuzz.py --seconds 600 [--reader NAME] [--seed N]

Takes real bodies from the corpus in ../shared where it is there, and the tests' own files otherwise; cuts, doubles,
swaps and replaces bytes, tags and JSON values. A crasher is written to the folder `--keep` with the reader's name.
"""

import argparse
import json
import logging
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

from monitor.law.complete import check_complete
from monitor.law.rules.reading import read_rule
from monitor.law.supplement import read_supplement
from monitor.model.errors import MonitorError
from monitor.model.rules import RuleMetadata
from monitor.sources import bis, calendar, ecfr, inspection, published, screening
from monitor.sources.web_page import links_of, main_content, read_text, soup_of

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
DATA = ROOT / "tests" / "data"
MOST_SECONDS = 1.0
MOST_MIB = 200.0
LARGEST = 400_000  # bytes of a body that is mutated: what takes a second at full size is slow here, too
BASE = "https://www.federalregister.gov"
Reader = Callable[[bytes], object]
NASTY: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 10**40, "", " ", "\0", "\u202e", "../../x", "'; DROP TABLE poll;--", "{{7*7}}",
    "x" * 10_000, [], {}, "2019-02-30", "0000-00-00", "9999-12-31", "2019-05-16T16:15:00", "\ud7ff", "<script>",
    [[]], {"a": {"b": []}},
)  # fmt: skip
PIECES = (
    b"<", b">", b"&", b"&#0;", b"&lt;", b"<br/>", b"<TR>", b"</TR>", b"<TD>", b"</TD>", b"<GPOTABLE>", b"</RULE>",
    b"<![CDATA[", b"]]>",
    b"<!--", b"-->", b"<!DOCTYPE x>", b"<?x?>", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"(", b")", b"((((((((", b",,,,",
    b";;;;", b" " * 200,
    b"a.k.a., ", b"the following two aliases:", b"\n", b"  FR  ", b"99999999999999999999", b"[FR Doc. ",
    b"January 32, 2019", b"1. ", b"-" * 300,
)  # fmt: skip


class TookTooLongError(Exception):
    """A reader was still at work when its second was over."""


def metadata() -> RuleMetadata:
    """What is known of a rule beside its text."""
    return RuleMetadata(document_number="2031-01234", title="Addition of Entities to the Entity List", type="Rule")


def rule(body: bytes) -> object:
    """All that is read of a rule as printed."""
    check_complete(body)
    return read_rule(body, metadata())


def page(body: bytes) -> object:
    """All that is read of a page."""
    return read_text(body, "text/html"), list(
        links_of(main_content(soup_of(body, "text/html")), "https://www.bis.gov/x")
    )


READERS: dict[str, tuple[Reader, str]] = {
    "list": (read_supplement, "xml"),
    "rule-xml": (rule, "xml"),
    "rule-text": (lambda body: read_rule(body, metadata()), "text"),
    "inspection": (inspection.read, "json"),
    "published": (lambda body: published.read_page(body, BASE), "json"),
    "titles": (ecfr.read_as_of, "json"),
    "structure": (ecfr.read_sentinels, "json"),
    "absent": (ecfr.check_absent, "json"),
    "screening": (screening.read, "json"),
    "holidays": (calendar.read_holidays, "json"),
    "bis-releases": (lambda body: bis.read_releases(body, "text/html", "https://www.bis.gov/news-updates"), "text"),
    "bis-notices": (lambda body: bis.read_notices(body, "text/html"), "text"),
    "page": (page, "text"),
}


def answer_of(replay: Any, path: str) -> bytes:
    """What the replay of the public sources says."""
    import httpx

    return httpx.get(f"{replay.url}{path}", headers={"Accept-Encoding": "gzip"}).content


def seeds() -> dict[str, list[bytes]]:
    """Real bodies for each reader."""
    pages = sorted(CORPUS.glob("bis/*/**/*.html"))[::6]
    rules = sorted(CORPUS.glob("xml/*.xml"), key=lambda path: path.stat().st_size)[-400::20] + sorted(
        DATA.glob("rules/**/*.xml")
    )
    found = {
        "list": [
            path.read_bytes()
            for path in (*sorted(DATA.glob("lists/**/*.xml")), *sorted(CORPUS.glob("supplements/7*/*.xml"))[:8])
        ],
        "rule-xml": [path.read_bytes() for path in rules],
        "rule-text": [
            path.read_bytes()
            for path in (*sorted(CORPUS.glob("pi_text/*.txt"))[::8], *sorted(DATA.glob("rules/**/*.txt")))
        ],
        "absent": [b'{"error": "No matching content found."}'],
        "holidays": [b'{"2019-05-27": "Memorial Day", "2019-07-04": "Independence Day"}'],
        "page": [path.read_bytes() for path in pages],
    }
    found["bis-releases"] = found["bis-notices"] = found["page"]
    if CORPUS.is_dir():
        found |= from_replay()
    return {name: [body for body in bodies if 0 < len(body) <= LARGEST] for name, bodies in found.items() if bodies}


def from_replay() -> dict[str, list[bytes]]:
    """The JSON of the sources, small enough to be mutated often."""
    sys.path.insert(0, str(CORPUS.parent / "replay"))
    from replay import Corpus, Replay

    with Replay(Corpus(CORPUS), "2019-05-22T12:00:00-04:00") as replay:
        register, versioner = "/federalregister/api/v1", "/ecfr/api/versioner/v1"
        search = published.first_page_url("", date(2019, 5, 1)).removeprefix("/api/v1").replace(BASE, "")
        rows = json.loads((CORPUS / "csl" / "2019-05-20T101504Z.json").read_bytes())
        body = answer_of(replay, f"{register}{search}").replace(f"{replay.url}/federalregister".encode(), BASE.encode())
        return {
            "inspection": [answer_of(replay, f"{register}/public-inspection-documents/current.json")],
            "published": [body],
            "titles": [answer_of(replay, f"{versioner}/titles.json")],
            "structure": [answer_of(replay, f"{versioner}/structure/2019-05-20/title-15.json")],
            "screening": [json.dumps(rows | {"results": rows["results"][::40]}).encode()],
        }


def mutated(body: bytes, kind: str, chance: random.Random, others: list[bytes]) -> bytes:
    """One body after a few accidents."""
    if kind == "json" and chance.random() < 0.7:
        return with_other_values(body, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        body = accident(body, chance, others)
    return body


def accident(body: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Cut, double, drop, swap or insert something."""
    start, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    end = min(end, start + chance.choice((1, 5, 50, 500, 5_000)))
    inserts = (
        b"",
        body[start:end] * chance.choice((2, 3, 50)),
        chance.choice(PIECES) + body[start:end],
        chance.choice(PIECES) * chance.choice((1, 50, 2_000)),
        bytes(chance.randrange(256) for _ in range(min(end - start, 60))),
        chance.choice(others)[start:end],
    )
    return body[:start] if chance.randrange(7) == 0 else body[:start] + chance.choice(inserts) + body[end:]


def with_other_values(body: bytes, chance: random.Random) -> bytes:
    """JSON with one to three of its values replaced, dropped, doubled or nested."""
    value = json.loads(body)
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = list(places_in(value, chance))
        if not places:
            break
        holder, key = chance.choice(places)
        match chance.randrange(4):
            case 0:
                holder[key] = chance.choice(NASTY)
            case 1:
                del holder[key]
            case 2:
                holder[key] = [holder[key]] * chance.choice((1, 3))
            case _:
                holder[key] = {"x": holder[key]}
    return json.dumps(value).encode()


def places_in(value: Any, chance: random.Random) -> Iterator[tuple[Any, Any]]:
    """Some of the places of a JSON value, deep ones as well as high ones."""
    todo, seen = [value], 0
    while todo and seen < 400:
        holder = todo.pop(chance.randrange(len(todo)))
        keys: list[Any] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        for key in chance.sample(keys, min(len(keys), 12)):
            seen += 1
            yield holder, key
            if isinstance(holder[key], dict | list):
                todo.append(holder[key])


def give_up(_number: int, _frame: FrameType | None) -> None:
    """End a reader that hangs."""
    raise TookTooLongError


def fault_of(reader: Reader, body: bytes, most: float) -> str | None:
    """What is wrong with how a reader took a body; None where it read it in time, or refused it as it should."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, 10 * most)
    try:
        reader(body)
    except MonitorError:
        pass
    except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    taken = time.process_time() - started
    return f"took {taken:.2f} s of CPU" if taken > most else None


def peak() -> float:
    """MiB of this process at its peak."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """1 when anything was found."""
    parser = argparse.ArgumentParser(description="Mutated answers for every reader.")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=float, default=MOST_SECONDS, help="seconds of CPU for one body")
    parser.add_argument("--reader", choices=READERS)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fedreg-monitor-fuzz")
    wanted = parser.parse_args()
    signal.signal(signal.SIGPROF, give_up)
    logging.disable()  # Beautiful Soup says of every page that some of its characters are none
    bodies = seeds()
    names = [name for name in READERS if name in bodies and wanted.reader in (None, name)]
    chance, begun, before = random.Random(wanted.seed), time.monotonic(), peak()
    tried, found = dict.fromkeys(names, 0), set[str]()
    while time.monotonic() - begun < wanted.seconds:
        for name in names:
            reader, kind = READERS[name]
            body = mutated(chance.choice(bodies[name]), kind, chance, bodies[name])
            tried[name] += 1
            if (fault := fault_of(reader, body, wanted.most)) is None:
                continue
            last = " ".join(fault.strip().splitlines()[-3:])
            if f"{name}: {last}" not in found:
                found.add(f"{name}: {last}")
                wanted.keep.mkdir(parents=True, exist_ok=True)
                file = wanted.keep / f"{name}-{zlib.crc32(body):08x}"
                file.write_bytes(body)
                sys.stdout.write(f"{name}: {file}\n{fault}\n")
                sys.stdout.flush()
    grown = peak() - before
    sys.stdout.write(
        f"{sum(tried.values()):,} bodies, {len(found)} faults, {grown:.0f} MiB more than at the start: {tried}\n"
    )
    return 1 if found or grown > MOST_MIB else 0


if __name__ == "__main__":
    sys.exit(main())
