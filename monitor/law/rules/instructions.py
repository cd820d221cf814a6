"""Read the instructions to the lists: which entries of which country are added, revised, removed."""

import re

from msgspec import Struct

from monitor.law.rules.amendments import Amendment
from monitor.law.rules.destinations import DESTINATION, heading
from monitor.law.rules.items import Item, items_of
from monitor.law.rules.numbers import NUMBER, number
from monitor.law.rules.quoted import NAME, mask_names
from monitor.model.rules import Action, Instruction, Kind

_VERBS = {
    "add": Action.ADD,
    "insert": Action.ADD,
    "revis": Action.REVISE,
    "modif": Action.REVISE,
    "correct": Action.REVISE,
    "amend": Action.REVISE,
    "updat": Action.REVISE,
    "remov": Action.REMOVE,
    "delet": Action.REMOVE,
}
_STEM = "|".join(_VERBS)

_KNOWN_VERB = rf"\b(?P<verb>(?i:{_STEM}))(?:e|ing|ed|es|s|y|ying)?\b"
_OTHER_VERB = (
    r"\bby\s+(?P<by>[a-z]+ing)\b"
    r"|\b(?P<doing>[A-Za-z]+)\s+(?:the|an|a)\s+(?:\w+\s+)?entr(?:y|ies)\b(?<!in the entry)(?<!in the entries)"
)
_SMALL = r"(?:(?:of|the|and|OF|THE|AND)\s+)*"
_CAPITALS = rf"[A-Z][A-Z'’]+(?:[ ,.\-]+{_SMALL}[A-Z][A-Z'’]+)*"
_TITLED = (
    rf"(?!Supplement|Part|Section|License|Federal|General|Country)[A-Z][\w'’\-]+"
    rf"(?:\s+{_SMALL}[A-Z][\w'’\-]+)*"
)
_AFTER_COUNTRY = (
    rf"(?=\s*(?:\([A-Za-z.' ]+\))?\s*(?:[,:;.]|$|\n|\bby\b|\band\b|\b(?:{_STEM})|⟦|\bto\b|\bin\b"
    rf"|\ban?\b|\bthe\b"
    rf"|\b{NUMBER}\b|\bentr))"
)
_COUNTRY = (
    r"\b(?:[Uu]nder|[Ff]or the (?:country|destinations?) of)\s+(?:the\s+)?(?:(?:heading|countr(?:y"
    r"|ies)|destinations?)"
    rf"\s+(?:(?:of|for)\s+)?)?(?:the\s+)?[“]?(?P<country>(?i:{DESTINATION}){_AFTER_COUNTRY}"
    rf"|{_CAPITALS}{_AFTER_COUNTRY}"
    rf"|{_TITLED}(?=\s*[,:]))"
)
_COUNT = (
    rf"\b(?P<count>an?|{NUMBER})\s+(?:(?:new|existing|additional|other|more)\s+)*"
    r"(?:entry|entries|entities|entity|persons?)\b"
)
_EVENT = re.compile(
    rf"{NAME.pattern.replace('(', '(?P<name>', 1)}|(?P<cut>\bto read as follows\b)"
    r"|(?P<inside>\b(?i:in|to|from|of|within) the (?:existing )?entr(?:y|ies)\b)"
    rf"|{_KNOWN_VERB}|{_COUNT}|{_OTHER_VERB}|{_COUNTRY}"
    r"|(?P<detail>\b(?:alias(?:es)?|address(?:es)?|phrases?|words?|text|columns?|citations?"
    r"|references?|footnotes?"
    r"|in its place|sentences?|paragraphs?|dates?)\b)|(?P<entry>\bentr(?:y|ies)\b)",
    re.MULTILINE,
)
_IN_THE_ENTRY = "in the entry"
_IGNORED = {
    "following",
    "according",
    "referencing",
    "using",
    "including",
    "in",
    "to",
    "from",
    "of",
    "under",
    "for",
    "with",
}
_SWEEP = re.compile(r"\bcolumns?\b")
_BARE = re.compile(r"\bentr(?:y|ies)\s+for\s+(?!⟦)(?P<names>\S.*)$", re.DOTALL)
_BARE_END = re.compile(
    r",?\s+(?:and\s+)?by\s+\w+ing\b|\s+under\s+(?:the\s+)?[A-Z]|\s+to read as follows|\n", re.DOTALL
)
_BETWEEN = re.compile(r"^[;,]\s*(?:and\s+)?(?P<name>[A-Z0-9][^;]*?)[;,]?\s*(?:and\s*)?$", re.DOTALL)


class InstructionReading(Struct, frozen=True):
    """What the instructions to the lists say, and the parts that could not be read, each a sentence."""

    instructions: tuple[Instruction, ...]
    unread: tuple[str, ...]


class _Clause(Struct):
    """One verb of an item with what stands after it; `parts` are countries and names in their order."""

    action: Action | None
    verb: str
    before: str  # the country that governs it from outside
    text: str = ""
    parts: list[tuple[str, str]] = []
    entries: bool = False  # it speaks of entries
    within: bool = False  # it changes something in an entry named before
    passed_over: bool = False  # it gives names that it does not call entries
    detail: bool = False  # it speaks of a part of an entry
    count: int | None = None

    @property
    def names(self) -> list[str]:
        """The entries that it names."""
        return [value for kind, value in self.parts if kind == "name"]


def read_instructions(amendments: tuple[Amendment, ...]) -> InstructionReading:
    """The instructions to the entries of the lists, in order; those to other provisions are not looked at."""
    found: list[Instruction] = []
    unread: list[str] = []
    for amendment in amendments:
        if amendment.list is None or amendment.list is Kind.VEU:
            continue
        masked, names = mask_names(amendment.text)
        for item in items_of(masked):
            label = ".".join(part for part in (amendment.number, *item.path) if part)
            place = f"Instruction {label} (“{_short(_shown(item.text, names))}”)"
            for clause in _clauses(item, names):
                _settle(clause, place, unread)
                found += _instructions(clause, amendment.list, label, _shown(clause.text, names))
    return InstructionReading(tuple(found), tuple(unread))


def _shown(masked: str, names: list[str]) -> str:
    return NAME.sub(lambda token: f"“{names[int(token[1])]}”", masked)


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:119].rsplit(" ", 1)[0] + " …"


def _clauses(item: Item, names: list[str]) -> list[_Clause]:
    """The clauses of an item: one for each verb, or one under the verb of the item above it."""
    country, above = _from_above(item)
    clauses: list[_Clause] = []
    current = _Clause(above.action, above.verb, country, entries=above.entries) if above else None
    start = 0
    for event in _EVENT.finditer(item.text):
        verb = _verb(event)
        if verb is not None:
            country = _close(current, item.text[start : event.start()], clauses, country)
            within = current is not None and (current.within or current.verb == _IN_THE_ENTRY)
            current = _Clause(_VERBS.get(verb), verb, country, entries=bool(event["doing"]), within=within)
            start = event.start()
        elif current is not None:
            _take(current, event, names)
        elif event["country"]:
            country = heading(event["country"])
        elif event["inside"]:
            current, start = _Clause(Action.REVISE, _IN_THE_ENTRY, country, entries=True), event.start()
    _close(current, item.text[start:], clauses, country)
    return clauses


def _close(clause: _Clause | None, text: str, clauses: list[_Clause], country: str) -> str:
    """Put a clause with its text to the others; the country that governs what follows."""
    if clause is None:
        return country
    clause.text = text.strip(" ,;\n")
    clauses.append(clause)
    return _governing(clause)


def _verb(event: re.Match[str]) -> str | None:
    """The verb that an event is, by its stem where it is known; None for any other event."""
    if event["verb"]:
        return event["verb"].lower()
    word = (event["by"] or event["doing"] or "").lower()
    if not word or word in _IGNORED:
        return None
    known = re.fullmatch(rf"({_STEM})(?:e|ing|ed|es|s|y|ying)?", word)
    return known[1] if known else word


def _from_above(item: Item) -> tuple[str, _Clause | None]:
    """The country and the open verb that an item stands under."""
    country, clause = "", None
    for text in item.above:
        for event in _EVENT.finditer(text):
            if event["country"]:
                country = heading(event["country"])
            verb = _verb(event)
            if verb is not None:
                clause = _Clause(_VERBS.get(verb), verb, country)
            elif clause is not None and (event["entry"] or event["count"]):
                clause.entries = True
    open_ended = clause is not None and clause.entries and bool(re.search(r"(?:for|:)\s*$", item.above[-1]))
    return country, clause if open_ended else None


def _take(clause: _Clause, event: re.Match[str], names: list[str]) -> None:
    if event["country"]:
        clause.parts.append(("country", heading(event["country"])))
    elif event["detail"]:
        clause.detail, clause.entries = True, False
    elif event["inside"]:
        clause.action, clause.entries, clause.detail = Action.REVISE, True, False
    elif event["count"]:
        clause.entries, clause.detail = True, False
        clause.count = number(event["count"])
    elif event["entry"] or event["doing"]:
        clause.entries, clause.detail = True, False
    elif event["name"] and (
        clause.entries or (clause.action is Action.ADD and not (clause.detail or clause.within))
    ):
        clause.parts.append(("name", names[int(event["name"])]))
    elif event["name"] and not (clause.detail or clause.within):
        clause.passed_over = True


def _governing(clause: _Clause) -> str:
    """The country that governs what follows a clause."""
    countries = [value for kind, value in clause.parts if kind == "country"]
    trailing = not clause.before and clause.parts and clause.parts[0][0] == "name"
    return countries[-1] if countries and not trailing else clause.before


def _settle(clause: _Clause, place: str, unread: list[str]) -> None:
    """Supply names without quotation marks, and say what of a clause cannot be read."""
    bare = _BARE.search(clause.text)
    if not clause.names and clause.action is not None and bare is not None:
        _take_bare(clause, bare["names"], place, unread)
    says_something = bool(clause.names) or clause.count is not None or clause.entries
    if clause.action is None and says_something:
        unread.append(f"{place} uses a verb this reader does not know: “{clause.verb}”.")
    elif clause.passed_over and clause.before and clause.verb != "amend":
        unread.append(f"{place} gives names in quotation marks and does not call them entries.")
    elif clause.names and not all(country for country, _ in _located(clause)):
        unread.append(f"{place} names entries without a country.")


def _take_bare(clause: _Clause, text: str, place: str, unread: list[str]) -> None:
    end = _BARE_END.search(text)
    names = [name.strip(" ,.") for name in re.split(r";\s*(?:and\s+)?", text[: end.start() if end else None])]
    names = [re.sub(r"\s+and$", "", name).strip(" ,") for name in names if name.strip(" ,.")]
    plural = bool(re.search(r"\bentries\s+for\b", clause.text))
    if plural and len(names) == 1 and re.search(r",| and ", names[0]):
        unread.append(f"{place} lists names without quotation marks; where one ends cannot be told.")
        return
    clause.parts[:0] = [("name", name) for name in names]


def _located(clause: _Clause) -> list[tuple[str, str]]:
    """Each name of a clause with its country, empty where none is given."""
    suffixed = not clause.before and bool(clause.parts) and clause.parts[0][0] == "name"
    parts = list(reversed(clause.parts)) if suffixed else clause.parts
    country, located = clause.before, []
    for kind, value in parts:
        if kind == "country":
            country = value
        else:
            located.append((country, value))
    return list(reversed(located)) if suffixed else located


def _instructions(clause: _Clause, list_: Kind, label: str, quote: str) -> list[Instruction]:
    if clause.action is None:
        return []
    by_country: dict[str, list[str]] = {}
    for country, name in _located(clause):
        by_country.setdefault(country, []).append(name)
    if not by_country and clause.count is None:
        return []
    if not by_country:
        countries = [value for kind, value in clause.parts if kind == "country"]
        by_country = {(countries[-1] if countries else clause.before): []}
    return [
        Instruction(
            number=label,
            list=list_,
            action=clause.action,
            country=country,
            names=tuple(names),
            count=None if names else clause.count,
            sweep=not names and bool(_SWEEP.search(clause.text)),
            quote=quote,
        )
        for country, names in by_country.items()
    ]
