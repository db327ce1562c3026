"""Trains scikit-learn's TF-IDF (word 1-2, char_wb 3-5) with LinearSVC and LogisticRegression on the splits and writes
<out>/<set>/<model>.<part>.tsv (label, confidence) and <out>/<set>/<model>.json (seconds and processor seconds to train,
microseconds a row one at a time, rows a second). fastText likewise, where Debian's python3-fasttext is there.

The LogisticRegression's temperature is fitted on a seventh of the training rows; the LinearSVC's confidence is the
softmax of its margins with a temperature fitted likewise.
"""
import json
import pathlib
import sys
import tempfile
import time

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

try:
    import fasttext
except ImportError:
    fasttext = None

TIMED_ROWS = 300
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


class Linear:
    def __init__(self, make):
        self.make = make

    def fit(self, texts, labels):
        self.vectorizer = features()
        self.model = self.make().fit(self.vectorizer.fit_transform(texts), labels)

    def calibrate(self, texts, labels):
        self.temperature = temperature_of(self.make, texts, labels)

    def predict(self, texts):
        probabilities = softmax(margins(self.model, self.vectorizer.transform(texts)), self.temperature)
        best = probabilities.argmax(axis=1)
        return [(self.model.classes_[b], p[b]) for b, p in zip(best, probabilities)]

    def predict_one(self, text):
        self.model.predict(self.vectorizer.transform([text]))


class FastText:
    """Words, pairs and letters as ours has them; few rows get more passes. Its confidence is taken as it is."""

    def fit(self, texts, labels):
        self.labels = sorted(set(labels))
        number = {label: i for i, label in enumerate(self.labels)}
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
            file.writelines(f"__label__{number[label]} {text.lower()}\n" for text, label in zip(texts, labels))
            file.flush()
            self.model = fasttext.train_supervised(
                file.name, lr=0.5, epoch=25 if len(texts) > 3000 else 100, wordNgrams=2, minn=3, maxn=5, dim=100,
                bucket=200_000, loss="softmax", thread=2, verbose=0)

    def calibrate(self, texts, labels):
        pass

    def predict(self, texts):
        return [self.predict_one(text) for text in texts]

    def predict_one(self, text):
        said = self.model.f.predict(text.lower() + "\n", 1, 0.0, "strict")
        return (self.labels[int(said[0][1].removeprefix("__label__"))], min(said[0][0], 1.0)) if said else (self.labels[0], 0.0)


def measure(folder, name, model, texts, labels):
    started, worked = time.perf_counter(), time.process_time()
    model.fit(texts, labels)
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    model.calibrate(texts, labels)
    for part in ("test", "typos", "oos"):
        if (folder / f"{part}.tsv").exists():
            (folder / f"{name}.{part}.tsv").write_text("label\tconfidence\n" + "".join(
                f"{label}\t{confidence:.6f}\n" for label, confidence in model.predict(read(folder / f"{part}.tsv")[0])), encoding="utf-8")
    one = []
    for text in read(folder / "test.tsv")[0][:TIMED_ROWS]:
        begun = time.perf_counter()
        model.predict_one(text)
        one.append(time.perf_counter() - begun)
    (folder / f"{name}.json").write_text(json.dumps({
        "seconds": seconds, "processor": processor, "rows": len(texts),
        "p50": np.percentile(one, 50) * 1e6, "p99": np.percentile(one, 99) * 1e6, "persecond": len(one) / sum(one)}))
    print(f"{folder.name} {name}: trained in {seconds:.1f} s", flush=True)


def main(out):
    for folder in sorted(p for p in pathlib.Path(out).iterdir() if (p / "train.tsv").exists()):
        texts, labels = read(folder / "train.tsv")
        models = {name: Linear(make) for name, make in MODELS.items()} | ({"ft": FastText()} if fasttext else {})
        for name, model in models.items():
            if not (folder / f"{name}.json").exists():
                measure(folder, name, model, texts, labels)


if __name__ == "__main__":
    main(sys.argv[1])
