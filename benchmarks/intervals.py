"""Coverage of the 95 % intervals of shares. Run: python benchmarks/intervals.py [REPEATS].

Samples are drawn from a known population in which young people answer less and think otherwise,
raked to age and sex by the rules of the house (thin classes merged), 5 % of the answers missing.
How often the interval holds the true share is to be at least 94 % in every cell. 1,500 repeats
take about two minutes; the simulation's own error of a cell is then ±1.1 points.
"""

import sys

import numpy as np
import pandas as pd

from helpers.survey.calibration import Margin
from helpers.survey.design import survey_design
from helpers.survey.estimate import estimate
from helpers.survey.interval import wilson
from helpers.survey.measure import share
from helpers.survey.weights import merge_thin, rake_trimmed

SHARES = np.array([0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5])
SIZES = (20, 30, 50, 100, 150, 240, 500, 1_000, 1_500)
AGES = ["18-29", "30-39", "40-49", "50-59", "60-69", "70+"]
PEOPLE = np.array([0.13, 0.14, 0.17, 0.19, 0.16, 0.21])
ANSWERING = np.array([0.5, 0.7, 0.9, 1.05, 1.2, 1.3])  # 18–29 half as often as the others
OPINION = np.array([1.4, 1.2, 1.0, 0.9, 0.85, 0.8])  # and oftener of the opinion asked for
SEXES = {"female": 0.52, "male": 0.48}
MISSING = 0.05


def draw(n: int, dice: np.random.Generator) -> pd.DataFrame:
    """Estimates of every share from one raked sample of n."""
    age = dice.choice(len(AGES), n, p=PEOPLE * ANSWERING / (PEOPLE * ANSWERING).sum())
    sex = np.where(dice.random(n) < 0.55, "female", "male")
    ages = Margin(np.array(AGES)[age], dict(zip(AGES, PEOPLE, strict=True)))
    margins = [merge_thin(ages, ordered=True)[0], merge_thin(Margin(sex, SEXES), ordered=False)[0]]
    plain = survey_design(np.full(n, 1 / n))
    margins = [margin for margin in margins if len(margin.totals) > 1]
    design = rake_trimmed(plain, margins) if margins else plain
    opinion = OPINION / (OPINION * PEOPLE).sum()
    mood, silent = dice.random(n), dice.random(n) < MISSING
    answers = {
        f"{p}": share(np.where(silent, np.nan, mood < p * opinion[age]), [1.0]) for p in SHARES
    }
    return estimate(answers, design).frame


def coverage(n: int, repeats: int, seed: int = 2026) -> tuple[np.ndarray, np.ndarray]:
    """Shares of samples whose interval holds the truth: the published one, and Wilson's."""
    dice = np.random.default_rng(seed + n)
    ours, theirs = np.zeros(len(SHARES)), np.zeros(len(SHARES))
    for _ in range(repeats):
        found = draw(n, dice)
        ours += (found["low"] <= SHARES) & (found["high"] >= SHARES)
        p, se = found["estimate"].to_numpy(), found["se"].to_numpy()
        with np.errstate(divide="ignore", invalid="ignore"):
            low, high = wilson(p, np.where(se > 1e-10, p * (1 - p) / se**2, found["n"]))
        theirs += (low <= SHARES) & (high >= SHARES)
    return ours / repeats, theirs / repeats


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 1_500
    print(f"coverage in %, {repeats} samples a row (in brackets Wilson's interval with n_eff)")
    print("| n | " + " | ".join(f"{p:g}" for p in SHARES) + " |\n|" + "---|" * (len(SHARES) + 1))
    least = 1.0
    for n in SIZES:
        ours, theirs = coverage(n, repeats)
        cells = [f"{100 * a:.1f} ({100 * b:.1f})" for a, b in zip(ours, theirs, strict=True)]
        print(f"| {n:,} | " + " | ".join(cells) + " |", flush=True)
        least = min(least, ours.min())
    print(f"least: {100 * least:.1f} %")


if __name__ == "__main__":
    main()
