import pandas as pd
import pytest

from helpers.indicators.identities import check_identities
from helpers.indicators.population import daytime_rows, movement_rows
from helpers.problems import InputError


def statistics(table: str, records: dict[tuple[int, str], dict[str, float]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "table": table,
                "fiscal_year": year,
                "group": group,
                "item": item,
                "value": float(value),
                "text": str(value),
                "definition": "d",
                "source": "s",
            }
            for (year, group), items in records.items()
            for item, value in items.items()
        ]
    )


# 西東京市 2019, 総務省 住民基本台帳: 14054 + 167 − 11283 − 286 = 2652; 1451 − 1795 = −344
YEAR_2019 = {
    "moved_in": 14054, "moved_out": 11283, "births": 1451, "deaths": 1795, "other_in": 167,
    "other_out": 286, "net_migration": 2652, "natural_change": -344, "population_change": 2308,
    "population": 205125,
}  # fmt: skip


def test_identities_hold_for_the_register():
    assert check_identities(statistics("m", {(2019, "total"): YEAR_2019})) == 3


@pytest.mark.parametrize("item", ["births", "other_out", "population_change"])
def test_a_wrong_digit_breaks_an_identity(item):
    wrong = YEAR_2019 | {item: YEAR_2019[item] + 1}
    with pytest.raises(InputError, match="m 2019 total"):
        check_identities(statistics("m", {(2019, "total"): wrong}))


def printed_of(rows):
    return {row["indicator"]: row["printed"] for row in rows}


def test_movement_follows_from_flows():
    rows = printed_of(movement_rows(statistics("m", {(2019, "total"): YEAR_2019}), "m", "register"))
    assert rows["net_migration"] == "2652"  # as published, with other changes of the register
    assert rows["natural_change"] == "−344"
    assert rows["turnover_rate"] == "6.2"  # (14054 + 11283) / 2 / 205125 = 6.176 %


def test_without_a_published_balance_it_is_in_minus_out():
    flows = {"moved_in": 9223, "moved_out": 8777, "births": float("nan"), "deaths": float("nan")}
    rows = printed_of(movement_rows(statistics("m", {(2024, "total"): flows}), "m", "register"))
    assert rows == {"moved_in": "9223", "moved_out": "8777", "net_migration": "446"}


def test_equal_indices_share_a_rank_and_the_index_is_not_the_share_who_stay():
    items = {
        (2020, "a"): {"daytime_population_index": 80.9, "outflow": 86064, "residents": 207388},
        (2020, "b"): {"daytime_population_index": 89.0, "outflow": 1, "residents": 10},
        (2020, "c"): {"daytime_population_index": 89.0, "outflow": 1, "residents": 10},
        (2020, "d"): {"daytime_population_index": 99.5, "outflow": 1, "residents": 10},
    }
    rows = daytime_rows(statistics("d", items), "d")
    ranks = [row["printed"] for row in rows if row["indicator"] == "daytime_population_rank"]
    assert ranks == ["1", "2", "2", "4"]
    stay = next(row["printed"] for row in rows if row["indicator"] == "stay_share")
    assert stay == "58.5"  # 1 − 86064/207388 = 58.50 %
