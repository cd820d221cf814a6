"""What reading and diffing a full list costs; `make bench` runs it.

The list is made here in the form and size of the Entity List of 2026: 3,400 entries, 2.2 MB. Every figure is
taken in a process of its own, as a poll is one: the first run counts, with cold caches.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROWS = 3_400
REMOVED = 60
CELL = '<TD align="left" class="gpotbl_cell">'
COUNTRIES = (
    "AFGHANISTAN",
    "CHINA, PEOPLE'S REPUBLIC OF",
    "IRAN",
    "PAKISTAN",
    "RUSSIA",
    "TURKEY",
    "UNITED ARAB EMIRATES",
)
STREETS = (
    "Nathan Road, Kowloon, Hong Kong",
    "Lenina Street, Moscow, 119071, Russia",
    "Zhongguancun Street, Haidian District, Beijing, China",
)
REQUIREMENTS = (
    "For all items subject to the EAR. (See § 744.11 of the EAR)",
    "For all items subject to the EAR. (See §§ 734.9(g),<sup>3</sup> 746.8(a)(3), and 744.21(b) of the EAR)",
)
DENIAL = (
    "Policy of denial for all items subject to the EAR apart from food and medicine designated as EAR99, "
    "which will be reviewed on a case-by-case basis. See §§ 746.8(b) and 744.21(e)"
)
POLICIES = ("Presumption of denial.", DENIAL)


def entity(n: int) -> str:
    """Make the entity cell of the nth entry: every second one has aliases, every fifth many addresses."""
    count = 4 if n % 5 == 0 else 1
    places = "; <I>and</I> ".join(f"Room {n % 97}{p}, {p}/F, {n} {STREETS[(n + p) % 3]}" for p in range(count))
    name = f"Enterprise {n} Technology Co., Ltd. (E{n})"
    if n % 2:
        return f"{name}, {places}."
    return (
        f"{name}, a.k.a., the following two aliases:<br/>\n"
        f"—Enterprise {n} Scientific Research; <I>and</I><br/>\n"
        f"—E{n} Technology and Trading Limited.<br/>\n{places}. (See alternate address under Turkey)."
    )


def supplement(skip: range = range(0), extra: str = "") -> bytes:
    """Make the whole list; `skip` leaves entries out, `extra` is put into every hundredth address."""
    lines: list[str] = []
    last = ""
    for n in range(ROWS):
        if n in skip:
            continue
        country = COUNTRIES[n * len(COUNTRIES) // ROWS]
        text = entity(n) + (extra if n % 100 == 0 else "")
        citation = f"{80 + n % 10} FR {10000 + n}, {n % 12 + 1}/{n % 28 + 1}/{15 + n % 10}."
        kind = n % 3 == 0
        printed = (country if country != last else "", text, REQUIREMENTS[kind], POLICIES[kind], citation)
        lines.append(f"<TR>{''.join(f'{CELL}{cell}</TD>' for cell in printed)}</TR>\n")
        last = country
    heads = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
    head = "".join(f'<TH class="gpotbl_colhed">{h}</TH>' for h in heads)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX">\n'
        f"<HEAD>Supplement No. 4 to Part 744—Entity List</HEAD>\n<DIV><TABLE><THEAD><TR>{head}</TR></THEAD>\n"
        f"<TBODY>\n{''.join(lines)}</TBODY></TABLE></DIV>\n</DIV9>\n"
    ).encode()


def peak_mib() -> float:
    """Return the most memory that this process ever held; 0 where the system does not say."""
    status = Path("/proc/self/status")  # getrusage would count the parent's memory before exec, too
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def timed(work: Callable[[], object]) -> float:
    """Run once and return the CPU seconds."""
    start = time.process_time()
    result = work()
    seconds = time.process_time() - start
    del result
    return seconds


def measure_interpreter(_: Path) -> dict[str, float]:
    """Measure a process that does nothing."""
    return {"s": 0.0}


def measure_read(folder: Path) -> dict[str, float]:
    """Measure read_list on the full list."""
    from monitor.law.lists import read_list

    body = (folder / "before.xml").read_bytes()
    return {"s": timed(lambda: read_list(body)), "bytes": len(body)}


def measure_parse(folder: Path) -> dict[str, float]:
    """Measure iterparse behind the same guard, on the same bytes, doing nothing with them."""
    from defusedxml.ElementTree import iterparse

    body = (folder / "before.xml").read_bytes()

    def parse() -> None:
        for _, element in iterparse(BytesIO(body), events=("start", "end")):
            element.clear()

    return {"s": timed(parse)}


def measure_diff(folder: Path) -> dict[str, float]:
    """Measure changes() between two full lists that were read."""
    from monitor.diff import changes
    from monitor.law.lists import read_list

    before, after = (read_list((folder / f"{name}.xml").read_bytes()).entries for name in ("before", "after"))
    return {"s": timed(lambda: changes(before, after)), "changes": len(changes(before, after))}


MEASURES = {
    "interpreter": measure_interpreter,
    "read": measure_read,
    "parse": measure_parse,
    "diff": measure_diff,
}


def in_a_process_of_its_own(name: str, folder: Path, runs: int = 5) -> dict[str, float]:
    """Return the figures of the quickest of some runs, each in a fresh process."""
    command = [sys.executable, __file__, name, str(folder)]
    outputs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(runs)]
    return min((json.loads(output) for output in outputs), key=lambda figures: float(figures["s"]))


def report(folder: Path) -> str:
    """Return every figure beside its goal."""
    (folder / "before.xml").write_bytes(supplement())
    changed = supplement(skip=range(10, 10 + REMOVED), extra="; <I>and</I> 5 New Road, Minsk, Belarus")
    (folder / "after.xml").write_bytes(changed)
    interpreter, read, parse, diff = (in_a_process_of_its_own(name, folder) for name in MEASURES)
    figures = {
        "read, CPU s": (read["s"], 0.30),
        "read, MiB above the interpreter": (read["peak"] - interpreter["peak"], 30.0),
        "read, times a bare iterparse": (read["s"] / parse["s"], 2.5),
        f"diff ({diff['changes']:.0f} changes), CPU s": (diff["s"], 0.15),
    }
    lines = [f"{ROWS:,} entries, {read['bytes'] / 1e6:.1f} MB; bare iterparse {parse['s']:.3f} s"]
    for what, (figure, goal) in figures.items():
        lines.append(f"{what:>34}: {figure:6.3f}  {'within' if figure <= goal else 'BEYOND'} the goal of {goal}")
    return "\n".join(lines)


def main() -> None:
    """Measure one thing, where a process was started for it, or else print the report."""
    if len(sys.argv) > 2:
        figures = MEASURES[sys.argv[1]](Path(sys.argv[2]))
        sys.stdout.write(json.dumps(figures | {"peak": peak_mib()}))
        return
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(report(Path(folder)) + "\n")


if __name__ == "__main__":
    main()
