"""What a city asks and counts, described once: printed tables and answers are read by it.

A text is the name of what it describes: who writes ``18~29歳`` under ``groups`` has named the
group, its heading in the printed table and its word in every chart. Only what a table is asked
by (a question, a breakdown, a battery …) has an id in English letters, as files are named by it.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from helpers.configuration import Part
from helpers.edition.grades import Rule
from helpers.edition.tables import Identifier, Names, Year
from helpers.problems import Unfit

Role = Literal["positive", "neutral", "negative", "dont_know", "no_answer", ""]
ROLES = ("positive", "neutral", "negative")
"""The roles whose options are told together; 無回答 and わからない stand for themselves."""
MEASURES = "kpi"
"""Indicator and breakdown of all measures; ``kpi_progress`` and others follow from it."""
GRADED = "kpi_grade_count"
"""How many measures of a 分野 or a 施策 have each grade: the grade is the category."""


def text_id(text: str) -> str:
    """How a Japanese name stands in a key: without spaces, its half-width point made wide."""
    return "".join(text.split()).replace(".", "．")


class Name(Part):
    """A name as charts print it; where ``en`` is not given, Japanese stands in English, too."""

    ja: str
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _one_text_is_both(cls, value: Any) -> Any:
        value = {"ja": value} if isinstance(value, str) else value
        if isinstance(value, dict) and not value.get("en") and "ja" in value:
            return {**value, "en": value["ja"]}
        return value


class Worded(Part):
    """What has a name: printed as ``ja``, or as any of ``also``."""

    ja: str = ""
    en: str = ""
    also: Names = Field([], description="other headings that mean the same")

    @property
    def name(self) -> Name:
        """As charts print it."""
        return Name(ja=self.ja, en=self.en or self.ja)

    @property
    def headings(self) -> list[str]:
        """What a table may call it."""
        return [text for text in (self.ja, *self.also) if text]


class Listed(Worded):
    """One of a list: a group, an item, an option. Its text is its key."""


class Option(Listed):
    """An answer that can be given."""

    role: Role = ""
    points: float | None = Field(None, description="what it counts in a mean score")


class Ranked(Listed):
    """What a ranking is about: 魅力度."""


class Measured(Listed):
    """An indicator of a plan."""

    unit: str = ""
    level_within: float = Field(0, ge=0, description="a change that is no change: 横ばい")
    number: str = Field("", description="as the plan numbers it: 1-2-①")
    policy: str = Field("", description="the 施策 that it belongs to, of policies")
    definition: str = Field("", description="what is counted, how: 指標の定義")
    direction: Literal["", "up", "down", "keep"] = Field(
        "", description="which way is better, where baseline and target do not say it"
    )
    within: tuple[float, float] | None = Field(None, description="the range to keep within")
    counts: Literal["yearly", "cumulative"] = Field(
        "yearly", description="of each year, or summed up from the plan's first year on"
    )
    survey: bool = Field(False, description="whether it is measured by a survey")
    signed: bool = Field(False, description="can be zero or negative (mGAP, 社会増減): no 達成率")
    target_year: Year | None = Field(
        None, description="the year of the plan's target, where it is not the last one"
    )
    rule: str = Field("", description="the rule of grades that is its own; else the first")


class Policy(Listed):
    """A 施策 of a plan, with what its evaluation sheet says of it."""

    number: str = ""
    field: str = Field("", description="分野")
    department: str = Field("", description="担当課")
    evaluation: str = Field("", description="the grade that the sheet prints")
    reason: str = Field("", description="判断理由")


def _by_text(key: str) -> Callable[[object], object]:
    """A list of texts, or text → what is said of it (one word for ``key``), as a mapping."""

    def read(value: object) -> object:
        if isinstance(value, list):
            value = {str(text): None for text in value}
        if not isinstance(value, dict):
            return value
        out: dict[str, object] = {}
        for text, said in value.items():
            if isinstance(said, Part):
                out[str(text)] = said
                continue
            about = {} if said is None else said if isinstance(said, dict) else {key: said}
            out[text_id(str(text))] = {"ja": str(text).strip(), **about}
        return out

    return read


Groups = Annotated[dict[str, Listed], BeforeValidator(_by_text("en"))]
Options = Annotated[dict[str, Option], BeforeValidator(_by_text("role"))]


class Breakdown(Worded):
    """By what numbers are split, and into what, in the city's own words."""

    ja: str
    groups: Groups = Field(min_length=1)
    covers: bool | None = Field(None, description="whether everybody is in one of the groups")


class Answered(Worded):
    """What was asked: options with roles, or a score."""

    options: Options = Field({}, description="answer → its role; of a scale, its bands")
    subtotals: dict[Literal["positive", "neutral", "negative"], Names] = Field(
        {}, description="headings of sums that the document prints itself: 感じる（計）"
    )
    scale: tuple[float, float] | None = Field(None, description="least and most, of a score")
    base: Literal["answered", "all", "asked"] | None = Field(
        None, description="of whom: those who answered, all who returned, those asked"
    )

    @property
    def roles(self) -> dict[str, list[str]]:
        """Role → its options, in their order; only of those that have any."""
        found: dict[str, list[str]] = {}
        for ident, option in self.options.items():
            if option.role:
                found.setdefault(option.role, []).append(ident)
        return found

    def parts(self, printed: Iterable[str]) -> dict[str, str]:
        """The options that are there → their roles; the roles, where no option is."""
        there = {*printed}
        options: dict[str, str] = {
            one: option.role for one, option in self.options.items() if one in there
        }
        return options or {role: role for role in ROLES if role in there}

    @property
    def points(self) -> dict[str, float]:
        """Option → what it counts in the mean score."""
        told = {name: one.points for name, one in self.options.items()}
        return {name: points for name, points in told.items() if points is not None}


class Asked(Answered):
    """A question."""

    ja: str
    text: str = Field("", description="the question as asked")
    answers: Literal["one", "several"] | int = Field(
        "one", description="how many may be given: one, several, or the most"
    )
    asked: str = Field("", description="who was asked, where not everybody was")

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if not self.options and self.scale is None:
            raise Unfit(
                "options（選択肢）か scale（[最小, 最大]）が要ります",
                "options, or scale ([least, most]) are needed",
            )
        if self.base == "asked" and not self.asked:
            raise Unfit(
                "base: asked には、だれに尋ねたか（asked: …）が要ります",
                "base: asked needs who was asked (asked: …)",
            )
        several = self.answers != "one"
        if several and self.roles.keys() & set(ROLES):
            raise Unfit(
                "いくつも選べる設問（answers: several）の選択肢に positive・neutral・negative は"
                "付けられません（足し合わせると同じ人を何度も数えます）",
                "options of which several may be chosen are not positive, neutral or negative: "
                "their sum would count people twice",
            )
        return self


class BatteryAsk(Answered):
    """What a battery asks of each of its items."""

    ja: str
    unit: str = "点"


class Battery(Worded):
    """One question asked of many items: policy fields × satisfaction and importance."""

    ja: str
    items: Groups = Field(min_length=2)
    asks: dict[Identifier, BatteryAsk] = Field(min_length=1)
    highlight: list[str] = Field([], description="items that charts show in front")

    @model_validator(mode="after")
    def _highlights_are_items(self) -> Self:
        for text in self.highlight:
            if text_id(text) not in self.items:
                raise Unfit(
                    f"highlight の「{text}」が items にありません",
                    f"“{text}” of highlight is not among the items",
                )
        return self


class Series(Worded):
    """A yearly statistic of ``tables``: the item of the same id."""

    ja: str
    unit: str = ""
    decimals: int = Field(0, ge=0, le=6)
    year: Literal["calendar", "fiscal"] = "fiscal"
    basis: Literal["register", "census"] = "register"


class Ranking(Worded):
    """A ranking: its scores and ranks by year."""

    ja: str
    items: Annotated[dict[str, Ranked], BeforeValidator(_by_text("en"))] = Field(min_length=1)


def _formula(text: str) -> str:
    """A formula of d and population, or what is wrong with it."""
    value_of(text, Fraction(1), Fraction(1))
    return text


class Formula(Worded):
    """A number made of the shares of several questions.

    ``value`` is written in ``d`` (positive − negative share of a question, in points) and
    ``population`` (in 万人): ``(d + 100) / 2``, ``d * population``.
    """

    ja: str
    questions: list[Identifier] = Field(min_length=1)
    value: Annotated[str, AfterValidator(_formula)]
    total: Literal["sum", "mean", "none"] = Field("none", description="over the questions")
    population: Fraction | None = Field(None, description="in 万人, as printed")
    unit: str = "点"
    decimals: int = Field(1, ge=0, le=4)

    @model_validator(mode="after")
    def _population_is_there(self) -> Self:
        if "population" in self.value and self.population is None:
            raise Unfit(
                "式に population がありますが、population（万人）が書いてありません",
                "the formula has population, but population (in 万人) is not given",
            )
        return self


_OPERATORS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


def value_of(formula: str, d: Fraction, population: Fraction | None) -> Fraction:
    """What a formula gives, exactly.

    Raises:
        Unfit: it has something else than numbers, d, population, + − * / and brackets.
    """
    names = {"d": d, "population": population or Fraction(0)}

    def read(node: ast.expr) -> Fraction:
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            return Fraction(_OPERATORS[type(node.op)](read(node.left), read(node.right)))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -read(node.operand)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return Fraction(str(node.value))
        if isinstance(node, ast.Name) and node.id in names:
            return names[node.id]
        raise ValueError

    try:
        tree = ast.parse(formula.translate(str.maketrans("＋－−×÷（）", "+--*/()")), mode="eval")
        return read(tree.body)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError):
        raise Unfit(
            f"式「{formula}」は読めません（使えるのは d、population、数、+ − * / と括弧）",
            f"the formula “{formula}” cannot be read: d, population, numbers, + - * / and "
            "brackets are there",
        ) from None


class Described(Part):
    """Everything that is described, of ``edition.yml`` alone or with what ``codebook.yml`` adds."""

    breakdowns: dict[Identifier, Breakdown] = {}
    questions: dict[Identifier, Asked] = {}
    batteries: dict[Identifier, Battery] = {}
    series: dict[Identifier, Series] = {}
    ranks: dict[Identifier, Ranking] = {}
    measures: Annotated[dict[str, Measured], BeforeValidator(_by_text("unit"))] = {}
    formulas: dict[Identifier, Formula] = {}
    policies: Annotated[dict[str, Policy], BeforeValidator(_by_text("en"))] = Field(
        {}, description="the 施策 of a plan"
    )
    grades: dict[Identifier, Rule] = Field({}, description="how a plan grades its measures")

    def kinds(self) -> dict[str, str]:
        """Id → the key below which it is described."""
        found = {name: kind for kind in DESCRIBED for name in getattr(self, kind)}
        found |= {ask: "asks" for one in self.batteries.values() for ask in one.asks}
        if self.measures:
            found[MEASURES] = "measures"
        return {name: kind for name, kind in found.items() if re.fullmatch(r"[a-z]\w*", name)}

    @property
    def sheets(self) -> dict[str, str]:
        """Key of its figure → 施策, in the plan's order; only of those that have a measure."""
        used = {one.policy for one in self.measures.values()}
        policies = [name for name in self.policies if name in used]
        return {f"sheet_{number:02}": name for number, name in enumerate(policies, 1)}

    def ask(self, name: str) -> tuple[str, BatteryAsk] | None:
        """The battery that asks something of its items, and what it asks."""
        for battery, one in self.batteries.items():
            if name in one.asks:
                return battery, one.asks[name]
        return None

    def words(self) -> Iterator[tuple[str, Name]]:
        """Every name that charts and the first door will meet, and its words."""
        split = [(ident, one, one.groups) for ident, one in self.breakdowns.items()]
        asked_of = [(ident, one, one.items) for ident, one in self.batteries.items()]
        for ident, one, inner in (*split, *asked_of):
            yield ident, one.name
            yield from ((group, text.name) for group, text in inner.items())
        asks = {i: a for one in self.batteries.values() for i, a in one.asks.items()}
        for ident, question in [*self.questions.items(), *asks.items()]:
            yield ident, question.name
            yield f"{ident}_count", _more(question.name, "（人数）", " (persons)")
            for option, text in question.options.items():
                yield f"{ident}.{option}", text.name
                yield f"{ident}_count.{option}", text.name
            for role, heading in _role_words(question):
                yield f"{ident}.{role}", heading
                yield f"{ident}_count.{role}", heading
        for ident, series in self.series.items():
            yield ident, series.name
        for ident, ranking in self.ranks.items():
            yield f"{ident}_rank", _more(ranking.name, "の順位", ": rank")
            yield f"{ident}_ranking", ranking.name
            yield f"{ident}_score", _more(ranking.name, "の点数", ": score")
            for end, (ja, en) in {"rank": ("順位", "Rank"), "score": ("点数", "Score")}.items():
                name = Name(ja=f"{ja}の前回との差", en=f"{en}: change")
                yield f"{ident}_{end}_change", name
            yield from ((item, text.name) for item, text in ranking.items.items())
        yield from ((item, text.name) for item, text in self.measures.items())
        yield from ((ident, formula.name) for ident, formula in self.formulas.items())
        yield from ((ident, policy.name) for ident, policy in self.policies.items())
        for rule in self.grades.values():
            for grade, ja, en in rule.words():
                yield f"{GRADED}.{grade}", Name(ja=ja, en=en)

    def twice(self) -> Iterator[str]:
        """Ids that two things have."""
        seen: set[str] = set()
        asks = [ask for one in self.batteries.values() for ask in one.asks]
        named = [kind for kind in DESCRIBED if kind not in ("measures", "policies", "grades")]
        for name in [*(n for kind in named for n in getattr(self, kind)), *asks]:
            if name in seen:
                yield name
            seen.add(name)


DESCRIBED = (
    "breakdowns", "questions", "batteries", "series", "ranks", "measures", "formulas",
    "policies", "grades",
)  # fmt: skip


def _more(name: Name, ja: str, en: str) -> Name:
    return Name(ja=name.ja + ja, en=(name.en or name.ja) + en)


def _role_words(question: Answered) -> Iterable[tuple[str, Name]]:
    """What the options of a role are called together: as the document does, else by their names."""
    for role in ROLES:
        options = [question.options[one].name for one in question.roles.get(role, [])]
        if printed := question.subtotals.get(role):  # type: ignore[call-overload]
            yield role, Name(ja=printed[0], en=" / ".join(o.en for o in options) or printed[0])
        elif options:
            yield role, Name(ja="・".join(o.ja for o in options),
                             en=" / ".join(o.en for o in options))  # fmt: skip
