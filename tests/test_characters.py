"""Texts that no document can print as they are meant, and what is offered instead."""

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from helpers.characters import house_font, plain_text, problem_of

FONTS = Path(__file__).parents[1] / "src" / "helpers" / "fonts"


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("⼈口", ["1 文字目", "部首", "U+2F08"], "人口"),  # Kangxi radical, from a PDF
        ("市⺠意識", ["2 文字目", "部首", "U+2EA0"], ""),  # radicals supplement: NFKC does not help
        ("𠮷田地区", ["1 文字目", "フォントにない", "U+20BB7"], ""),
        ("満足😀", ["3 文字目", "フォントにない", "U+1F600"], ""),
        ("西部\ue000", ["外字", "U+E000"], ""),
        ("東\x07部", ["2 文字目", "制御文字", "U+0007"], ""),
        ("葛\U000e0100城", ["異体字", "U+E0100"], "葛城"),
        ("転入\u200b者数", ["見えない文字", "U+200B"], "転入者数"),
        ("こと\u3099も", ["濁点", "U+3099"], "こども"),  # か + dakuten, as macOS writes names
        ("𝟓年", ["フォントにない", "U+1D7D3"], "5年"),
        ("\ud800", ["壊れた文字"], ""),
        ("\ufdd0", ["未定義"], ""),
    ],
)
def test_what_cannot_be_printed_is_said_with_what_to_write(text, words, instead):
    said = problem_of(text)
    assert said is not None
    assert all(word in said.ja for word in words), said.ja
    assert f"「{instead}」と書いて" in said.ja if instead else "別の字" in said.ja
    code = next((word for word in words if word.startswith("U+")), "U+")
    assert code in said.en
    # The sentence itself can be printed and logged.
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Mn") for c in said.ja + said.en)


@pytest.mark.parametrize(
    "text",
    ["", "abc", "人口", "①よく利用する", "㎡", "ｻｰﾋﾞｽ", "〜５点", "髙橋﨑", "−8 ▲", "行\n替え", "é"],
)
def test_ordinary_text_is_left_alone(text):
    assert problem_of(text) is None
    assert plain_text(text) == text


def test_the_characters_of_the_house_font_are_those_of_its_table():
    font = TTFont(FONTS / "BIZUDPGothic-Regular.ttf", lazy=True)
    assert house_font() == font.getBestCmap().keys()
    bold = TTFont(FONTS / "BIZUDPGothic-Bold.ttf", lazy=True)
    assert house_font() == bold.getBestCmap().keys()


def test_what_the_font_lacks_is_found_in_the_basic_plane_too():
    lacking = [chr(c) for c in range(0x4E00, 0xA000) if c not in house_font()]
    assert len(lacking) > 1000
    for character in lacking[:: len(lacking) // 40]:
        said = problem_of(f"鷗外{character}")
        assert said is not None and "3 文字目が図のフォントにない文字" in said.ja
    compatible = [c for c in range(0xF900, 0xFFEF) if c not in house_font()]
    helped = [c for c in compatible if (one := unicodedata.normalize("NFKC", chr(c))) != chr(c)
              and all(ord(part) in house_font() for part in one)]  # fmt: skip
    for code in helped[:: max(1, len(helped) // 20)]:
        plain = unicodedata.normalize("NFKC", chr(code))
        assert f"「{plain}」と書いてください" in problem_of(chr(code)).ja
