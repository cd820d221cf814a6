"""STUB until the exact reader arrives."""

import io
from xml.etree.ElementTree import iterparse

from monitor.model.entries import Cells, Entry, EntryList, Text


def read_supplement(body: bytes) -> EntryList | Text:
    rows = []
    head = ""
    paras = []
    country = ""
    seen = {}
    for _, el in iterparse(io.BytesIO(body)):
        t = " ".join("".join(el.itertext()).split())
        if el.tag == "TR":
            c = [" ".join("".join(td.itertext()).split()) for td in el if td.tag == "TD"]
            if len(c) == 5:
                country = c[0] or country
                name = c[1].split(",")[0]
                k = (country, name.lower())
                seen[k] = seen.get(k, 0) + 1
                rows.append(Entry(country=country, name=name, ordinal=seen[k], cells=Cells(c[1], c[2], c[3], c[4])))
        elif el.tag == "HEAD":
            head = t
        elif el.tag == "P":
            paras.append(t)
    return EntryList(heading=head, entries=tuple(rows)) if rows else Text(heading=head, paragraphs=tuple(paras))
