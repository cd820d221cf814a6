"""The forms of an answer that both example sites share."""

from typing import Any

import httpx
import msgspec

HTML_404 = "<!DOCTYPE html>\n<html><head><title>404 - Page Not Found</title></head><body><h1>404</h1></body></html>\n"


class NotAnsweredError(Exception):
    """The request cannot be answered with content; `response` is the answer of the real site."""

    def __init__(self, response: httpx.Response) -> None:
        """`response`: status and body of the refusal."""
        super().__init__(response.status_code)
        self.response = response


def json_answer(value: Any, status: int = 200) -> httpx.Response:
    """JSON with <, > and & escaped, as Rails does."""
    body = msgspec.json.encode(value)
    for character in b"<>&":
        body = body.replace(bytes([character]), b"\\u00%x" % character)
    return httpx.Response(status, content=body, headers={"Content-Type": "application/json; charset=utf-8"})


def text_answer(body: str, kind: str) -> httpx.Response:
    """A text of a content type."""
    return httpx.Response(200, content=body.encode(), headers={"Content-Type": kind})


def page_not_found() -> httpx.Response:
    """The Federal Register answers 404 with a page for people."""
    return httpx.Response(404, content=HTML_404.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
