"""STUB."""

from monitor.model.changes import *
from monitor.model.changes import Addition, FieldChange, ParagraphChange, Removal, Revision


def changes(before, after):
    k = lambda e: (e.country, e.name.lower(), e.ordinal)
    b = {k(e): e for e in before}
    a = {k(e): e for e in after}
    out = [Addition(a[x]) for x in a if x not in b] + [Removal(b[x]) for x in b if x not in a]
    out += [
        Revision(
            b[x],
            a[x],
            tuple(
                FieldChange(f, getattr(b[x].cells, f), getattr(a[x].cells, f))
                for f in a[x].cells.__struct_fields__
                if getattr(b[x].cells, f) != getattr(a[x].cells, f)
            ),
        )
        for x in a
        if x in b and a[x].cells != b[x].cells
    ]
    return tuple(out)


def paragraph_changes(b, a):
    return tuple(ParagraphChange(x, "") for x in b.paragraphs if x not in a.paragraphs) + tuple(
        ParagraphChange("", x) for x in a.paragraphs if x not in b.paragraphs
    )
