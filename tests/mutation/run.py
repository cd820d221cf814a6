"""Run the mutation suite and print the table of kinds and outcomes.

`run.py` tries every kind but the held-out quarter on every rule, `--held-out` that quarter alone, `--pairs N`
a sample of two kinds at a time, `--all-pairs` every two. `--apply-only` reads nothing: it shows where each kind
applies.
"""

# ruff: noqa: T201  # the table is for people

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "support"), str(Path(__file__).resolve().parent)]

from kinds import KINDS  # noqa: E402  # found on the path set above
from outcomes import Outcome  # noqa: E402
from seeds import seeds  # noqa: E402
from thresholds import LEAST_FLAGGED, LEAST_SAME_PAIRS, LEAST_SAME_SINGLE  # noqa: E402
from trials import Result, Trial, all_pairs, pairs, selected, singles, text_difference, tried_all, varied  # noqa: E402

_KEEPS = {kind.name: kind.keeps for kind in KINDS}


def parsed() -> argparse.Namespace:
    """The options."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--held-out", action="store_true", help="only the held-out quarter of the kinds")
    options.add_argument("--all", action="store_true", help="all kinds, the held-out quarter too")
    options.add_argument("--kind", action="append", default=[], help="only this kind; may be repeated")
    options.add_argument("--pairs", type=int, default=0, metavar="N", help="N pairs of kinds in place of single ones")
    options.add_argument("--all-pairs", action="store_true", help="every two kinds, on two documents each")
    options.add_argument("--seed", type=int, default=13, help="of all chance")
    options.add_argument("--seconds", type=float, help="stop then; what is tried is a sample in a chance order")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--show", type=int, default=0, metavar="K", help="the first K silently wrong cases")
    options.add_argument("--show-flagged", type=int, default=0, metavar="K", help="the first K flagged of kept ones")
    options.add_argument("--apply-only", action="store_true", help="apply the kinds and read nothing")
    return options.parse_args()


def trials_of(options: argparse.Namespace) -> list[Trial]:
    """The trials that are asked for, in a chance order."""
    chosen = list(KINDS) if options.all else selected(held_out=options.held_out)
    if options.kind:
        chosen = [kind for kind in chosen if kind.name in options.kind]
    random = Random(options.seed)
    if options.all_pairs:
        trials = list(all_pairs(chosen, random))
    else:
        trials = list(pairs(chosen, options.pairs, random) if options.pairs else singles(chosen))
    random.shuffle(trials)
    return trials


def print_table(results: list[Result], *, per_kind: bool) -> None:
    """Kinds and outcomes, the worst first, and the totals."""
    counted: dict[str, Counter[Outcome]] = {}
    for result in results:
        counted.setdefault(result.trial.name, Counter())[result.outcome] += 1
    row = "{:<34}{:>8}{:>8}{:>8}{:>9}{:>8}"
    print(row.format("kind", "keeps", "applied", "same", "flagged", "wrong"))
    worst_first = sorted(counted, key=lambda n: (-counted[n][Outcome.WRONG], -counted[n][Outcome.FLAGGED], n))
    for name in worst_first if per_kind else ():
        kept = "yes" if _KEEPS[name] else "no"
        print(row.format(name, kept, counted[name].total(), *(counted[name][o] for o in Outcome)))
    for keeps in (True, False):
        total = Counter(r.outcome for r in results if r.trial.keeps is keeps)
        print(
            row.format("all that " + ("keep" if keeps else "destroy"), "", total.total(), *(total[o] for o in Outcome))
        )


def print_rates(results: list[Result], *, in_pairs: bool) -> None:
    """The figures that count, beside what they are to be."""
    kept = [r.outcome for r in results if r.trial.keeps]
    lost = [r.outcome for r in results if not r.trial.keeps]
    wrong = sum(r.outcome is Outcome.WRONG for r in results)
    least = LEAST_SAME_PAIRS if in_pairs else LEAST_SAME_SINGLE
    print(f"silently wrong: {wrong} of {len(results)} (goal: 0)")
    if kept:
        print(f"kept and same: {kept.count(Outcome.SAME) / len(kept):.1%} (goal: {least:.0%})")
    if lost:
        print(f"lost and flagged: {lost.count(Outcome.FLAGGED) / len(lost):.1%} (goal: {LEAST_FLAGGED:.0%})")


def print_cases(results: list[Result], outcome: Outcome, most: int) -> None:
    """Some cases with what differs in facts and in text."""
    found = (r for r in results if r.outcome is outcome and (outcome is Outcome.WRONG or r.trial.keeps))
    for _, result in zip(range(most), found, strict=False):
        print(f"\n{result.number} {result.trial.name}: {outcome}")
        for line in result.facts[:8]:
            print(f"   {line[:500]}")
        for line in result.text[:4]:
            print(f"   text: {line}")


def print_applied(trials: list[Trial], options: argparse.Namespace) -> None:
    """How many documents each kind applies to, and for `--show` what it changes in the first ones."""
    applied: Counter[str] = Counter()
    for trial in trials:
        text = varied(trial, options.seed)
        applied[trial.name] += text is not None
        if text is not None and applied[trial.name] <= options.show:
            seed = seeds()[trial.seed]
            print(f"{trial.name} {seed.number}")
            print("\n".join(f"   {line}" for line in text_difference(seed.text, text)[:2]))
    for name, count in sorted(applied.items(), key=lambda pair: pair[1]):
        print(f"{count:>6} {name}")


def main() -> None:
    """Run what the options ask for."""
    options = parsed()
    trials = trials_of(options)
    if options.apply_only:
        print_applied(trials, options)
        return
    in_pairs = options.all_pairs or options.pairs > 0
    explain = bool(options.show or options.show_flagged)
    results, made = tried_all(trials, options.seed, workers=options.workers, seconds=options.seconds, explain=explain)
    print_cases(results, Outcome.WRONG, options.show)
    print_cases(results, Outcome.FLAGGED, options.show_flagged)
    print_table(results, per_kind=not in_pairs)
    print(f"{made} of {len(trials)} trials made, {len(results)} applied")
    print_rates(results, in_pairs=in_pairs)


if __name__ == "__main__":
    main()
