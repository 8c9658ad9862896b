"""Agreement with R `survey` on every number of the expected files.

Run this file as a script to print the largest deviation of each file.
"""

import re

import numpy as np
import oracle_cases
import pandas as pd
import pytest
from oracle_cases import CASES, Row
from oracle_files import ORACLE, read_expected

ROWS = {  # rows of each file, so that a shortened file or reader is noticed
    "expected_overall_2025": 201,
    "expected_domains_2025": 540,
    "expected_contrasts_2025": 55,
    "expected_change": 24,
    "expected_pooled_2025": 90,
    "expected_proportion_ci": 45,
    "expected_replicates": 26,
    "expected_tests": 18,
    "expected_tiny": 90,
}
WEIGHTS = {"expected_weights_2025": 707, "expected_weights_pooled_2025": 967}
ALL = [(file, case) for file, cases in CASES.items() for case in cases]
FIELDS = ["estimate", "se", "df", "low", "high"]


def expected_rows(file: str, case: str) -> dict[tuple[str, str, str], Row]:
    frame = read_expected(file)
    rows = {}
    for r in frame[frame["case"] == case].itertuples():
        level = f"{r.level} of {int(r.n)}" if case == "C4_small" else r.level
        key = (r.domain, level, r.param)
        assert key not in rows, f"two rows of {file} have the key {case} {key}"
        rows[key] = Row(r.n, r.estimate, r.se, r.df, r.ci_low, r.ci_high)
    return rows


def tolerances(file: str, case: str) -> dict[str, float]:
    if case.startswith("A7"):  # R's rake() back-fits unweighted: another variance, by design
        return dict.fromkeys(FIELDS, 4e-5) | {"estimate": 1e-10, "se": 2e-5}
    return dict.fromkeys(FIELDS, 1e-10)


def deviations(file: str, case: str) -> pd.DataFrame:
    """Return |ours − R's| per row and field; missing on one side only counts as infinite."""
    ours, theirs = CASES[file][case](), expected_rows(file, case)
    assert ours.keys() == theirs.keys()
    table = {}
    for key, right in theirs.items():
        for field in [*FIELDS, "n"]:
            a, b = getattr(ours[key], field), getattr(right, field)
            same = (np.isnan(a) and np.isnan(b)) or a == b
            gap = 0.0 if same else abs(a - b)
            table[(*key, field)] = np.inf if np.isnan(gap) else gap
    return pd.Series(table).unstack()


def test_every_row_of_every_file_is_reached() -> None:
    files = {p.stem for p in ORACLE.glob("expected_*.csv")}
    assert files == ROWS.keys() | WEIGHTS.keys()
    for file, count in ROWS.items():
        frame = read_expected(file)
        assert len(frame) == count
        reached = sum(len(expected_rows(file, case)) for f, case in ALL if f == file)
        assert reached == count, f"{file}: {count - reached} rows are in no case"


@pytest.mark.parametrize(("file", "case"), ALL)
def test_agrees_with_r(file: str, case: str) -> None:
    table, limits = deviations(file, case), tolerances(file, case)
    assert (table["n"] == 0).all()
    for field in FIELDS:
        limit = limits[field]
        if case.startswith("A7") and field == "estimate":
            cov = table.index.get_level_values(2).str.startswith("cov_")
            assert table.loc[cov, field].max() <= 2e-6
            table = table[~cov]
        assert table[field].max() <= limit, table[field].idxmax()


@pytest.mark.parametrize("kind", ["F", "Chisq", "pearson"])
@pytest.mark.parametrize("column", ["age6", "sex", "tenure"])
def test_degrees_of_freedom_of_the_tests(kind: str, column: str) -> None:
    case = {"F": "S_raoscott_F", "Chisq": "S_raoscott_Chisq", "pearson": "S_pearson_unweighted"}
    frame = read_expected("expected_tests")
    at = (frame["case"] == case[kind]) & (frame["domain"] == column)
    note = frame[at & (frame["param"] == "statistic")]["note"].item()
    numbers = [float(x) for x in re.findall(r"\d+(?:\.\d+)?", note)]
    ours = oracle_cases.association_degrees(kind, column)
    assert ours == pytest.approx(numbers, abs=1e-8)


def our_weights(file: str) -> pd.DataFrame:
    if file == "expected_weights_pooled_2025":
        p = oracle_cases.pooled()
        return pd.DataFrame({"rid": p["rid"], "w_rake": oracle_cases.pooled_design(True).weights})
    names = {
        "w0": "A3_strat_nofpc",
        "w_poststrat": "A6_strat_poststratified_age6sex",
        "w_rake": "A8_strat_rake_age6_sex_calibrate",
        "w_rake_ipf": "A8_strat_rake_age6_sex_calibrate",
        "w_linear": "A9_strat_linear_greg_age6_sex",
    }
    columns = {name: oracle_cases.design_2025(case).weights for name, case in names.items()}
    return pd.DataFrame({"rid": oracle_cases.residents(2025)["rid"], **columns})


def weight_deviation(file: str) -> float:
    theirs = pd.read_csv(ORACLE / f"{file}.csv", dtype={"rid": "str"})
    ours = our_weights(file)
    assert len(theirs) == WEIGHTS[file]
    assert ours.columns.tolist() == theirs.columns.tolist()
    assert ours["rid"].tolist() == theirs["rid"].tolist()
    a, b = (f.drop(columns="rid").to_numpy(dtype=float) for f in (ours, theirs))
    return float(np.abs(a / b - 1).max())


@pytest.mark.parametrize("file", WEIGHTS)
def test_weights_agree_with_r(file: str) -> None:
    assert weight_deviation(file) <= 1e-9


def main() -> None:
    for file in ROWS:
        tables = {c: deviations(f, c) for f, c in ALL if f == file and not c.startswith("A7")}
        worst = pd.concat(tables)[FIELDS].max()
        print(file, " ".join(f"{k}={v:.1e}" for k, v in worst.items()))
    a7 = deviations("expected_overall_2025", "A7_strat_rake_age6_sex_Rrake")[FIELDS].max()
    print("A7 (R's rake variance)", " ".join(f"{k}={v:.1e}" for k, v in a7.items()))
    for file in WEIGHTS:
        print(file, f"relative={weight_deviation(file):.1e}")


if __name__ == "__main__":
    main()
