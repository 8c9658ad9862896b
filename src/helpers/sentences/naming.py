"""Keys, definitions and years in words."""

from dataclasses import dataclass

from helpers.edition import Edition
from helpers.labels import label
from helpers.problems import Said
from helpers.sentences.evidence import Number
from helpers.sentences.numbers import with_unit

# Definitions of a series as a sentence names them.
DEFINITIONS = {
    "register_all": Said("住民基本台帳・外国人を含む総数", "resident register, all residents"),
    "japanese_movers": Said("日本人移動者", "Japanese movers only"),
    "published": Said("公表値", "as published"),
    "imputed": Said("不詳補完値", "with imputation"),
    "city_method": Said("市の算出方法", "the city's own method"),
    "weighted": Said("重み付けした推定値", "weighted estimate"),
    "unweighted": Said("重み付けしない集計", "unweighted"),
    "国勢調査": Said("国勢調査", "census"),
    "住民基本台帳(総計)": Said("住民基本台帳（総計）", "resident register, all residents"),
    "text": Said("本文の数値", "numbers of the text"),
    "by_source": Said("調査ごとの集計（重み付けしない）", "each survey by itself, unweighted"),
    "fixed_shares": Said("調査の構成を固定した推定値", "with fixed shares of the surveys"),
    "pooled": Said("調査をまとめた集計", "all surveys together"),
    "panel": Said("同じ回答者の2年の比較", "the same people in both years"),
    "from_shares": Said("印刷された割合から計算", "from the shares as printed"),
    "bounds_population_exact": Said(
        "四捨五入の前に取り得る範囲（人口は印刷のとおり）",
        "what it may be before rounding, the population as printed",
    ),
    "bounds_population_rounded": Said(
        "四捨五入の前に取り得る範囲（人口も四捨五入とみて）",
        "what it may be before rounding, the population rounded too",
    ),
    "points": Said("前年度との差（ポイント）", "difference to the year before, in points"),
    "ratio": Said("前年度に対する比（％）", "ratio to the year before, in %"),
}
# Years of these breakdowns and indicators are calendar years.
_CALENDAR = ("register_all", "japanese_movers", "国勢調査", "住民基本台帳(総計)", "imputed")
_CALENDAR_INDICATORS = ("daytime_", "stay_share", "commuters")


@dataclass(frozen=True)
class Naming:
    """Words for what an edition's numbers are."""

    edition: Edition

    def key(self, key: str) -> Said:
        """``地域への愛着（18〜19歳・感じている）``."""
        return Said(self._key(key, "ja"), self._key(key, "en"))

    def _key(self, key: str, lang: str) -> str:
        indicator, breakdown, group, category = [*key.split("."), "", "", ""][:4]
        if len(key.split(".")) > 4:
            category = ".".join(key.split(".")[3:])
        parts = [] if breakdown in ("", "total") else [self._word(group, lang)]
        if category and category != "total":
            parts.append(self._word(f"{indicator}.{category}", lang))
        if indicator.startswith("kpi"):  # 成果指標 says nothing beside the name of one
            shown = parts[:1] if category in ("", "actual") else parts
            subject = "" if indicator == "kpi" else self._word(indicator, lang)
            return "・".join([*shown, subject]).rstrip("・")
        subject = self._word(indicator, lang)
        if not parts:
            return subject
        return (
            f"{subject}（{'・'.join(parts)}）"
            if lang == "ja"
            else f"{subject} ({', '.join(parts)})"
        )

    def word(self, name: str) -> Said:
        """An identifier: ``重要度``."""
        return Said(self._word(name, "ja"), self._word(name, "en"))

    def group(self, key: str) -> Said:
        """The group of a key: ``18〜19歳``, ``子育て支援``."""
        return self.word(key.split(".")[2])

    def category(self, key: str) -> Said:
        """The category of a key: ``推奨意欲``."""
        return self.word(f"{key.partition('.')[0]}.{key.rpartition('.')[2]}")

    def _word(self, name: str, lang: str) -> str:
        try:
            return label(name, lang, self.edition.own_labels(lang))
        except KeyError:
            return name.rpartition(".")[2]

    def definition(self, definition: str) -> Said:
        """A definition in words; one that has none stays as it is."""
        return DEFINITIONS.get(definition, Said(definition, definition))

    def number(self, number: Number) -> Said:
        """The number with its unit: ``72.5％``."""
        return with_unit(number.printed, number.unit)

    def dated(self, number: Number) -> Said:
        """The number with its year: ``72.5％（2025年度）``."""
        by_name = number.key.startswith(_CALENDAR_INDICATORS)
        calendar = by_name or number.definition in _CALENDAR
        shown, year = self.number(number), number.year
        return Said(
            f"{shown.ja}（{year}年{'' if calendar else '度'}）",
            f"{shown.en} ({'' if calendar else 'FY'}{year})",
        )

    def full(self, number: Number) -> Said:
        """Name, number, year."""
        name, shown = self.key(number.key), self.dated(number)
        return Said(f"{name.ja} {shown.ja}", f"{name.en} {shown.en}")
