"""Writes the splits that the side-by-side run measures on: <out>/<set>/{train,test,typos,oos}.tsv with columns label, text.

Where a set brings a validation part, that is the test part; else a fifth of the rows, stratified by label, with
near-duplicates (same words in any order) on one side. Out-of-scope rows are kept apart and never trained on.
With another seed than the first every set is divided anew, validation part and all: what was chosen on the first
division is confirmed on rows that took no part in the choice.
"""
import collections
import pathlib
import random
import re
import sys

FIRST_SEED = 11
KEYS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]


def read(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    header = lines[0].split("\t")
    label, text = header.index("label"), header.index("text")
    return [(f[label], f[text]) for f in (line.split("\t") for line in lines[1:] if line)]


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("label\ttext\n" + "".join(f"{label}\t{text}\n" for label, text in rows), encoding="utf-8")


def fifth(rows, seed):
    groups = collections.OrderedDict()
    for row in rows:
        groups.setdefault(tuple(sorted(re.findall(r"\w+", row[1].lower()))), []).append(row)
    by_label = collections.OrderedDict()
    for group in groups.values():
        by_label.setdefault(group[0][0], []).append(group)
    dice, train, test = random.Random(seed), [], []
    for members in by_label.values():
        dice.shuffle(members)
        cut = round(len(members) / 5)
        test += [row for group in members[:cut] for row in group]
        train += [row for group in members[cut:] for row in group]
    return train, test


def neighbour(letter, dice):
    for row, keys in enumerate(KEYS):
        column = keys.find(letter)
        if column >= 0:
            near = [keys[c] for c in (column - 1, column + 1) if 0 <= c < len(keys)]
            for other in (row - 1, row + 1):
                if 0 <= other < 3 and column < len(KEYS[other]):
                    near.append(KEYS[other][column])
            return dice.choice(near)
    return letter


def damage(text, dice, share=0.10):
    out, i = [], 0
    while i < len(text):
        c = text[i]
        if c.isalpha() and dice.random() < share:
            kind = dice.choice(["replace", "drop", "double", "swap", "insert"])
            if kind == "replace":
                out.append(neighbour(c.lower(), dice))
            elif kind == "double":
                out.append(c + c)
            elif kind == "swap" and i + 1 < len(text):
                out.append(text[i + 1] + c)
                i += 1
            elif kind == "insert":
                out.append(c + neighbour(c.lower(), dice))
        else:
            out.append(c)
        i += 1
    return "".join(out)


def main(data, out, seed):
    for folder in sorted(p for p in pathlib.Path(data).iterdir() if (p / "dev_train.tsv").exists()):
        rows = read(folder / "dev_train.tsv")
        value = folder / "dev_val.tsv"
        more = read(value) if value.exists() else []
        strangers = [row for row in rows + more if row[0] == "oos"]
        rows = [row for row in rows if row[0] != "oos"]
        more = [row for row in more if row[0] != "oos"]
        train, test = (rows, more) if more and seed == FIRST_SEED else fifth(rows + more, seed)
        dice = random.Random(seed)
        target = pathlib.Path(out) / folder.name
        write(target / "train.tsv", train)
        write(target / "test.tsv", test)
        write(target / "typos.tsv", [(label, damage(text, dice)) for label, text in test])
        if strangers:
            write(target / "oos.tsv", strangers)
        print(f"{folder.name}: {len(train)} train, {len(test)} test, {len(strangers)} out of scope")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else FIRST_SEED)
