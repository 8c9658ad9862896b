"""Where the oracle lives, and how its files are read: every label as text."""

from pathlib import Path

import numpy as np
import pandas as pd

ORACLE = Path(__file__).parents[1] / "oracle"
QUESTIONS = ["q1", "q2", "q3"]


def read_inputs(name: str) -> pd.DataFrame:
    """Read an input file; `age` and `tenure` are text ("10-19"), blank is 無回答."""
    text = ["rid", "pid", "source", "district", "age", "sex", "tenure"]
    frame = pd.read_csv(ORACLE / f"{name}.csv", dtype=dict.fromkeys(text, "str"))
    merged = frame["age"].isin(["18-19", "20-29"]) if "age" in frame else False
    if "age" in frame:
        frame["age6"] = frame["age"].mask(merged, "18-29")
    return frame


def read_expected(name: str) -> pd.DataFrame:
    """Read an expected file: numbers as float, labels as text, blanks as NaN."""
    text = dict.fromkeys(["case", "domain", "level", "param", "note"], "str")
    frame = pd.read_csv(
        ORACLE / f"{name}.csv",
        dtype=text,
        keep_default_na=False,
        na_values={c: ["", "NA"] for c in ["n", "estimate", "se", "df", "ci_low", "ci_high"]},
    )
    numbers = ["n", "estimate", "se", "df", "ci_low", "ci_high"]
    frame[numbers] = frame[numbers].astype(np.float64)
    return frame
