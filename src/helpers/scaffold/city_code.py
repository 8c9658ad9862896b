"""全国地方公共団体コード: six digits, the first two a prefecture, the last one a check digit."""

import unicodedata

from helpers.problems import Problem
from helpers.reading.codes import check_digit

PREFECTURES = range(1, 48)


def read_city_code(text: str) -> str:
    """The six digits of a city code, its leading zero kept.

    Raises:
        ValueError: a sentence that says what is wrong, and which code was probably meant.
    """
    code = unicodedata.normalize("NFKC", text).strip().replace("-", "")
    if not (code.isascii() and code.isdigit()) or len(code) not in (5, 6):
        raise ValueError(f"「{text}」は団体コードではありません（6桁。例: 132292）")
    if len(code) == 5:
        meant = [each for each in (f"0{code}", code + str(check_digit(code))) if _valid(each)]
        hint = "か ".join(meant)
        raise ValueError(f"「{text}」は5桁です。検査数字まで6桁で書いてください（{hint} ですか）")
    if int(code[:2]) not in PREFECTURES:
        raise ValueError(f"「{text}」の初めの2桁は都道府県（01〜47）ではありません")
    if not _valid(code):
        right = code[:5] + str(check_digit(code[:5]))
        raise ValueError(f"「{text}」は検査数字（6桁め）が合いません（{right} ではありませんか）")
    return code


def code_problem(text: str) -> Problem | None:
    """What is wrong with a city code, if anything."""
    try:
        read_city_code(text)
    except ValueError as error:
        return Problem("--code", str(error), remedy="総務省の全国地方公共団体コードを見てください")
    return None


def _valid(code: str) -> bool:
    return int(code[:2]) in PREFECTURES and check_digit(code[:5]) == int(code[5])
