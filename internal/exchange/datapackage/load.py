"""Loads the tables of this package and works the changes out.

    import load; tables = load.tables(); load.change(tables["pairs"])

or, in a terminal: python3 load.py FOLDER. The standard library is enough; where
pandas is there, load.frames() gives the tables as data frames.
"""
import csv
import datetime
import json
import math
import os
import sys

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def text(cell):
    """An apostrophe keeps spreadsheets from taking a text for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


KINDS = {
    "string": text,
    "integer": int,
    "number": float,
    "date": datetime.date.fromisoformat,
    "boolean": lambda cell: cell == "yes",
}


def described(folder="."):
    with open(os.path.join(folder, "datapackage.json"), encoding="utf-8") as file:
        return json.load(file)["resources"]


def tables(folder="."):
    """Every table as a list of rows, each a dict; an empty cell is None."""
    found = {}
    for resource in described(folder):
        kinds = {field["name"]: KINDS[field["type"]] for field in resource["schema"]["fields"]}
        with open(os.path.join(folder, resource["path"]), encoding="utf-8", newline="") as file:
            found[resource["name"]] = [
                {name: kinds[name](cell) if cell else None for name, cell in row.items()}
                for row in csv.DictReader(file)
            ]
    return found


def frames(folder="."):
    """Every table as a data frame; pandas is needed."""
    import pandas

    return {
        resource["name"]: pandas.DataFrame(
            tables(folder)[resource["name"]], columns=[field["name"] for field in resource["schema"]["fields"]]
        )
        for resource in described(folder)
    }


def tail(t, df):
    """The share of Student's t above t >= 0, by the continued fraction of the
    incomplete beta function (Lentz's method)."""
    a, b, x = df / 2, 0.5, df / (df + t * t)
    if x > (a + 1) / (a + b + 2):
        return 0.5 - tail_of(b, a, 1 - x) / 2
    return tail_of(a, b, x) / 2


def tail_of(a, b, x):
    if x <= 0:
        return 0.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d or 1e-300)
    h = d
    for m in range(1, 1000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / ((1 + step * d) or 1e-300)
            c = (1 + step / c) or 1e-300
            h *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * h


def t_quantile(df, above=0.025):
    low, high = 0.0, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle, df) > above else (low, middle)
    return (low + high) / 2


def change(pairs):
    """People measured twice, their mean change and its 95% t interval, for each
    scheme, score and follow-up. The interval is None, not estimable, of one person
    and where everybody changed by the same amount: a width of 0 would claim certainty."""
    groups = {}
    for row in pairs:
        if row["in_figures"] and row["state"] == "paired":
            groups.setdefault((row["scheme"], row["measure"], row["timepoint"]), []).append(row["change"])
    found = []
    for (scheme, measure, timepoint), all in sorted(groups.items()):
        n = len(all)
        mean = math.fsum(all) / n
        half = None
        if min(all) < max(all):
            sd = math.sqrt(math.fsum((one - mean) ** 2 for one in all) / (n - 1))
            half = t_quantile(n - 1) * sd / math.sqrt(n)
        found.append({
            "scheme": scheme, "measure": measure, "timepoint": timepoint, "n": n, "mean": mean,
            "low": None if half is None else mean - half, "high": None if half is None else mean + half,
        })
    return found


if __name__ == "__main__":
    found = change(tables(sys.argv[1] if len(sys.argv) > 1 else ".")["pairs"])
    if not found:
        print("There is no pair: no row of pairs.csv that figures count has both scores.", file=sys.stderr)
    out = csv.DictWriter(sys.stdout, ["scheme", "measure", "timepoint", "n", "mean", "low", "high"])
    out.writeheader()
    out.writerows({name: "not estimable" if value is None else value for name, value in row.items()} for row in found)
