"""全国地方公共団体コード: six digits, the first two a prefecture, the last one a check digit."""

import unicodedata

from helpers.problems import Message, Problem, Unfit
from helpers.reading.codes import check_digit

PREFECTURES = range(1, 48)
NO_CODE = Message(
    "{why}",
    remedy="総務省の全国地方公共団体コードを見てください",
    en="{why}. → look it up in the list of the Ministry of Internal Affairs",
)


def read_city_code(text: str) -> str:
    """The six digits of a city code, its leading zero kept.

    Raises:
        Unfit: what is wrong, and which code was probably meant.
    """
    code = unicodedata.normalize("NFKC", text).strip().replace("-", "")
    if not (code.isascii() and code.isdigit()) or len(code) not in (5, 6):
        raise Unfit(
            f"「{text}」は団体コードではありません（6桁。例: 132292）",
            f"“{text}” is no city code (six digits: 132292)",
        )
    if len(code) == 5:
        meant = [each for each in (f"0{code}", code + str(check_digit(code))) if _valid(each)]
        raise Unfit(
            f"「{text}」は5桁です。検査数字まで6桁で書いてください（{'か '.join(meant)} ですか）",
            f"“{text}” has five digits, without the check digit; {' or '.join(meant)}?",
        )
    if int(code[:2]) not in PREFECTURES:
        raise Unfit(
            f"「{text}」の初めの2桁は都道府県（01〜47）ではありません",
            f"the first two digits of “{text}” are no prefecture (01–47)",
        )
    if not _valid(code):
        right = code[:5] + str(check_digit(code[:5]))
        raise Unfit(
            f"「{text}」は検査数字（6桁め）が合いません（{right} ではありませんか）",
            f"the check digit of “{text}” does not fit; {right}?",
        )
    return code


def code_problem(text: str) -> Problem | None:
    """What is wrong with a city code, if anything."""
    try:
        read_city_code(text)
    except Unfit as error:
        return NO_CODE.at("--code", why=error.said)
    return None


def _valid(code: str) -> bool:
    return int(code[:2]) in PREFECTURES and check_digit(code[:5]) == int(code[5])
