"""Words that an analyst types for one edition, in a notebook that others use too.

``title={"mihon 2025": "…", "mihon 2025 en": "…"}`` says for which edition and language a text is
meant; elsewhere the computed one stands. A plain text would reach every edition that uses the
notebook, and be false there: it is taken only where one edition does.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.drawing import Context
from helpers.drawing.context import FromEdition
from helpers.problems import InputError, Message, near

TYPED = ("title", "notes")  # a plain text says something that one edition's numbers say
DESCRIBING = ("subtitle", "notes", "area", "source")  # may be the same for all, by language
LANGUAGES = ("ja", "en")
_KEY = re.compile(r"(?:(?P<city>[^\s]+)\s+)?(?P<year>\d{4})(?:\s+(?P<lang>ja|en))?")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

FOR_WHOM = Message(
    "{parameter}= に書いた「{text}」は、このノートを使うほかの年度版（{others}）の図にも付きます",
    "どの年度版のためかを書いた形",
    '{parameter}={{"{edition}": "{text}"}} と書いてください'
    "（ほかの年度版では計算された文になります）",
    "“{text}” at {parameter}= would also stand on the figure of other editions that use this "
    'notebook ({others}). → write {parameter}={{"{edition}": "{text}"}}; elsewhere the computed '
    "one stands",
)
NO_EDITION = Message(
    "{parameter}= の「{key}」という年度版はありません",
    "「{example}」「{example} en」のような市と年度",
    "{near}",
    "there is no edition “{key}”, as {parameter}= says; “{example}” or “{example} en” is expected. "
    "→ {near}",
)
WHICH_CITY = Message(
    "{parameter}= の「{key}」では、どの市の年度版か分かりません（{cities} にある）",
    remedy="「{example}」のように市と年度を書いてください",
    en="“{key}” at {parameter}= does not say of which city; there are {cities}. → write it as "
    "“{example}”",
)
LANGUAGE_ALONE = Message(
    "{parameter}= が言語だけで分けられていて、このノートを使うほかの年度版（{others}）にも付きます",
    remedy='{parameter}={{"{edition}": "…", "{edition} en": "…"}} と書いてください',
    en="{parameter}= is keyed by language alone, so it would also stand on the figures of other "
    'editions that use this notebook ({others}). → write {parameter}={{"{edition}": "…", '
    '"{edition} en": "…"}}',
)


def for_edition(parameter: str, given: Any, context: Context) -> Any:
    """What of a parameter is meant for this edition and language; None for nothing.

    Args:
        parameter: its name, as messages say it.
        given: a text, a list, or a mapping from editions (and languages) to these.
        context: the edition, its language, and who else uses the notebook.

    Raises:
        InputError: a key that names no edition, or not one alone; a text typed for one edition
            where several use the notebook.
    """
    if isinstance(given, Mapping):
        return _chosen(parameter, given, context)
    if parameter not in TYPED or not given:
        return given
    texts = [given] if isinstance(given, str) else list(given)
    typed = [t for t in texts if isinstance(t, str) and not isinstance(t, FromEdition)]
    if not typed:
        return given
    if others := _others(context):
        words = {"parameter": parameter, "text": typed[0], "others": "、".join(others)}
        raise InputError(FOR_WHOM.at(context.edition, edition=context.edition, **words))
    # A Japanese sentence is no English one: there the computed one stands.
    strange = context.lang != "ja" and any(_JAPANESE.search(text) for text in typed)
    return None if strange else given


def _others(context: Context) -> list[str]:
    return [edition for edition in context.shared_by() if edition != context.edition]


def _chosen(parameter: str, given: Mapping[Any, Any], context: Context) -> Any:
    keys = {str(key).strip(): value for key, value in given.items()}
    if set(keys) <= set(LANGUAGES):
        if parameter not in DESCRIBING and (others := _others(context)):
            words = {"parameter": parameter, "edition": context.edition}
            raise InputError(LANGUAGE_ALONE.at(context.edition, others="、".join(others), **words))
        return keys.get(context.lang)
    known = sorted({context.edition, *context.editions()})
    chosen = {_meant(parameter, key, known, context): value for key, value in keys.items()}
    plain = chosen.get((context.edition, ""))
    spoken = chosen.get((context.edition, context.lang))
    if spoken is None and plain is not None and context.lang != "ja" and _is_text(plain):
        return None  # an edition without a language is its Japanese text
    return plain if spoken is None else spoken


def _is_text(value: object) -> bool:
    """Whether something is words, not the names of groups, which are the same in any language."""
    several = isinstance(value, Sequence) and not isinstance(value, str)
    texts = list(value) if several else [value]  # type: ignore[call-overload]
    return any(isinstance(text, str) and _JAPANESE.search(text) for text in texts)


def _meant(parameter: str, key: str, known: Sequence[str], context: Context) -> tuple[str, str]:
    """The edition and language that a key names."""
    example = context.edition
    match = _KEY.fullmatch(key)
    if match and not match["city"]:
        cities = [edition for edition in known if edition.split()[-1] == match["year"]]
        if len(cities) > 1:
            words = {"key": key, "cities": "、".join(cities), "example": example}
            raise InputError(WHICH_CITY.at(context.edition, parameter=parameter, **words))
        edition = cities[0] if cities else ""
    else:
        edition = f"{match['city']} {match['year']}" if match else ""
    if edition not in known:
        words = {"key": key, "example": example}
        told = near(key, known)
        raise InputError(NO_EDITION.at(context.edition, parameter=parameter, near=told, **words))
    return edition, (match["lang"] if match else "") or ""
