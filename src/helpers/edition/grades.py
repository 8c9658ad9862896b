"""A city's own rule of grades: which grade a measure gets, said in bands, in words a city uses.

A band is a condition of named quantities: ``progress >= 80``, or ``進捗率 >= 80``. The first band
that holds gives the grade. A quantity that does not exist for a measure (a 達成率 of something
that may be negative) makes its condition neither true nor false: no band is given for want of a
number, and what is graded by none stands under ``missing``.
"""

import ast
import operator
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from helpers.configuration import Part
from helpers.problems import Said, Unfit, listed

Value = Fraction | bool | None
"""None: there is no such number for this measure."""

QUANTITIES: Mapping[str, Said] = {
    "attainment": Said("達成率", "attainment of the plan's target"),
    "year_attainment": Said("年度達成率", "attainment of the year's target"),
    "progress": Said("進捗率", "progress to the plan's target"),
    "year_progress": Said("年度進捗率", "progress to the year's target"),
    "pace": Said("必要ペース", "required pace"),
    "gap": Said("目標との差", "distance from the plan's target"),
    "gain": Said("現状値との差", "change from the baseline"),
    "gain_rate": Said("現状値からの増減率", "change from the baseline in %"),
    "change": Said("前年度差", "change from last year"),
    "change_rate": Said("前年度増減率", "change from last year in %"),
    "error": Said("誤差", "what is no change"),
    "survey": Said("意識調査", "measured by a survey"),
    "level": Said("横ばい", "level"),
}
"""What a condition may name. Differences and rates of change are positive where things improve,
whichever way is better; rates are in %, differences in the measure's unit."""
_BY_WORD = {**{said.ja: name for name, said in QUANTITIES.items()}, **{n: n for n in QUANTITIES}}
_FLAGS = ("survey", "level")

_COMPARE: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
    ast.LtE: operator.le,
    ast.Lt: operator.lt,
}
_COUNT: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


def _spelt(condition: str) -> str:
    """A condition in one spelling: half-width, ``≧`` as ``>=``, ``かつ`` as ``and``."""
    text = unicodedata.normalize("NFKC", condition).replace("%", "").replace("−", "-")
    for sign, plain in (("≧", ">="), ("≥", ">="), ("≦", "<="), ("≤", "<="),
                        ("かつ", " and "), ("または", " or ")):  # fmt: skip
        text = text.replace(sign, plain)
    return text.strip()


def _tree(condition: str) -> ast.expr:
    return ast.parse(_spelt(condition), mode="eval").body


def quantities_of(condition: str) -> list[str]:
    """The quantities that a condition names, each once."""
    names = [_BY_WORD[n.id] for n in ast.walk(_tree(condition)) if isinstance(n, ast.Name)]
    return list(dict.fromkeys(names))


def holds(condition: str, values: Mapping[str, Value]) -> bool | None:
    """Whether a condition holds; None where a number that decides it does not exist.

    Raises:
        KeyError, ValueError, SyntaxError: it is no condition of ``QUANTITIES``.
    """
    found = _truth(_tree(condition), values)
    return found if found is None else bool(found)


def _truth(node: ast.expr, values: Mapping[str, Value]) -> bool | None:
    """Three-valued logic (Kleene): unknown or true is true, unknown and true is unknown."""
    if isinstance(node, ast.BoolOp):
        parts = [_truth(part, values) for part in node.values]
        decides = isinstance(node.op, ast.Or)
        if decides in parts:
            return decides
        return None if None in parts else not decides
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _truth(node.operand, values)
        return None if inner is None else not inner
    if isinstance(node, ast.Name) and _BY_WORD.get(node.id) in _FLAGS:
        flag = values[_BY_WORD[node.id]]
        return None if flag is None else bool(flag)
    if isinstance(node, ast.Compare):
        sides = [_number(side, values) for side in (node.left, *node.comparators)]
        found = [
            None if a is None or b is None else _COMPARE[type(op)](a, b)
            for op, a, b in zip(node.ops, sides, sides[1:], strict=False)
        ]
        return False if False in found else None if None in found else True
    raise ValueError(node)


def _number(node: ast.expr, values: Mapping[str, Value]) -> Fraction | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Fraction(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand, values)
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp) and type(node.op) in _COUNT:
        sides = _number(node.left, values), _number(node.right, values)
        return None if None in sides else Fraction(_COUNT[type(node.op)](*sides))
    if isinstance(node, ast.Name) and _BY_WORD[node.id] not in _FLAGS:
        value = values[_BY_WORD[node.id]]
        return None if value is None else Fraction(value)
    raise ValueError(node)


def _condition(text: str) -> str:
    """A condition that can be read, or what is wrong with it."""
    try:
        holds(text, {name: name in _FLAGS or Fraction(1) for name in QUANTITIES})
    except (SyntaxError, ValueError, KeyError, RecursionError):
        words = listed((said.ja for said in QUANTITIES.values()), most=20)
        names = listed(QUANTITIES, most=20)
        raise Unfit(
            f"条件「{text}」は読めません（書き方: 進捗率 >= 80、達成率 >= 60 かつ 横ばい。"
            f"使えるのは {words.ja}、数、>= > <= <、+ − *、かつ・または・not）",
            f"the condition “{text}” cannot be read (progress >= 80, gain > 0 and not level): "
            f"there are {names.en}, numbers, >= > <= <, + - *, and, or, not",
        ) from None
    return text


Condition = Annotated[str, AfterValidator(_condition)]


class Band(Part):
    """One grade of a rule: when it is given, and what it means."""

    when: Condition
    en: str = Field("", description="the grade in English, where it is a word")
    meaning: str = Field("", description="what the city says it means: 順調に進んでいる")
    role: Literal["positive", "neutral", "negative", ""] = ""


def _bands(value: object) -> object:
    """``{A: 進捗率 >= 80}``: a text is the condition."""
    if not isinstance(value, dict):
        return value
    return {
        str(grade).strip(): {"when": one} if isinstance(one, str) else one
        for grade, one in value.items()
    }


class Rule(Part):
    """How a plan grades its measures: bands, the first that holds; its name and its source."""

    ja: str
    en: str = ""
    source: str = Field("", description="the document that the rule stands in")
    bands: Annotated[dict[str, Band], BeforeValidator(_bands)] = Field(min_length=2)
    level: Condition = Field(
        "-error <= gain <= error", description="what counts as 横ばい: 意識調査 かつ -3 < gain < 3"
    )
    missing: str = Field("－", description="the word where a number that decides is missing")

    @model_validator(mode="after")
    def _level_is_not_of_itself(self) -> Self:
        if "level" in quantities_of(self.level):
            raise Unfit("level の条件に level は使えません", "level cannot be defined by level")
        return self

    @property
    def grades(self) -> list[str]:
        """All that it can yield, the word for what cannot be graded last."""
        return list(dict.fromkeys([*self.bands, self.missing]))

    def role(self, grade: str) -> str:
        """How good a grade is: as described, else the first is good, the last bad."""
        if grade not in self.bands:
            return ""
        if told := self.bands[grade].role:
            return told
        place, last = list(self.bands).index(grade), len(self.bands) - 1
        return "positive" if place == 0 else "negative" if place == last else "neutral"

    @property
    def uses(self) -> list[str]:
        """The quantities that its bands ask for, ``level`` by what it is made of."""
        named = [name for band in self.bands.values() for name in quantities_of(band.when)]
        return list(dict.fromkeys(named))

    def words(self) -> Iterator[tuple[str, str, str]]:
        """Each grade with its Japanese and its English."""
        for grade, band in self.bands.items():
            yield grade, grade, band.en or grade
        yield self.missing, self.missing, self.missing

    def grade(self, values: Mapping[str, Value]) -> str | None:
        """The grade of a measure; ``missing`` where a number that decides it does not exist.

        Args:
            values: every quantity but ``level``, which the rule itself defines.

        Returns:
            None where all is known and no band holds: the bands leave a hole.
        """
        known = {**values, "level": holds(self.level, values)}
        unknown = False
        for grade, band in self.bands.items():
            found = holds(band.when, known)
            if found:
                return grade
            unknown = unknown or found is None
        return self.missing if unknown else None
