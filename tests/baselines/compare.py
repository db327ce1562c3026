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
NAMES = {"ours": "ours", "svc": "LinearSVC", "lr": "LogisticRegression", "ft": "fastText"}


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


def three(figures, form):
    return " ".join(format(figures[m], form) for m in MODELS)


def measure(folder):
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
    print(f"{folder.name:<19}{len(raw):>6}  {three(f1, '7.4f')}  {f1['ours'] - f1[best]:+.4f} [{low:+.4f}, {high:+.4f}]  "
          f"{three(calibration, '7.4f')}  {three(lost, '7.4f')}")
    if (folder / "oos.tsv").exists():
        strangers = {m: auroc(sure[m], column(folder / f"{m}.oos.tsv", 1, float)) for m in MODELS}
        print(f"{'':<19}{'':>6}  out-of-scope AUROC {three(strangers, '7.4f')}")
    return f1


def cost(folder):
    said = {m: json.loads((folder / f"{m}.json").read_text()) for m in MODELS}
    ours = said["ours"]
    trained = {m: said[m]["processor"] * 10_000 / said[m]["rows"] for m in MODELS}
    faster = " ".join(f"{ours['persecond'] / said[m]['persecond']:6.1f}" for m in MODELS[1:])
    print(f"{folder.name:<19}{three(trained, '7.1f')}  {three({m: said[m]['p50'] for m in MODELS}, '6.1f')}  {ours['p99']:6.1f}  "
          f"{ours['persecond']:8.0f}  {faster}  {ours['bytes'] / 1e6:5.1f}  {ours['load']:5.0f}  {ours['allocated']:5.0f}")


def main(out):
    global MODELS
    folders = sorted(p for p in pathlib.Path(out).iterdir() if (p / "ours.test.tsv").exists())
    MODELS += ("ft",) if all((folder / "ft.json").exists() for folder in folders) else ()
    wide = 8 * len(MODELS) - 1
    print("macro-F1, calibration error and the accuracy lost with a tenth of the letters damaged; " + " | ".join(NAMES[m] for m in MODELS))
    print(f"{'set':<19}{'rows':>6}  {'macro-F1':^{wide}}  {'ours - best linear [95 %]':^27}  {'ECE':^{wide}}  {'lost to typos':^{wide}}")
    totals = [measure(folder) for folder in folders]
    print(f"{'mean':<19}{'':>6}  " + " ".join(f"{np.mean([t[m] for t in totals]):7.4f}" for m in MODELS))
    print("\ncost: processor seconds of training per 10,000 rows (ours with calibration) and median microseconds a prediction, "
          "in the order above; of ours p99, predictions a second one at a time, how many times the others' in turn, MB, "
          "milliseconds to load, bytes allocated a prediction")
    for folder in folders:
        cost(folder)


if __name__ == "__main__":
    main(sys.argv[1])
