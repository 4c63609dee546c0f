"""Recompute the key tables of a learning-effect report from the data beside this script.

Needs pandas and nothing else: `python recompute.py`. It prints each table and whether it comes out
as the report has it, and ends with 1 if one doesn't. It shares no code with Benchlearn.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

HERE = Path(__file__).resolve().parent
CLOSE = 1e-4
MOST_ALIKE = 0.05
COMPARED = ("distributions", "relations", "levels", "over rounds", "means", "actions")


def read(name: str) -> pd.DataFrame:
    """A table of the package; codes stay text."""
    codes = dict.fromkeys(("organisation", "value", "period", "indicator"), str)
    return pd.read_csv(HERE / f"{name}.csv", dtype=codes, keep_default_na=False)


def distributions() -> dict[str, int]:
    """How many organisations have each value of each variable."""
    counted = read("variables").groupby(["variable", "value"])["organisation"].nunique()
    return {f"{variable} = {value}": int(n) for (variable, value), n in counted.items()}


def ranks() -> dict[str, dict[str, int]]:
    """By variable the rank of each organisation's value, lowest 0; a count is its own."""
    values, order = read("variables"), read("codebook")
    rank = {(v, str(c)): int(r) for v, c, r in order[["variable", "value", "rank"]].to_numpy()}
    wide: dict[str, dict[str, int]] = {}
    for organisation, variable, value in values.to_numpy():
        if (variable, value) in rank:
            wide.setdefault(variable, {})[organisation] = rank[variable, value]
    return wide


def levels(expected: dict[str, Any]) -> dict[str, float]:
    """Mean and standard deviation of the ranks of a variable, over organisations."""
    wide = ranks()
    found = {}
    for name in expected:
        statistic, variable = name.split(" of ")
        own = pd.Series(wide[variable], dtype=float)
        found[name] = float(own.mean() if statistic == "mean" else own.std())
    return found


def over_rounds(expected: dict[str, Any]) -> dict[str, float]:
    """Organisations known in all rounds. Two rounds: ranks of the rises less ranks of the falls,
    over both; more: the mean correlation of an organisation's ranks with the order of rounds."""
    rows = read("rounds") if expected else pd.DataFrame()
    found = {}
    for variable in expected:
        own = rows[rows["variable"] == variable]
        order = list(dict.fromkeys(own.sort_values("place")["round"]))
        table = own.pivot(index="organisation", columns="round", values="level")[order].dropna()
        found[variable] = rise(table) if len(order) == 2 else trend(table)
    return found


def rise(table: pd.DataFrame) -> float:
    """The matched-pairs rank-biserial correlation of two rounds."""
    change = table.iloc[:, 1] - table.iloc[:, 0]
    moved = change[change != 0]
    order = moved.abs().rank()
    return float((order[moved > 0].sum() - order[moved < 0].sum()) / order.sum())


def trend(table: pd.DataFrame) -> float:
    """0 for an organisation that has the same in every round."""
    order = pd.Series(range(table.shape[1]), index=table.columns, dtype=float)
    each = [row.rank().corr(order) if row.nunique() > 1 else 0.0 for _name, row in table.iterrows()]
    return sum(each) / len(each)


def relations(expected: dict[str, Any]) -> dict[str, float]:
    """Kendall's tau-b of two ordered variables, pair by pair."""
    wide = ranks()
    found = {}
    for name in expected:
        outcome, condition = name.split(" by ")
        x, y = wide.get(condition, {}), wide.get(outcome, {})
        both = sorted(x.keys() & y.keys())
        found[name] = tau_b([x[each] for each in both], [y[each] for each in both])
    return found


def tau_b(x: list[int], y: list[int]) -> float:
    """(C - D) / sqrt((pairs not tied in x)(pairs not tied in y)); Kendall (1945)."""
    balance = untied_x = untied_y = 0
    for i in range(len(x)):
        for j in range(i):
            a, b = sign(x[i] - x[j]), sign(y[i] - y[j])
            balance, untied_x, untied_y = balance + a * b, untied_x + abs(a), untied_y + abs(b)
    return balance / (untied_x * untied_y) ** 0.5


def sign(number: float) -> int:
    """-1, 0 or 1."""
    return (number > 0) - (number < 0)


def means() -> dict[str, float]:
    """The mean of each statement from its counts, turned around where it was worded so."""
    found = {}
    for row in read("answers").itertuples(index=False):
        counts = [row.count_1, row.count_2, row.count_3, row.count_4, row.count_5]
        mean = sum(score * count for score, count in enumerate(counts, 1)) / sum(counts)
        found[f"{row.wave}: {row.statement}"] = 6 - mean if row.reversed else mean
    return found


def changes(indicator: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """The figures (up is better), those before and after, and the period from which each acted."""
    figures, acts = read("figures"), read("acts")
    own = figures[figures["indicator"] == indicator["code"]]
    table = own.pivot(index="organisation", columns="period", values="figure")
    table = table.reindex(columns=indicator["periods"])
    if indicator["better"] == "lower":
        table = -table
    mine = acts[acts["indicator"] == indicator["code"]].set_index("organisation")["first_after"]
    start = mine.reindex(table.index)
    usable = [int(each) for each in start.dropna() if 0 < each < len(table.columns)]
    usual = max(sorted(set(usable)), key=usable.count) if usable else len(table.columns) // 2
    return table, change_of(table, start, usual), start


def change_of(table: pd.DataFrame, start: pd.Series, usual: int) -> pd.Series:
    """The mean after less the mean before, of each organisation at its own cut or the usual one."""
    found = {}
    for organisation, row in table.iterrows():
        at = usual if pd.isna(start[organisation]) else int(start[organisation])
        if 0 < at < len(row):
            found[organisation] = row.iloc[at:].mean() - row.iloc[:at].mean()
    return pd.Series(found, dtype=float).reindex(table.index)


def four(indicator: dict[str, Any]) -> dict[str, int]:
    """Organisations by whether they acted and whether they changed enough."""
    _table, change, start = changes(indicator)
    known = change.dropna()
    least = indicator["least_change"] or 0
    enough = (known > 0) & (known >= least - 1e-4 * max(1, abs(least)))
    acted = start.reindex(known.index).notna()
    return {
        "with_chain": int((enough & acted).sum()),
        "without_chain": int((enough & ~acted).sum()),
        "chain_only": int((~enough & acted).sum()),
        "neither": int((~enough & ~acted).sum()),
    }


def difference(indicator: dict[str, Any]) -> float:
    """How much more those who acted changed, the mean before held fixed: covariance by hand.

    At each period in which somebody began, those who began and those who never did: what is left of
    acting and of the mean after once a line on the mean before is taken out; then sum(a*y)/sum(a*a)
    over all of them.
    """
    table, _change, start = changes(indicator)
    products = squares = 0.0
    for at in sorted({int(each) for each in start.dropna() if 0 < each < len(table.columns)}):
        cell = pd.DataFrame(
            {
                "after": table.iloc[:, at:].mean(axis=1),
                "before": table.iloc[:, :at].mean(axis=1),
                "acted": (start == at).astype(float),
            }
        )[(start == at) | start.isna()].dropna()
        if len(cell) < 4 or cell["acted"].nunique() < 2:
            continue
        acting, outcome = left_over(cell, "acted"), left_over(cell, "after")
        centred = cell["acted"] - cell["acted"].mean()
        if (acting**2).sum() < MOST_ALIKE * (centred**2).sum():
            continue
        products += float((acting * outcome).sum())
        squares += float((acting**2).sum())
    way = -1 if indicator["better"] == "lower" else 1
    return way * products / squares


def left_over(cell: pd.DataFrame, column: str) -> pd.Series:
    """A column less the least-squares line on the mean before."""
    variance = cell["before"].var()
    slope = cell[column].cov(cell["before"]) / variance if variance > 0 else 0.0
    return cell[column] - cell[column].mean() - slope * (cell["before"] - cell["before"].mean())


def agrees(found: Any, expected: Any) -> bool:
    """Equal, or as close as six figures that count are."""
    if expected is None or found is None:
        return found is expected
    return abs(found - expected) <= CLOSE * max(1.0, abs(expected))


def say(text: str) -> None:
    """A line on the screen."""
    sys.stdout.write(f"{text}\n")


def main() -> int:
    """Compare all; 1 if anything differs."""
    expected = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
    settings = json.loads((HERE / "settings.json").read_text(encoding="utf-8"))
    indicators = {each["code"]: each for each in settings["indicators"]}
    tables: dict[str, dict[str, Any]] = {
        "distributions": distributions(),
        "relations": relations(expected["relations"]),
        "levels": levels(expected["levels"]),
        "over rounds": over_rounds(expected["over rounds"]),
        "means": means() if expected["means"] else {},
        "actions": {name: int(read("actions")[name].sum()) for name in expected["actions"]},
        **{f"four: {code}": four(indicators[code]) for code in expected["four"]},
        "differences": {code: difference(indicators[code]) for code in expected["differences"]},
    }
    wanted: dict[str, dict[str, Any]] = {
        **{name: expected[name] for name in COMPARED},
        **{f"four: {code}": each for code, each in expected["four"].items()},
        "differences": expected["differences"],
    }
    wrong = 0
    for name, table in tables.items():
        differs = [
            f"{key}: {table.get(key)} here, {wanted[name].get(key)} in the report"
            for key in sorted({*table, *wanted[name]})
            if not agrees(table.get(key), wanted[name].get(key))
        ]
        wrong += len(differs)
        say(f"{name}: {len(table)} numbers, {len(differs)} differ")
        for each in differs:
            say(f"  {each}")
    say("All as in the report." if not wrong else f"{wrong} numbers differ.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
