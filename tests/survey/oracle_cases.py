"""Every number of the expected files, computed by `helpers.survey`.

`CASES[file][case]()` returns {(domain, level, param): Row}; nothing here looks at the expected
values. `test_oracle.py` compares, and fails when a row of a file is computed by no case.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple

import association
import numpy as np
import pandas as pd
import replicates
from numpy.typing import ArrayLike
from oracle_files import ORACLE, QUESTIONS, read_inputs
from scipy import special

from helpers.survey import comparison, interval
from helpers.survey.calibration import Margin
from helpers.survey.design import SurveyDesign, survey_design
from helpers.survey.estimate import Estimates, estimate
from helpers.survey.measure import Measure, net, net_sum, share
from helpers.survey.weights import calibrate, diagnose, kish_deff, rake

NAN = float("nan")


class Row(NamedTuple):
    n: float = NAN
    estimate: float = NAN
    se: float = NAN
    df: float = NAN
    low: float = NAN
    high: float = NAN


Rows = dict[tuple[str, str, str], Row]


def plain(n: float, value: float, se: float, df: float) -> Row:
    """A row with the interval of R's confint: estimate ± t·se, not clipped."""
    low, high = interval.t_interval(value, se, df)
    return Row(n, value, se, df, float(low), float(high))


def shares_and_nets(frame: pd.DataFrame) -> dict[str, Measure]:
    out = {}
    for q in QUESTIONS:
        out[f"top_8_10_{q}"] = share(frame[q], range(8, 11))
        out[f"bottom_0_5_{q}"] = share(frame[q], range(6))
        out[f"net_{q}"] = net(frame[q])
    return out


def all_measures(frame: pd.DataFrame) -> dict[str, Measure]:
    table = frame[QUESTIONS]
    return shares_and_nets(frame) | {
        "net_sum_itembase": net_sum(table),
        "net_sum_allbase": net_sum(table, "all"),
        "net_sum_completecase": net_sum(table, "complete"),
    }


def base_n(found: Estimates, name: str, size: int, at: tuple[str, str] = ("total", "total")) -> int:
    """R's script counts everybody in the domain for the item-base and all-base sums."""
    row = found.row(name, *at)
    return size if name in ("net_sum_itembase", "net_sum_allbase") else int(row["n"])


def one_design(frame: pd.DataFrame, design: SurveyDesign) -> Rows:
    found = estimate(all_measures(frame), design, df="design")
    rows: Rows = {}
    for name in all_measures(frame):
        r = found.row(name)
        rows["", "", name] = plain(base_n(found, name, len(frame)), r["estimate"], r["se"], r["df"])
    at = {name: i for i, name in enumerate(found.frame["measure"])}
    for i, a in enumerate(QUESTIONS):
        for b in QUESTIONS[i:]:
            value = found.covariance[at[f"net_{a}"], at[f"net_{b}"]]
            rows["", "", f"cov_net_{a}_{b}"] = Row(estimate=value)
    return rows


@cache
def residents(year: int) -> pd.DataFrame:
    frame = read_inputs("resident")
    return frame[frame["year"] == year].reset_index(drop=True)


@cache
def register() -> pd.DataFrame:
    return read_inputs("register")


def margin(frame: pd.DataFrame, column: str) -> Margin:
    return Margin(frame[column], register().groupby(column)["N"].sum().to_dict())


def cross(*columns: ArrayLike) -> np.ndarray:
    """Cross class columns into cells "18-29 F"; None where any of them is unknown."""
    frame = pd.concat([pd.Series(np.asarray(c, dtype=object)) for c in columns], axis=1)
    cells = [None if row.isna().any() else " ".join(map(str, row)) for _, row in frame.iterrows()]
    return np.array(cells, dtype=object)


def cell_margin(frame: pd.DataFrame) -> Margin:
    reg = register()
    totals = reg.groupby(cross(reg["age6"], reg["sex"]))["N"].sum().to_dict()
    return Margin(cross(frame["age6"], frame["sex"]), totals)


def age_sex(frame: pd.DataFrame) -> list[Margin]:
    return [margin(frame, "age6"), margin(frame, "sex")]


@cache
def design_2025(name: str) -> SurveyDesign:
    a = residents(2025)
    one = np.ones(len(a))
    base = survey_design(a["w0"], strata=a["district"])
    raked = rake(base, age_sex(a))
    makers: dict[str, Callable[[], SurveyDesign]] = {
        "A1_srs_nofpc": lambda: survey_design(one),
        "A2_srs_fpc": lambda: survey_design(one, population=register()["N"].sum()),
        "A3_strat_nofpc": lambda: base,
        "A4_strat_fpc": lambda: survey_design(a["w0"], strata=a["district"], population=a["N_h"]),
        "A5_weights_only_nostrata": lambda: survey_design(a["w0"]),
        "A6_strat_poststratified_age6sex": lambda: calibrate(base, [cell_margin(a)], "raking"),
        "A7_strat_rake_age6_sex_Rrake": lambda: raked,
        "A8_strat_rake_age6_sex_calibrate": lambda: raked,
        "A9_strat_linear_greg_age6_sex": lambda: calibrate(base, age_sex(a), "linear"),
        "A10_unweighted_poststratified_age6sex": lambda: calibrate(
            survey_design(one), [cell_margin(a)], "raking"
        ),
        "A11_raked_weights_treated_as_fixed": lambda: survey_design(
            raked.weights, strata=a["district"]
        ),
    }
    return makers[name]()


OVERALL = [
    "A1_srs_nofpc",
    "A2_srs_fpc",
    "A3_strat_nofpc",
    "A4_strat_fpc",
    "A5_weights_only_nostrata",
    "A6_strat_poststratified_age6sex",
    "A7_strat_rake_age6_sex_Rrake",
    "A8_strat_rake_age6_sex_calibrate",
    "A9_strat_linear_greg_age6_sex",
    "A10_unweighted_poststratified_age6sex",
    "A11_raked_weights_treated_as_fixed",
]


def kish() -> Rows:
    a, raked = residents(2025), design_2025("A8_strat_rake_age6_sex_calibrate").weights
    n = len(a)
    return {
        ("", "", "deff_kish_w0"): Row(n, kish_deff(a["w0"].to_numpy())),
        ("", "", "deff_kish_w_rake"): Row(n, diagnose(raked).deff),
        ("", "", "neff_kish_w_rake"): Row(n, diagnose(raked).n_eff),
    }


def domains(case: str) -> Rows:
    a = residents(2025)
    columns = ["age", "sex", "tenure", "district"]
    masks = {(c, lv): a[c] == lv for c in columns for lv in a[c].unique()}
    measures = shares_and_nets(a) | {"net_sum_itembase": net_sum(a[QUESTIONS])}
    found = estimate(measures, design_2025(case), masks, df="design")
    rows: Rows = {}
    for (c, lv), mask in masks.items():
        for name in measures:
            r = found.row(name, c, lv)
            n = base_n(found, name, int(mask.sum()), (c, lv))
            rows[c, lv, name] = plain(n, r["estimate"], r["se"], r["df"])
    return rows


def against_rest() -> Rows:
    a, rows = residents(2025), {}
    for column in ["tenure", "age6"]:
        masks = {(column, lv): a[column] == lv for lv in a[column].unique()}
        tables = {
            method: comparison.against_rest(
                {"net_q1": net(a["q1"])}, design_2025("A3_strat_nofpc"), masks, method
            ).set_index("group")
            for method in ["holm", "bh", "bonferroni"]
        }
        for (_, lv), mask in masks.items():
            r = tables["holm"].loc[lv]
            n = int(mask.sum())  # R's script counts the group, answered or not
            rows[column, lv, "net_q1_minus_rest"] = plain(n, r["difference"], r["se"], r["df"])
            rows[column, lv, "p_value"] = Row(estimate=r["p"])
            for method, label in [("holm", "holm"), ("bh", "BH"), ("bonferroni", "bonferroni")]:
                p = tables[method].loc[lv, "p_adjusted"]
                rows[column, lv, f"p_{label}"] = Row(estimate=p)
    return rows


def change_rows(frame: pd.DataFrame) -> Rows:
    rows: Rows = {}
    for r in frame.itertuples():
        rows["", "", f"change_{r.measure}"] = plain(NAN, r.change, r.se, r.df)
        rows["", "", f"p_change_{r.measure}"] = Row(estimate=r.p)
    return rows


def change_measures(frame: pd.DataFrame) -> dict[str, Measure]:
    nets = {f"net_{q}": net(frame[q]) for q in QUESTIONS}
    return nets | {"net_sum_itembase": net_sum(frame[QUESTIONS])}


def independent_years() -> Rows:
    found = [
        estimate(change_measures(a), survey_design(a["w0"], strata=a["district"]))
        for a in (residents(2025), residents(2026))
    ]
    return change_rows(comparison.change(*found))


def panel(wrongly: bool) -> Rows:
    m = read_inputs("monitor_panel")
    one = np.ones(len(m))
    design = (
        survey_design(one, strata=m["year"]) if wrongly else survey_design(one, clusters=m["pid"])
    )
    return change_rows(
        comparison.panel_change(
            change_measures(m), design, period=m["year"], before=2025, after=2026
        )
    )


@cache
def pooled() -> pd.DataFrame:
    frame = pd.concat([read_inputs(f) for f in ("resident", "monitor_panel", "event")])
    return frame[frame["year"] == 2025].reset_index(drop=True)


def pooled_design(raked: bool) -> SurveyDesign:
    p = pooled()
    design = survey_design(np.ones(len(p)), strata=p["source"])
    return rake(design, age_sex(p)) if raked else design


def source(name: str) -> Rows:
    p = pooled()
    own = p[p["source"] == name].reset_index(drop=True)
    return one_design(own, survey_design(np.ones(len(own))))


def simple_proportions() -> Rows:
    rows: Rows = {}
    for q in QUESTIONS:
        x = residents(2025)[q].dropna()
        top, n = int((x >= 8).sum()), len(x)
        for name, ends in [
            ("wilson", interval.wilson(top / n, n)),
            ("clopper_pearson", interval.clopper_pearson(top, n)),
        ]:
            rows["", q, f"{name}_top_8_10"] = Row(
                n, top / n, low=float(ends[0]), high=float(ends[1])
            )
    return rows


def share_interval(
    p: ArrayLike,
    se: ArrayLike,
    df: ArrayLike,
    method: Literal["logit", "asin", "mean"] = "logit",
    level: float = 0.95,
) -> interval.Interval:
    """Return a t interval of a share on the logit or arcsine-root scale, or plain ("mean").

    The same as R's `svyciprop`. Needs 0 < p < 1 except for "mean".
    """
    share, error = np.asarray(p, dtype=float), np.asarray(se, dtype=float)
    spread = share * (1 - share)
    with np.errstate(invalid="ignore", divide="ignore"):
        if method == "logit":
            low, high = interval.t_interval(special.logit(share), error / spread, df, level)
            return special.expit(low), special.expit(high)
        if method == "asin":
            root = np.arcsin(np.sqrt(share))
            low, high = interval.t_interval(root, error / (2 * np.sqrt(spread)), df, level)
            return np.sin(low) ** 2, np.sin(high) ** 2
    return interval.t_interval(share, error, df, level)


def survey_proportions() -> Rows:
    a, design = residents(2025), design_2025("A3_strat_nofpc")
    rows: Rows = {}
    for q in QUESTIONS:
        r = estimate({"p": share(a[q], range(8, 11))}, design, df="design").row("p")
        p, se, df = r["estimate"], r["se"], r["df"]
        ends = {m: share_interval(p, se, df, m) for m in ("logit", "asin", "mean")}
        ends["beta"] = interval.korn_graubard(p, se, len(a), df)
        for m, (low, high) in ends.items():
            rows["", q, f"top_8_10_{m}"] = Row(r["n"], p, NAN, df, float(low), float(high))
    return rows


def adjusted_nets() -> Rows:
    rows: Rows = {}
    for q in QUESTIONS:
        x = residents(2025)[q].dropna()
        up, down, n = int((x >= 8).sum()), int((x <= 5).sum()), len(x)
        low, high = (float(v) for v in interval.adjusted_wald(up, down, n))
        middle, half = (low + high) / 2, (high - low) / 2
        se = half / float(interval.quantile(0.95))
        rows["", q, "net"] = Row(n, middle, se, np.inf, low, high)
    return rows


def small_proportions() -> Rows:
    rows: Rows = {}
    for x in (0, 1, 3, 5):
        for n in (5, 12, 29):
            for name, ends in [
                ("wilson", interval.wilson(x / n, n)),
                ("clopper_pearson", interval.clopper_pearson(x, n)),
            ]:
                rows["", f"{x} of {n}", name] = Row(
                    n, x / n, low=float(ends[0]), high=float(ends[1])
                )
    return rows


@cache
def replicate_file(kind: str) -> tuple[pd.DataFrame, np.ndarray, replicates.Replicates]:
    frame = read_inputs(f"replicates_{kind}")
    scales = pd.read_csv(ORACLE / f"replicates_{kind}_scales.csv")
    weights = frame[scales["rep"].tolist()].to_numpy(dtype=float)
    given = replicates.Replicates(
        weights, scales["scale"][0], scales["rscales"].to_numpy(dtype=float)
    )
    return frame, frame["w"].to_numpy(), given


def linearised_subsample() -> Rows:
    frame, w, _ = replicate_file("JKn")
    return one_design(frame, survey_design(w, strata=frame["district"]))


def given_replicates(kind: str) -> Rows:
    frame, w, given = replicate_file(kind)
    found = replicates.replicate_estimate(change_measures(frame), w, given).frame
    return {
        ("", "", r.measure): plain(len(frame), r.estimate, r.se, r.df) for r in found.itertuples()
    }


def association_rows(kind: str) -> Rows:
    a, rows = residents(2025), {}
    answer = pd.cut(a["q1"], [-1, 5, 7, 10], labels=["low", "mid", "high"]).astype(object)
    for column in ["age6", "sex", "tenure"]:
        result = association.rao_scott(answer, a[column], design_2025("A3_strat_nofpc"))
        statistic, p = {
            "F": (result.f, result.p),
            "Chisq": (result.chi2, result.p_chi2),
            "pearson": association.pearson(answer, a[column])[::2],
        }[kind]
        rows[column, "", "statistic"] = Row(estimate=statistic)
        rows[column, "", "p_value"] = Row(estimate=p)
    return rows


def association_degrees(kind: str, column: str) -> list[float]:
    """Degrees of freedom, which the expected file keeps in its note."""
    a = residents(2025)
    answer = pd.cut(a["q1"], [-1, 5, 7, 10], labels=["low", "mid", "high"]).astype(object)
    result = association.rao_scott(answer, a[column], design_2025("A3_strat_nofpc"))
    pearson = association.pearson(answer, a[column])
    return {"F": [result.ndf, result.ddf], "Chisq": [result.df], "pearson": [pearson[1]]}[kind]


def tiny(lonely: str) -> Rows:
    frame = read_inputs("tiny")
    if lonely == "two":
        frame = frame[frame["district"] != "Z"].reset_index(drop=True)
        return one_design(
            frame, survey_design(frame["w0"], strata=frame["district"], population=frame["N_h"])
        )
    return one_design(frame, survey_design(frame["w0"], strata=frame["district"], lonely=lonely))


CASES: dict[str, dict[str, Callable[[], Rows]]] = {
    "expected_overall_2025": {
        case: (lambda case=case: one_design(residents(2025), design_2025(case))) for case in OVERALL
    }
    | {"A12_kish": kish},
    "expected_domains_2025": {
        case: (lambda case=case: domains(case))
        for case in ["A3_strat_nofpc", "A4_strat_fpc", "A8_strat_rake_age6_sex_calibrate"]
    },
    "expected_contrasts_2025": {"A3_vs_rest": against_rest},
    "expected_change": {
        "Y1_independent_samples": independent_years,
        "Y2_panel_cluster_person": lambda: panel(wrongly=False),
        "Y3_panel_wrongly_independent": lambda: panel(wrongly=True),
    },
    "expected_pooled_2025": {
        "P1_pooled_naive_source_strata": lambda: one_design(pooled(), pooled_design(False)),
        "P2_pooled_raked_age6_sex": lambda: one_design(pooled(), pooled_design(True)),
    }
    | {f"P3_source_{s}": (lambda s=s: source(s)) for s in ["resident", "monitor", "event"]},
    "expected_proportion_ci": {
        "C1_srs": simple_proportions,
        "C2_strat_svyciprop": survey_proportions,
        "C3_nps_adjusted_wald": adjusted_nets,
        "C4_small": small_proportions,
    },
    "expected_replicates": {
        "R0_linearised": linearised_subsample,
        "R_JKn": lambda: given_replicates("JKn"),
        "R_subbootstrap": lambda: given_replicates("subbootstrap"),
    },
    "expected_tests": {
        "S_raoscott_F": lambda: association_rows("F"),
        "S_raoscott_Chisq": lambda: association_rows("Chisq"),
        "S_pearson_unweighted": lambda: association_rows("pearson"),
    },
    "expected_tiny": {"T1_two_strata_fpc": lambda: tiny("two")}
    | {
        f"T2_lonely_{lonely}": (lambda lonely=lonely: tiny(lonely))
        for lonely in ["adjust", "average", "certainty", "remove"]
    },
}
