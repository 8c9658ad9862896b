"""One Parquet dataset of all indicators of all editions, partitioned by fiscal year.

``indicators/fiscal_year=2024/edition-2025-000.parquet`` holds rows of the year 2024 out of
editions 2025; the column ``edition`` tells them from what earlier editions said of that year.
"""

import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pandas as pd

from helpers.batch.outcome import EditionId
from helpers.places import Places
from helpers.problems import InputError, Problems
from helpers.tables import load_indicators

CITIES_A_FILE = 200  # so that 1,741 cities need the memory of 200
FOLDER = "indicators"


def write_dataset(
    editions: Sequence[EditionId], root: Path, folder: Path, problems: Problems
) -> Iterator[pd.DataFrame]:
    """Write the dataset, replacing what was there, and hand over its rows part by part.

    Args:
        editions: whose published indicators to take.
        root: the project.
        folder: the dataset goes to ``folder / "indicators"``.
        problems: learns of editions whose tables do not fit; the others go on without them.

    Yields:
        The rows of up to 200 cities of one edition year, with the column ``edition``.
    """
    target, partial = folder / FOLDER, folder / f".{FOLDER}"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    by_year = sorted((year, city) for city, year in editions)
    for year, group in groupby(by_year, key=lambda pair: pair[0]):
        cities = [city for _, city in group]
        for number, start in enumerate(range(0, len(cities), CITIES_A_FILE)):
            some = cities[start : start + CITIES_A_FILE]
            frames = [rows for city in some if len(rows := _fitting(root, city, year, problems))]
            if frames:
                rows = pd.concat(frames, ignore_index=True)
                _write_part(rows, partial, f"edition-{year}-{number:03d}.parquet")
                yield rows
    shutil.rmtree(target, ignore_errors=True)
    partial.replace(target)


def rows_of(root: Path, city: str, year: int) -> pd.DataFrame:
    """The published indicator rows of an edition, with its year.

    Raises:
        InputError: a table does not fit its schema.
    """
    return load_indicators(Places(root, city, year).published_data).assign(edition=year)


def _fitting(root: Path, city: str, year: int, problems: Problems) -> pd.DataFrame:
    """The rows of an edition, or none where they do not fit."""
    try:
        return rows_of(root, city, year)
    except InputError as error:
        problems.extend(error.problems)
        return pd.DataFrame()


def _write_part(rows: pd.DataFrame, folder: Path, name: str) -> None:
    for year, part in rows.groupby("fiscal_year", sort=True):
        place = folder / f"fiscal_year={year}"
        place.mkdir(exist_ok=True)
        part.drop(columns="fiscal_year").to_parquet(place / name, index=False)
