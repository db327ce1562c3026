"""Prints one table from the predictions that baseline.py and ours left in <out>: same splits, same rows, one run.

The interval is of a paired bootstrap (rows drawn with replacement, 1000 times) of our macro-F1 minus that of the better
baseline of the set: where it ends below zero, we lost.
"""
import json
import pathlib
import sys

import numpy as np

DRAWS = 1000
MODELS = ("ours", "svc", "lr")


def column(path, index, kind=str):
    return np.array([kind(line.split("\t")[index]) for line in path.read_text(encoding="utf-8").split("\n")[1:] if line])


def macro_f1(truth, guess, labels, weights=None):
    hits = np.bincount(truth[truth == guess], minlength=labels, weights=None if weights is None else weights[truth == guess])
    there = np.bincount(truth, minlength=labels, weights=weights)
    said = np.bincount(guess, minlength=labels, weights=weights)
    used = there + said > 0
    return (2 * hits[used] / (there + said)[used]).mean()


def ece(right, confidence, bins=15):
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs((right - confidence)[which == b].sum()) for b in range(bins)) / len(right)


def auroc(members, strangers):
    order = np.concatenate([members, strangers])
    ranks = np.empty(len(order))
    values, inverse, counts = np.unique(order, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return (ranks[: len(members)].sum() - len(members) * (len(members) + 1) / 2) / (len(members) * len(strangers))


def interval(truth, ours, other, labels):
    dice = np.random.default_rng(5)
    gaps = []
    for _ in range(DRAWS):
        weights = np.bincount(dice.integers(0, len(truth), len(truth)), minlength=len(truth)).astype(float)
        gaps.append(macro_f1(truth, ours, labels, weights) - macro_f1(truth, other, labels, weights))
    return np.percentile(gaps, [2.5, 97.5])


def main(out):
    print("macro-F1, calibration error and the accuracy lost with a tenth of the letters damaged; ours | LinearSVC | LogisticRegression")
    print(f"{'set':<19}{'rows':>6}  {'macro-F1':^23}  {'ours - best [95 %]':^27}  {'ECE':^23}  {'lost to typos':^23}  {'train s':^17}  {'p50 us':^15}")
    totals = []
    for folder in sorted(p for p in pathlib.Path(out).iterdir() if (p / "ours.test.tsv").exists()):
        raw = column(folder / "test.tsv", 0)
        said = {m: column(folder / f"{m}.test.tsv", 0) for m in MODELS}
        typed = {m: column(folder / f"{m}.typos.tsv", 0) for m in MODELS}
        sure = {m: column(folder / f"{m}.test.tsv", 1, float) for m in MODELS}
        names, packed = np.unique(np.concatenate([raw, *said.values()]), return_inverse=True)
        truth, *guesses = np.split(packed, len(MODELS) + 1)
        guess = dict(zip(MODELS, guesses))
        f1 = {m: macro_f1(truth, guess[m], len(names)) for m in MODELS}
        best = max(("svc", "lr"), key=f1.get)
        low, high = interval(truth, guess["ours"], guess[best], len(names))
        calibration = {m: ece(raw == said[m], sure[m]) for m in MODELS}
        lost = {m: (raw == said[m]).mean() - (raw == typed[m]).mean() for m in MODELS}
        cost = {m: json.loads((folder / f"{m}.json").read_text()) for m in MODELS}
        totals.append(f1)
        three = lambda figures, form: " ".join(format(figures[m], form) for m in MODELS)
        print(f"{folder.name:<19}{len(raw):>6}  {three(f1, '7.4f')}  {f1['ours'] - f1[best]:+.4f} [{low:+.4f}, {high:+.4f}]  "
              f"{three(calibration, '7.4f')}  {three(lost, '7.4f')}  "
              + " ".join(f"{cost[m]['seconds']:5.1f}" for m in MODELS) + "  " + " ".join(f"{cost[m]['p50']:4.0f}" for m in MODELS))
        if (folder / "oos.tsv").exists():
            strangers = {m: auroc(sure[m], column(folder / f"{m}.oos.tsv", 1, float)) for m in MODELS}
            print(f"{'':<19}{'':>6}  out-of-scope AUROC {three(strangers, '7.4f')}")
    print(f"{'mean':<19}{'':>6}  " + " ".join(f"{np.mean([t[m] for t in totals]):7.4f}" for m in MODELS))


if __name__ == "__main__":
    main(sys.argv[1])
