"""The weights of a survey: by how people were drawn, and raked to the register's age and sex.

A city may have no register, no random sample, or weights that its vendor made: each is taken as
it is. Of people who chose to answer nothing is weighted, and no number gets an interval.
"""

import numpy as np
import pandas as pd

from helpers.problems import InputError, Message, Said, listed
from helpers.reading.codebook import Codebook
from helpers.survey.design import SurveyDesign, survey_design
from helpers.survey.disclosure import ordered
from helpers.survey.weights import Margin, base_weights, merge_thin, rake_trimmed

WEIGHTED, UNWEIGHTED = "weighted", "unweighted"
NO_STRATUM = Message(
    "抽出の層（{name}）が分からない回答者が {count} 人います",
    "全員に層がある",
    "委託先に確かめて入れるか、codebook.yml の strata を消してください",
    "{count} respondents have no {name}, by which the sample was drawn. → ask the vendor and add "
    "it, or take strata out of codebook.yml",
)
NO_STRATA_IN_REGISTER = Message(
    "抽出の層（{name}）が、住民基本台帳（residents の groups）にありません",
    remedy="台帳の表の見出しを groups に足すか、codebook.yml の strata を消してください",
    en="the strata ({name}), by which the sample was drawn, are not among the groups of residents. "
    "→ add the heading of the register's table there, or take strata out of codebook.yml",
)
OTHER_STRATA = Message(
    "抽出の層（{name}）が、回答と住民基本台帳で違います（片方だけ: {names}）",
    "同じ区分",
    "classes を台帳に合わせるか、codebook.yml の strata を消してください",
    "the strata ({name}) of the answers and of the register differ; only one of them has: {names}. "
    "→ make classes fit the register, or take strata out of codebook.yml",
)
NOT_RAKED = Message(
    "住民基本台帳の {names} に合わせる重みが計算できません",
    remedy="回答のない区分があります。codebook.yml の weighting で隣の区分とまとめてください",
    en="no weights fit the register's {names}: a class has no answer. → merge it with its "
    "neighbour at weighting in codebook.yml",
)
WEIGHT_MISSING = Message(
    "重み（weight）のある調査とない調査が、1つの抽出に混じっています",
    remedy="codebook.yml で、同じ抽出のすべての調査に weight を書くか、どれにも書かないでください",
    en="of one draw, some surveys have weights and some have none. → give all of them weight in "
    "codebook.yml, or none",
)


VOLUNTEERS = Said(
    "自分から答えた人の回答で、市民全体の割合とは言えない（誤差の範囲は示せない）。",
    "Answers of people who chose to answer: no shares of all citizens, and no sampling error. ",
)
"""What a figure says of an open survey."""


def sample_of(responses: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """The respondents of the random sample, renumbered; where there is none, all who answered."""
    names = codebook.sample or list(codebook.sources)
    return responses[responses["source"].isin(names)].reset_index(drop=True)


def designs(
    people: pd.DataFrame, register: pd.DataFrame | None, codebook: Codebook
) -> dict[str, SurveyDesign]:
    """Definition → design: the best one first, and the plain counts that stand beside it."""
    best = weighted_design(people, register, codebook)
    return ({WEIGHTED: best} if best else {}) | {UNWEIGHTED: unweighted_design(people, codebook)}


def said(codebook: Codebook) -> dict[str, Said]:
    """What the sample is, and what it can and cannot claim, for readers."""
    kinds = {one.sample for one in codebook.sources.values()}
    clusters = any(one.cluster for one in codebook.sources.values())
    given = any(one.weight for one in codebook.sources.values())
    found = {"抽出": Said("無作為抽出", "random sample")}
    if not codebook.sample:
        text = "自分から答えた人（無作為抽出ではない）"
        found["抽出"] = Said(text, "people who chose to answer (no random sample)")
    elif clusters:
        found["抽出"] = Said("無作為抽出（地点抽出）", "random sample, drawn by places")
    if not codebook.sample:
        found["区間"] = Said("なし（標本誤差は言えない）", "none: no sampling error can be stated")
    else:
        found["区間"] = Said("95％信頼区間", "95% intervals")
    found["重み"] = Said("なし（答えた人の数のまま）", "none: answers as they came")
    if given:
        found["重み"] = Said("委託先が付けた重み", "as given by the vendor")
    elif codebook.sample and codebook.residents:
        found["重み"] = Said("住民基本台帳に合わせた重み", "fitted to the resident register")
    if len(kinds) > 1 and codebook.sample:
        found["ほかの調査"] = Said("推計に入れない", "not part of the estimates")
    return found


def _clusters(people: pd.DataFrame) -> pd.Series | None:
    known = "cluster" in people and people["cluster"].notna().all()
    return people["cluster"].astype(object) if known and len(people) else None


def margin_classes(frame: pd.DataFrame, codebook: Codebook, name: str) -> pd.Series:
    """The class of the weighting margin for each row; None where unknown (その他・無回答)."""
    merged = codebook.groups[name].margins
    return frame[name].astype(object).map(merged.get).astype(object)


def unweighted_design(people: pd.DataFrame, codebook: Codebook) -> SurveyDesign:
    """Every respondent counts the same, as the city's own tables have it."""
    places = _clusters(people)
    return survey_design([1.0] * len(people), clusters=places, random=bool(codebook.sample))


def weighted_design(
    people: pd.DataFrame, register: pd.DataFrame | None, codebook: Codebook
) -> SurveyDesign | None:
    """Base weights N_h/n_h by stratum, then raked to the margins of the register (methods 1.7).

    Weights that the vendor gives are taken as they are: what they were fitted to is not known,
    so that intervals are those of unequal weights alone, rather too wide than too narrow.

    Args:
        people: respondents of the random sample, or of the open one.
        register: persons by class, if there is one.
        codebook: says what the strata are and how thin classes merge in the margins.

    Returns:
        None where there is nothing to weight with, or no random sample to weight.

    Raises:
        InputError: strata that are unknown or differ, weights of some only, an empty class.
    """
    places, drawn_by = _clusters(people), codebook.strata
    if not len(people):
        return None
    if "weight" in people and people["weight"].notna().any():
        if people["weight"].isna().any():
            raise InputError(WEIGHT_MISSING.at("codebook.yml sources"))
        return survey_design(
            people["weight"].astype(float),
            strata=_nesting(people, drawn_by, places),
            clusters=places,
            lonely="adjust",
            random=bool(codebook.sample),
        )
    if register is None or not codebook.sample:
        return None
    if drawn_by and drawn_by not in register:
        raise InputError(NO_STRATA_IN_REGISTER.at("codebook.yml residents.groups", name=drawn_by))
    if drawn_by:
        strata = people[drawn_by].astype(object)
        persons = register.groupby(drawn_by)["persons"].sum()
        sizes = {str(stratum): float(size) for stratum, size in persons.items()}
        _refuse_strata(drawn_by, strata, sizes)
        each = base_weights(strata, sizes)
        nested = _nesting(people, drawn_by, places)
        # How many places there are in all is not known: no correction for a finite population.
        sized = strata.map(sizes) if places is None else None
        design = survey_design(
            each, strata=nested, clusters=places, population=sized, lonely="adjust"
        )
    else:
        everybody = float(register["persons"].sum())
        each = np.full(len(people), everybody / len(people))
        everyone = None if places is not None else everybody
        design = survey_design(each, clusters=places, population=everyone)
    names = [name for name in register.columns if name not in ("persons", drawn_by)]
    margins = [fitted(people, register, codebook, name)[0] for name in names]
    margins = [margin for margin in margins if len(margin.totals) > 1]
    if not margins:
        return design
    try:
        return rake_trimmed(design, margins)
    except ValueError:
        words = {"names": listed(names)}
        raise InputError(NOT_RAKED.at("codebook.yml groups", **words)) from None


def fitted(
    people: pd.DataFrame, register: pd.DataFrame, codebook: Codebook, name: str
) -> tuple[Margin, list[list[str]]]:
    """A margin that weights are fitted to, thin classes merged, and which were.

    A class that nobody is in, or that the register does not have, stays as it is, and is refused:
    it is rather a slip of the description than chance.
    """
    margin = _margin(people, register, codebook, name)
    if {*margin.totals} ^ {*pd.Series(margin.classes).dropna()}:
        return margin, []
    group = codebook.groups[name]
    in_order = bool(group.merging) or ordered([*group.classes])
    return merge_thin(margin, ordered=in_order)


def thin(
    people: pd.DataFrame, register: pd.DataFrame | None, codebook: Codebook
) -> list[tuple[str, list[str]]]:
    """The classes that weights take together because too few answered: group, its classes."""
    given = "weight" in people and people["weight"].notna().any()
    if register is None or not codebook.sample or given or not len(people):
        return []
    names = [name for name in register.columns if name not in ("persons", codebook.strata)]
    return [(name, run) for name in names for run in fitted(people, register, codebook, name)[1]]


def _nesting(
    people: pd.DataFrame, drawn_by: str | None, places: pd.Series | None
) -> pd.Series | None:
    """The strata, where they hold whole places; a stratum of one place counts as R's "adjust"."""
    if drawn_by is None or people[drawn_by].isna().any():
        return None
    if places is not None and people[drawn_by].astype(object).groupby(places).nunique().max() > 1:
        return None
    return people[drawn_by].astype(object)


def _refuse_strata(name: str, strata: pd.Series, sizes: dict[str, float]) -> None:
    where = "codebook.yml sources"
    if lost := int(strata.isna().sum()):
        raise InputError(NO_STRATUM.at(where, name=name, count=lost))
    if odd := sorted({*map(str, strata)} ^ {*sizes}):
        raise InputError(OTHER_STRATA.at(where, name=name, names=listed(odd)))


def _margin(
    residents: pd.DataFrame, register: pd.DataFrame, codebook: Codebook, name: str
) -> Margin:
    persons = register.assign(margin=margin_classes(register, codebook, name))
    known = persons.dropna(subset="margin")
    totals = known[known["persons"] > 0].groupby("margin", sort=False)["persons"].sum()
    classes = margin_classes(residents, codebook, name)
    return Margin(classes, {str(margin): float(size) for margin, size in totals.items()})
