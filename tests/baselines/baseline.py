"""Trains scikit-learn's TF-IDF (word 1-2, char_wb 3-5) with LinearSVC and LogisticRegression on the splits and writes
<out>/<set>/<model>.<part>.tsv (label, confidence) and <out>/<set>/<model>.json (seconds to train, microseconds a row).

The LogisticRegression's temperature is fitted on a seventh of the training rows; the LinearSVC's confidence is the
softmax of its margins with a temperature fitted likewise.
"""
import json
import pathlib
import sys
import time

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

MODELS = {
    "svc": lambda: LinearSVC(C=1.0, random_state=0),
    "lr": lambda: LogisticRegression(C=10.0, max_iter=200, random_state=0),
}


def read(path):
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:] if line]
    return [row[1] for row in rows], np.array([row[0] for row in rows])


def features():
    return FeatureUnion([
        ("word", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
        ("char", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)),
    ])


def margins(model, x):
    scores = model.decision_function(x)
    return np.stack([-scores, scores], axis=1) if scores.ndim == 1 else scores


def softmax(scores, temperature):
    z = scores / temperature
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def temperature_of(make, texts, labels):
    counts = {label: (labels == label).sum() for label in set(labels)}
    stratify = labels if min(counts.values()) > 1 and len(labels) / 7 > len(counts) else None
    a, b, ya, yb = train_test_split(texts, labels, test_size=1 / 7, random_state=0, stratify=stratify)
    vectorizer = features()
    model = make().fit(vectorizer.fit_transform(a), ya)
    scores = margins(model, vectorizer.transform(b))
    known = np.isin(yb, model.classes_)
    index = np.searchsorted(model.classes_, yb[known])
    grid = np.exp(np.linspace(np.log(0.02), np.log(5), 120))
    loss = [-np.log(softmax(scores[known], t)[np.arange(len(index)), index] + 1e-12).mean() for t in grid]
    return grid[int(np.argmin(loss))]


def main(out):
    for folder in sorted(p for p in pathlib.Path(out).iterdir() if (p / "train.tsv").exists()):
        texts, labels = read(folder / "train.tsv")
        for name, make in MODELS.items():
            if (folder / f"{name}.json").exists():
                continue
            started = time.perf_counter()
            vectorizer = features()
            model = make().fit(vectorizer.fit_transform(texts), labels)
            seconds = time.perf_counter() - started
            temperature = temperature_of(make, texts, labels)
            for part in ("test", "typos", "oos"):
                if not (folder / f"{part}.tsv").exists():
                    continue
                part_texts, _ = read(folder / f"{part}.tsv")
                probabilities = softmax(margins(model, vectorizer.transform(part_texts)), temperature)
                best = probabilities.argmax(axis=1)
                (folder / f"{name}.{part}.tsv").write_text("label\tconfidence\n" + "".join(
                    f"{model.classes_[b]}\t{p[b]:.6f}\n" for b, p in zip(best, probabilities)), encoding="utf-8")
            test_texts, _ = read(folder / "test.tsv")
            one = []
            for text in test_texts[:300]:
                begun = time.perf_counter()
                model.predict(vectorizer.transform([text]))
                one.append(time.perf_counter() - begun)
            (folder / f"{name}.json").write_text(json.dumps(
                {"seconds": seconds, "p50": np.percentile(one, 50) * 1e6, "p99": np.percentile(one, 99) * 1e6}))
            print(f"{folder.name} {name}: trained in {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
