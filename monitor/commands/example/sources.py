"""The example sources behind one handler, for httpx.MockTransport in place of the network."""

from datetime import datetime, time

import httpx

from monitor.commands.example import ecfr, material, register
from monitor.commands.example.answers import page_not_found

ECFR_IS_ASKED = time(9, 30)


class SampleSources:
    """The Federal Register and the eCFR as they answer at `moment`, which the caller moves."""

    def __init__(self, moment: datetime | None = None) -> None:
        """`moment`: aware, the first of `moments()` if not given; what happens later is not shown."""
        self.moment = material.timeline()[0].at if moment is None else moment

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Answer a GET of the real hosts; 404 for everything else."""
        if request.method == "GET" and request.url.host == register.HOST:
            return register.answer(request, self.moment)
        if request.method == "GET" and request.url.host == ecfr.HOST:
            return ecfr.answer(request, self.moment)
        return page_not_found()

    @staticmethod
    def moments() -> list[tuple[datetime, str]]:
        """The moments to poll, oldest first, each with what happens: about fifty, some of them without changes."""
        labels: dict[datetime, list[str]] = {}
        for stop in material.timeline():
            labels.setdefault(stop.at, []).append(stop.label)
        beginning = min(labels)
        for at, label in _events():
            if at > beginning:
                labels.setdefault(at, []).append(label)
        return [(at, "; ".join(labels[at])) for at in sorted(labels)]


def _events() -> list[tuple[datetime, str]]:
    """Every filing, every publication, and every day on which the eCFR follows."""
    found = []
    for document in material.documents():
        printed = register.at(document.publication_date, register.ISSUE_APPEARS)
        found.append((document.filed_at, f"filed: {document.label}"))
        found.append((printed, f"published: {document.label}"))
    for day, names in ecfr.arrivals().items():
        found.append((register.at(day, ECFR_IS_ASKED), f"in the eCFR: {' and '.join(sorted(names))}"))
    return found
