"""www.federalregister.gov: published documents, public inspection, holidays and texts, as of a moment."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

import httpx

from monitor.commands.example import material
from monitor.commands.example.answers import NotAnsweredError, json_answer, page_not_found, text_answer
from monitor.commands.example.material import SampleDocument
from monitor.commands.example.rows import document_row, filing_row, full_text_url, known_fields, raw_text_url
from monitor.model.eastern import EASTERN, eastern_date

HOST = "www.federalregister.gov"
FIRST_FILING = time(8, 45)  # nothing is filed earlier in the day
ISSUE_APPEARS = time(6, 0)
XML_APPEARS = time(9, 10)  # until then only the catalog entry of a document is there
INDEX_FIELDS = (
    "abstract", "agencies", "document_number", "excerpts", "html_url", "pdf_url", "public_inspection_pdf_url",
    "publication_date", "title", "type",
)  # fmt: skip
PLAIN = "text/plain; charset=utf-8"
HEADERS = {
    "Cache-Control": "no-store, no-cache, must-revalidate, private",
    "Pragma": "no-cache",
    "Vary": "Accept-Encoding",
    "Access-Control-Allow-Origin": "*",
    "Age": "0",
}
CONDITIONS = {
    "conditions[agencies][]", "conditions[publication_date][gte]", "conditions[publication_date][lte]",
}  # fmt: skip


def answer(request: httpx.Request, now: datetime) -> httpx.Response:
    """What the site answers at a moment; 404 for requests that the demo does not make."""
    response = _route(request, now)
    response.headers.update(HEADERS)
    return response


def _route(request: httpx.Request, now: datetime) -> httpx.Response:
    path = request.url.path
    try:
        if path in ("/api/v1/documents.json", "/api/v1/documents"):
            return json_answer(_search(request, now))
        if path == "/api/v1/public-inspection-documents/current.json":
            return json_answer(_inspection(inspection_day(now), now))
        if path == "/api/v1/public-inspection-documents.json":
            return json_answer(_available_on(request.url.params.get("conditions[available_on]", ""), now))
        if path == "/api/v1/holidays.json":
            return json_answer({day.isoformat(): name for day, name in material.holidays().items()})
        return _text(path, now)
    except NotAnsweredError as error:
        return error.response


def at(day: date, hour: time) -> datetime:
    """A moment in Washington."""
    return datetime.combine(day, hour, EASTERN)


def published(document: SampleDocument, now: datetime) -> bool:
    """Whether the issue with a document has appeared."""
    return at(document.publication_date, ISSUE_APPEARS) <= now


def _search(request: httpx.Request, now: datetime) -> dict[str, Any]:
    """The envelope of CONTRACT.md §2.2 over the documents of the asked agencies in the asked issues."""
    query = request.url.params
    _check(query)
    fields = query.get_list("fields[]") or INDEX_FIELDS
    found = sorted(_found(query, now), key=lambda d: (d.publication_date, d.number), reverse=True)
    envelope: dict[str, Any] = {"description": _description(query), "count": len(found)}
    if not found:
        return envelope
    per_page, page = _number(query.get("per_page"), 2, 2000, 20), _number(query.get("page"), 1, 50, 1)
    envelope["total_pages"] = -(-len(found) // per_page)
    if page * per_page < len(found):
        envelope["next_page_url"] = _page_url(query, page + 1, per_page)
    if page > 1:
        envelope["previous_page_url"] = _page_url(query, page - 1, per_page)
    shown = found[(page - 1) * per_page : page * per_page]
    envelope["results"] = [_row(document, fields, now) for document in shown]
    return envelope


def _check(query: httpx.QueryParams) -> None:
    """Refuse conditions, agencies and fields that are unknown to the real site."""
    unknown = {key for key in query if key.startswith("conditions[") and key not in CONDITIONS}
    if unknown:
        names = {key.split("[")[1].rstrip("]"): "is not a valid field" for key in unknown}
        raise NotAnsweredError(json_answer({"errors": names}, 400))
    if not set(query.get_list("conditions[agencies][]")) <= set(material.agencies()):
        raise NotAnsweredError(json_answer({"errors": {"agencies": "invalid value"}}, 400))
    for name in query.get_list("fields[]"):
        if name not in known_fields():
            raise NotAnsweredError(json_answer({"status": 400, "message": f"field '{name}' not valid"}, 400))


def _found(query: httpx.QueryParams, now: datetime) -> Iterable[SampleDocument]:
    slugs = query.get_list("conditions[agencies][]")
    first = query.get("conditions[publication_date][gte]", "")
    last = query.get("conditions[publication_date][lte]", "9999")
    for document in material.documents():
        asked = not slugs or document.agency in slugs
        if asked and published(document, now) and first <= document.publication_date.isoformat() <= last:
            yield document


def _description(query: httpx.QueryParams) -> str:
    names = [material.agencies()[slug]["name"] for slug in query.get_list("conditions[agencies][]")]
    words = "Documents" + (" from " + ", ".join(names) if names else "")
    first = query.get("conditions[publication_date][gte]")
    return words + (f" published on or after {date.fromisoformat(first):%m/%d/%Y}" if first else "")


def _number(given: str | None, low: int, high: int, default: int) -> int:
    """A number out of bounds silently becomes the default (CONTRACT.md §2.1)."""
    return int(given) if given is not None and given.isdecimal() and low <= int(given) <= high else default


def _page_url(query: httpx.QueryParams, page: int, per_page: int) -> str:
    kept = [(key, value) for key, value in query.multi_items() if key not in ("page", "per_page", "format")]
    pairs = [*kept, ("format", "json"), ("page", str(page)), ("per_page", str(per_page))]
    return f"https://{HOST}/api/v1/documents?{urlencode(sorted(pairs))}"


def _row(document: SampleDocument, fields: Iterable[str], now: datetime) -> dict[str, Any]:
    row = document_row(document)
    if now < at(document.publication_date, XML_APPEARS):
        row |= {"full_text_xml_url": None, "action": None}
    return {name: row[name] for name in fields}


def inspection_day(now: datetime) -> date:
    """The day of the newest list: today's from the first filing on, else that of the business day before."""
    local = now.astimezone(EASTERN)
    today = local.date()
    if material.is_business_day(today) and local.time() >= FIRST_FILING:
        return today
    return material.business_day(today, -1)


def _available_on(given: str, now: datetime) -> dict[str, Any]:
    """What was on file on a day; nothing on one without an issue."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise NotAnsweredError(json_answer({"status": 500, "message": "Internal Server Error"}, 500)) from None
    if not material.is_business_day(day) or day > inspection_day(now):
        return {"count": 0, "results": []}
    return _inspection(day, now)


def _inspection(day: date, now: datetime) -> dict[str, Any]:
    """The envelope of CONTRACT.md §3.2: everything filed by then and not yet printed."""
    filed = [d for d in material.documents() if d.filed_at <= now and eastern_date(d.filed_at) <= day]
    listed = [d for d in filed if d.publication_date > day]
    morning = at(day, FIRST_FILING)
    newest = max([morning, *(d.filed_at for d in listed if d.filing_type == "special")])
    return {
        "count": len(listed),
        "results": [filing_row(document, day) for document in listed],
        "special_filings_updated_at": newest.astimezone(EASTERN).isoformat(timespec="milliseconds"),
        "regular_filings_updated_at": morning.isoformat(timespec="milliseconds"),
    }


def _text(path: str, now: datetime) -> httpx.Response:
    """The text of a document as filed or as printed, once it has appeared."""
    url = f"https://{HOST}{path}"
    for document in material.documents():
        printed, number = at(document.publication_date, XML_APPEARS), document.number
        if url == raw_text_url(document) and now >= document.filed_at:
            return text_answer(material.text(f"inspection/{number}.txt"), PLAIN)
        if url == full_text_url(document, "text") and now >= printed:
            return text_answer(material.text(f"published/{number}.txt"), PLAIN)
        if url == full_text_url(document, "xml") and now >= printed:
            return text_answer(material.text(f"full_text/{number}.xml"), "text/xml")
    return page_not_found()
