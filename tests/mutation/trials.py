"""Trials: a kind, or two in a row, on a document, and what came of it."""

import difflib
import re
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from itertools import combinations, islice
from random import Random

from kind import Expected, Form
from kinds import KINDS, Kind
from msgspec import Struct
from outcomes import Facts, Outcome, differences, facts_of, verdict
from seeds import Seed, seeds

_BY_NAME = {kind.name: kind for kind in KINDS}


class Trial(Struct, frozen=True):
    """Kinds in the order in which they are applied, on the document of that place among the seeds."""

    kinds: tuple[str, ...]
    seed: int

    @property
    def name(self) -> str:
        """The kinds, joined."""
        return " + ".join(self.kinds)

    @property
    def keeps(self) -> bool:
        """Whether the information is kept through all of them."""
        return all(_BY_NAME[name].keeps for name in self.kinds)

    @property
    def expected(self) -> Expected:
        """What may become of the facts."""
        named = {_BY_NAME[name].expected for name in self.kinds}
        return Expected.TWO_SPELLINGS if Expected.TWO_SPELLINGS in named else Expected.UNCHANGED


class Result(Struct, frozen=True):
    """A trial whose kinds applied, what it came to, and for a wrong one what differs."""

    trial: Trial
    number: str
    outcome: Outcome
    facts: list[str] = []
    text: list[str] = []


def selected(*, held_out: bool) -> list[Kind]:
    """The quarter that is held out, or the others."""
    return [kind for kind in KINDS if kind.held_out is held_out]


def singles(chosen: Iterable[Kind]) -> Iterator[Trial]:
    """Every kind on every document of its form."""
    for kind in chosen:
        yield from (Trial((kind.name,), i) for i, seed in enumerate(seeds()) if seed.form is kind.form)


def pairs(chosen: list[Kind], count: int, random: Random) -> Iterator[Trial]:
    """A sample of two kinds of the same form on a document; of two losses only one is taken."""
    forms = {form: [kind for kind in chosen if kind.form is form] for form in Form}
    places = [(i, seed.form) for i, seed in enumerate(seeds()) if len(forms[seed.form]) > 1]
    for _ in range(count):
        place, form = random.choice(places)
        first, second = random.sample(forms[form], 2)
        if first.keeps or second.keeps:
            yield Trial((first.name, second.name), place)


def all_pairs(chosen: list[Kind], random: Random, *, documents: int = 2) -> Iterator[Trial]:
    """Every two kinds of the same form, in an order of chance, on some documents each."""
    places = {form: [i for i, seed in enumerate(seeds()) if seed.form is form] for form in Form}
    for first, second in combinations(chosen, 2):
        if first.form is second.form and (first.keeps or second.keeps):
            names = [first.name, second.name]
            random.shuffle(names)
            yield from (Trial(tuple(names), place) for place in random.sample(places[first.form], documents))


def varied(trial: Trial, salt: int) -> str | None:
    """The text of the document after the kinds of a trial; None where one of them does not apply."""
    seed = seeds()[trial.seed]
    text: str | None = seed.text
    for name in trial.kinds:
        if text is not None:
            text = _BY_NAME[name](text, Random(f"{salt} {name} {seed.number}"))
    return text


@cache
def _facts(place: int) -> Facts:
    seed = seeds()[place]
    return facts_of(seed.read(seed.text))


def tried(trial: Trial, salt: int, *, explain: bool = False) -> Result | None:
    """What a trial comes to; None where it does not apply."""
    text = varied(trial, salt)
    if text is None:
        return None
    seed: Seed = seeds()[trial.seed]
    before, after = _facts(trial.seed), facts_of(seed.read(text))
    outcome = verdict(before, after, keeps=trial.keeps, expected=trial.expected)
    if outcome is Outcome.SAME or not explain:
        return Result(trial, seed.number, outcome)
    return Result(trial, seed.number, outcome, differences(before, after), text_difference(seed.text, text))


def text_difference(before: str, after: str) -> list[str]:
    """The words that differ between two texts, with some around them; markup as it stands."""
    a, b = (re.findall(r"<[^>]*>|[^\s<]+", text) for text in (before, after))
    lines: list[str] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if len(a) < 6000 else []:
        if tag != "equal":
            lines.append(f"{' '.join(a[max(0, i - 6) : i])} [-{' '.join(a[i:j])}-] [+{' '.join(b[k:m])}+]"[:400])
    return lines or [f"{len(before)} characters became {len(after)}"]


def tried_all(
    trials: list[Trial], salt: int, *, workers: int, seconds: float | None, explain: bool
) -> tuple[list[Result], int]:
    """The results of the trials that applied, and how many trials were made before time was up."""
    until = None if seconds is None else time.monotonic() + seconds
    found: list[Result] = []
    made = 0
    for results, count in _chunks(trials, salt, workers=workers, explain=explain, until=until):
        found += results
        made += count
        if until is not None and time.monotonic() >= until:
            break
    return found, made


_Chunk = tuple[list[Result], int]


def _chunks(trials: list[Trial], salt: int, *, workers: int, explain: bool, until: float | None) -> Iterator[_Chunk]:
    """Chunks of trials, tried here or by workers, given out only as long as there is time."""
    chunks = (trials[start : start + 20] for start in range(0, len(trials), 20))
    if workers == 1:
        for chunk in chunks:
            yield _tried_chunk(chunk, salt, explain=explain)
        return
    with ProcessPoolExecutor(workers) as pool:
        while batch := list(islice(chunks, workers * 4)):
            if until is not None and time.monotonic() >= until:
                return
            for done in as_completed([pool.submit(_tried_chunk, chunk, salt, explain=explain) for chunk in batch]):
                yield done.result()


def _tried_chunk(trials: list[Trial], salt: int, *, explain: bool) -> _Chunk:
    results = (tried(trial, salt, explain=explain) for trial in trials)
    return [result for result in results if result is not None], len(trials)
