"""Titles: one finding in neutral words, and only what sampling error allows (``significance``).

A difference, an order, an extreme or a change is claimed where the family of everything that the
title could have claimed supports it at 5 %. Else the title describes the whole, or describes the
sample and says so (「調査では」). Printed tables without n are described as published
(「公表された区分では」) and ranked no further. A small base is never named.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from helpers.drawing import Alternative, Context
from helpers.labels import label
from helpers.sentences.indicator_row import Row
from helpers.sentences.significance import Family, apart, critical, family
from helpers.trends import LEVEL_PERCENT, LEVEL_POINTS, POINTS, SLIGHT_POINTS, TREND
from helpers.years import era_year

# How a rate moves, and how an amount does.
_RATES = {"up": ("上昇", "rose"), "down": ("低下", "fell"), "level": TREND["level"]}
_LONGEST = {"ja": 40, "en": 80}  # characters of a title; about a line at full width


def nameable(rows: Iterable[Row]) -> list[Row]:
    """The rows that a title may name."""
    return [row for row in rows if row.known and not row.small]


# Names


def name(identifier: str, context: Context) -> str:
    """The words for an identifier in the context's language; one that has none stays."""
    try:
        return label(identifier, context.lang, context.labels)
    except KeyError:
        return identifier.rpartition(".")[2]


def group_name(row: Row, context: Context) -> str:
    """A group as a sentence names it, where it must stand alone: 居住1年未満."""
    return name(f"{row.breakdown}.{row.group}", context)


def people(row: Row, context: Context) -> str:
    """Who or what a number counts: 地域に愛着を感じている人; of other units the name alone."""
    own = name(row.indicator, context)
    if row.unit not in ("%", "％") or not row.category:
        return own
    who = f"{row.indicator}.who"
    if row.category == "positive" and (said := name(who, context)) != "who":
        return said
    word = name(f"{row.indicator}.{row.category}", context)
    if word == name(row.category, context) and row.category == "positive":
        return context.say(f"{own}に肯定的な人", f"Positive on {own}")
    return context.say(f"{own}が「{word}」の人", f"“{word}” on {own}")


def joined(names: Sequence[str], context: Context) -> str:
    """Names as one phrase: ``A, b and c``."""
    if context.lang == "ja":
        return "と".join(names)
    first, *others = [names[0], *(_lower(name) for name in names[1:])]
    return " and ".join([", ".join([first, *others[:-1]]), *others[-1:]])


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


# Groups of questions


def shares(questions: Sequence[Sequence[Row]], context: Context) -> str:
    """The finding of questions asked of several groups; the whole of each stands among its rows."""
    wholes = [next((r for r in rows if r.breakdown == "total"), None) for rows in questions]
    groups = [nameable(r for r in rows if r.breakdown != "total") for rows in questions]
    # Groups of one breakdown are told apart; those of two overlap and are never ranked together.
    sets = [own for rows in groups for own in _by_breakdown(rows)]
    held = family(sets)
    for own in sets:
        whole = next((w for w in wholes if w and w.indicator == own[0].indicator), None)
        if whole and not whole.known:
            continue
        if said := _lowest(held, own, whole, context):
            return said
    return _wholes(questions, wholes, groups, held, context)


def lowest(questions: Sequence[Sequence[Row]]) -> list[Row]:
    """The groups of the first question that the title may call the lowest."""
    groups = [nameable(r for r in rows if r.breakdown != "total") for rows in questions]
    sets = [own for rows in groups for own in _by_breakdown(rows)]
    held = family(sets)
    return next((low for own in sets if (low := _end(held, own, -1))), [])


def _by_breakdown(rows: Sequence[Row]) -> list[list[Row]]:
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.breakdown, []).append(row)
    return list(parts.values())


def _end(held: Family[Row], members: Sequence[Row], sign: int, most: int = 2) -> list[Row]:
    """An end of a set; of published numbers those that are printed alike, as many as they are."""
    if held.sampled:
        return held.extreme(members, sign, most)
    end = max((m.inside[0] for m in members), key=lambda value: sign * value)
    found = [m for m in members if m.inside[0] == end]
    return found if len(found) < len(members) else []


def _lowest(held: Family[Row], own: Sequence[Row], whole: Row | None, context: Context) -> str:
    """Where a share is lowest, or else that two groups differ; nothing if neither is supported."""
    subject = people(own[0], context)
    overall = f"、全体は{whole.said(context)}" if whole else ""
    overall_en = f"; {whole.said(context)} overall" if whole else ""
    if low := _end(held, own, -1):
        where = joined([group_name(row, context) for row in low], context)
        alike = len({row.printed for row in low}) == 1
        if not alike:
            return context.say(
                f"{subject}は{where}で低{'く' if whole else 'い'}{overall}",
                f"{subject}: lower at {_lower(where)}{overall_en}",
            )
        extreme = context.say(
            f"{subject}は{where}が{low[0].said(context)}で最も低{'く' if whole else 'い'}{overall}",
            f"{subject}: lowest at {_lower(where)}, {low[0].said(context)}{overall_en}",
        )
        return extreme if held.sampled else as_published(extreme, context)
    if len(own) > 1 and held.sampled:
        bottom, top = (pick(own, key=lambda row: row.inside) for pick in (min, max))
        if held.differ(bottom, top):
            return lower(subject, bottom, top, context)
    return ""


def lower(subject: str, bottom: Row, top: Row, context: Context) -> str:
    """That one group lies below another: no more than that."""
    names = group_name(bottom, context), group_name(top, context)
    return context.say(
        f"{subject}は{names[0]}（{bottom.said(context)}）が"
        f"{names[1]}（{top.said(context)}）より低い",
        f"{subject}: lower at {_lower(names[0])} ({bottom.said(context)}) than at "
        f"{_lower(names[1])} ({top.said(context)})",
    )


def as_published(text: str, context: Context) -> str:
    """A sentence about printed numbers of which nobody knows the chance."""
    return context.say(f"公表された区分では、{text}", f"As published, {_lower(text)}")


def _wholes(
    questions: Sequence[Sequence[Row]],
    wholes: Sequence[Row | None],
    groups: Sequence[Sequence[Row]],
    held: Family[Row],
    context: Context,
) -> str:
    """The wholes of the questions, as many as a title holds; that the groups do not differ.

    That is said only where groups of every question were held against one another: of hidden
    groups, and of numbers without an interval, nobody knows whether they differ.
    """
    known = [row for row in wholes if row and row.known]
    if not known:
        first = next((row for rows in (*groups, wholes) for row in rows if row), None)
        return people(first, context) if first else ""
    split = [[row for row in rows if row.breakdown != "total"] for rows in questions]
    alone = any(split) and all(row.hidden for rows in split for row in rows)
    level = held.sampled and all(
        any(sum(row.has_interval for row in own) > 1 for own in _by_breakdown(rows))
        for rows in groups
    )
    end = ""
    if alone:
        end = context.say("（区分は秘匿）", " (groups withheld)")
    elif level:
        end = context.say("。区分による差は誤差の範囲", "; groups differ within sampling error")
    overall = alone or any(len(own) > 1 for own in held.sets)
    said = [
        context.say(
            f"{people(row, context)}は{'全体で' if overall else ''}{row.said(context)}",
            f"{people(row, context)}: {row.said(context)}{' overall' if overall else ''}",
        )
        for row in known
    ]
    return fitting(said, context) + end


def fitting(said: Sequence[str], context: Context) -> str:
    """As many phrases as a title holds, one at least."""
    mark, longest = context.say("、", "; "), _LONGEST[context.lang]
    kept = list(said[:1])
    for phrase in said[1:]:
        if len(mark.join([*kept, phrase])) > longest:
            break
        kept.append(phrase)
    return mark.join(kept)


def extremes(
    rows: Sequence[Row],
    subject: str,
    context: Context,
    named: Sequence[str],
    *,
    sets: Sequence[Sequence[Row]] = (),
) -> str:
    """Which of many lies highest and lowest: fields, cells of a heat map, means of questions.

    Args:
        rows: what is held against one another.
        subject: the measure.
        context: city, edition, language.
        named: what each row is called.
        sets: other sets of the figure that a title could have spoken of.
    """
    held = family([list(rows), *sets])
    called = {id(row): word for row, word in zip(rows, named, strict=True)}
    bottom, top = (pick(rows, key=lambda row: row.inside) for pick in (min, max))

    def said(row: Row) -> str:
        number = row.said(context) if row.unit in ("%", "％") else row.text
        return context.say(f"{called[id(row)]}（{number}）", f"{called[id(row)]} ({number})")

    found = [_end(held, rows, sign, 1) for sign in (1, -1)]
    ends = [end if len(end) == 1 else [] for end in found]  # a tie names nobody
    words = (("最も高いのは", "highest for "), ("最も低いのは", "lowest for "))
    if len(rows) > 1 and any(ends):
        parts = [
            context.say(w[0], w[1]) + said(end[0])
            for w, end in zip(words, ends, strict=True)
            if end
        ]
        text = context.say(f"{subject}が{'、'.join(parts)}", f"{subject} is {', '.join(parts)}")
        return text if held.sampled else as_published(text, context)
    if len(rows) == 1:
        return context.say(
            f"{named[0]}の{subject}は{top.said(context)}",
            f"{subject}, {_lower(named[0])}: {top.said(context)}",
        )
    if held.sampled and held.differ(bottom, top):
        return context.say(
            f"{subject}は{said(top)}が{said(bottom)}より高い",
            f"{subject}: {said(top)} above {said(bottom)}",
        )
    if held.sampled:
        return context.say(f"{subject}の差は誤差の範囲", f"{subject} differs within sampling error")
    numbers = list(dict.fromkeys(row.text for row in (bottom, top)))
    return as_published(
        context.say(f"{subject}は{'から'.join(numbers)}", f"{subject}: {' to '.join(numbers)}"),
        context,
    )


def span_of_cities(
    latest: Sequence[Row], named: Sequence[str], measure: str, where: str, context: Context
) -> str:
    """The range of a measure over cities; an end has its name if no other could stand there."""
    held = family([list(latest)])
    ends = []
    for sign in (-1, 1):
        row = max(latest, key=lambda row: sign * row.inside[0])
        alone = _end(held, latest, sign, 1) == [row]
        # An index has no unit of its own, whatever stands in the row.
        said = row.text if row.indicator.endswith("_index") else row.said(context)
        who = named[list(latest).index(row)]
        ends.append(context.say(f"{said}（{who}）", f"{said} ({who})") if alone else said)
    return context.say(
        f"{where}の{measure}は{ends[0]}から{ends[1]}",
        f"{measure} of {where}: {ends[0]} to {ends[1]}",
    )


# Years


def trend(before: Row, after: Row) -> str:
    """``up``, ``level`` or ``down``, by the thresholds and the intervals."""
    old, new = before.inside[0], after.inside[0]
    difference = new - old
    if before.has_interval and after.has_interval and not apart(before, after):
        return "level"
    if before.unit in POINTS:
        level = abs(difference) < LEVEL_POINTS
    else:
        level = abs(difference) < abs(old) * LEVEL_PERCENT / 100
    return "level" if level else "up" if difference > 0 else "down"


def over_years(rows: Sequence[Row], context: Context, subject: str = "") -> str:
    """The finding of a series: the first known year that can be compared against the last."""
    ordered = sorted(rows, key=lambda row: row.year)
    since = max((i for i, row in enumerate(ordered) if row.broken), default=0)
    known = nameable(ordered[since:])
    subject = subject or name(rows[0].indicator, context)
    if len(known) < 2:
        said = known[0].said(context) if known else ""
        broken = known and since
        end = context.say(
            "（前の年度とは数え方が違い、比べられない）",
            "; counted otherwise before, not comparable",
        )
        return context.say(f"{subject}は{said}", f"{subject}: {said}") + (end if broken else "")
    first, last = known[0], known[-1]
    ends = [row.text if len(row.unit) > 4 else row.said(context) for row in (first, last)]
    unclear = first.has_interval and last.has_interval and not apart(first, last)
    way = (_RATES if first.unit in POINTS else TREND)[trend(first, last)]
    values = [row.inside[0] for row in known]
    if unclear and first.unit in POINTS and max(values) - min(values) < SLIGHT_POINTS:
        years = last.year - first.year + 1
        return context.say(
            f"{subject}は{years}年間ほぼ横ばい（{ends[1]}）",
            f"{subject}: almost level over {years} years ({ends[1]})",
        )
    if unclear:
        end = context.say("（差は誤差の範囲）", ", within sampling error")
    else:
        end = "で横ばい" if way == TREND["level"] else f"へ{way[0]}"
    return context.say(
        f"{subject}は{era(first.year)}年度の{ends[0]}から{era(last.year)}年度の{ends[1]}{end}",
        f"{subject} {'went' if unclear else way[1]} from {ends[0]} in FY{first.year} "
        f"to {ends[1]} in FY{last.year}{end if unclear else ''}",
    )


def from_to(first: Row, last: Row, context: Context) -> str:
    """A series in alternative text: its first and its last number."""
    subject = name(first.indicator, context)
    return context.say(
        f"{subject}は{first.year}年度{first.said(context)}、{last.year}年度{last.said(context)}",
        f"{subject}: {first.said(context)} in FY{first.year}, "
        f"{last.said(context)} in FY{last.year}",
    )


def balances(series: Sequence[Sequence[Row]], context: Context) -> str:
    """Net changes of the newest year that all of them have: 自然減が社会増を上回る.

    Numbers of two years never stand in one sentence.
    """
    known = [{row.year: row for row in rows if row.known} for rows in series]
    known = [rows for rows in known if rows]
    if not known:
        return context.say(f"{context.city}の人口の動き", f"Population movement of {context.city}")
    common = set.intersection(*(set(rows) for rows in known))
    if not common:
        known = [max(known, key=max)]
        common = set(known[0])
    year = max(common)
    rows = [rows[year] for rows in known]
    when = context.say(f"{era(year)}年", f"{year}")
    if len(rows) == 2 and rows[0].value * rows[1].value < 0 and rows[0].value != -rows[1].value:
        larger, smaller = (
            _balance(row, context) for row in sorted(rows, key=lambda row: -abs(row.value))
        )
        return context.say(
            f"{when}は{larger}が{smaller}を上回る",
            f"{larger} outweighed {_lower(smaller)} in {when}",
        )
    said = [
        context.say(
            f"{name(row.indicator, context)}は{row.signed}人",
            f"{_lower(name(row.indicator, context))} {row.signed}",
        )
        for row in rows
    ]
    return context.say(f"{when}の", f"{when}: ") + context.say("、", ", ").join(said)


def _balance(row: Row, context: Context) -> str:
    """自然減（927人）: what a net change is called by its sign."""
    word, size = name(row.indicator, context), row.text.lstrip("+−▲△-")
    unit = row.unit
    if context.lang != "ja":
        return f"{word} ({row.signed})"
    if word.endswith("増減"):
        word = f"{word[:-2]}{'増' if row.value > 0 else '減'}"
        return f"{word}（{size}{unit}）"
    return f"{word}（{row.signed}{unit}）"


# Ranks, statuses, parts


def ranks_moved(moves: Sequence[int], years: Sequence[int], subject: str, context: Context) -> str:
    """How many ranks rose and how many fell: neither half is left out.

    Args:
        moves: for each item how many places its number grew (below zero: it rose).
        years: the two years.
        subject: what is ranked, in words.
        context: city, edition, language.
    """
    up, down = (sum(1 for move in moves if sign * move > 0) for sign in (-1, 1))
    same = len(moves) - up - down
    parts = [
        text
        for count, text in (
            (up, context.say(f"{up}項目で上昇", f"{up} rose")),
            (down, context.say(f"{down}項目で下降", f"{down} fell")),
            (same, context.say(f"{same}項目で同じ", f"{same} stayed")),
        )
        if count
    ]
    listed = context.say("、", ", ").join(parts)
    return context.say(
        f"{subject}は{years[0]}年から{len(moves)}項目のうち{listed}",
        f"{subject}: of {len(moves)} {listed} from {years[0]} to {years[1]}",
    )


def statuses(said: Sequence[tuple[str, str]], counted: str, context: Context) -> str:
    """What became of several indicators: each by name if a title holds all, else how many of each.

    Args:
        said: for each its name and what became of it (は目標を達成), in the order of telling.
        counted: what is counted: 指標.
        context: city, edition, language.
    """
    mark = context.say("、", "; ")
    whole = mark.join(f"{who}{state}" for who, state in said)
    if len(whole) <= _LONGEST[context.lang]:
        return whole
    states = [state for _, state in said]
    counts = {state: states.count(state) for state in dict.fromkeys(states)}
    listed = mark.join(
        context.say(f"{n}つ{state}", f"{n}{state.replace(':', '')}") for state, n in counts.items()
    )
    return context.say(
        f"{len(said)}の{counted}のうち、{listed}", f"Of {len(said)} {counted}, {listed}"
    )


def unlike_register(
    pairs: Sequence[tuple[Row, Row]], base: float, context: Context, whole: str
) -> str:
    """Where the respondents differ from the residents beyond chance.

    Args:
        pairs: of each cell the share of the respondents and that of the residents (%).
        base: how many answered; NaN where nobody says.
        context: city, edition, language.
        whole: what to say where nothing is known.
    """
    if not pairs:
        return whole
    if not base > 0:
        return as_published(_unlike(max(pairs, key=_gap), context), context)
    # A share of the register has no error: its binomial error is that of the hypothesis.
    errors = [(max(other.value * (100 - other.value), 1e-9) / base) ** 0.5 for _, other in pairs]
    scores = np.array([_gap(pair) / error for pair, error in zip(pairs, errors, strict=True)])
    if scores.max() <= critical(scores):
        return context.say(
            "回答者の年齢・性別の構成と住民との差は誤差の範囲",
            "Respondents differ from residents within sampling error",
        )
    return _unlike(pairs[int(scores.argmax())], context)


def _gap(pair: tuple[Row, Row]) -> float:
    return abs(pair[0].value - pair[1].value)


def _unlike(pair: tuple[Row, Row], context: Context) -> str:
    answered, living = pair
    more = answered.value > living.value
    who = context.say(
        f"{name(answered.group, context)}の{name(answered.category, context)}",
        f"{_lower(name(answered.category, context))} aged {name(answered.group, context)}",
    )
    return context.say(
        f"回答者は住民より{who}が{'多い' if more else '少ない'}"
        f"（{answered.said(context)}、住民は{living.said(context)}）",
        f"{'More' if more else 'Fewer'} {who} among respondents ({answered.said(context)}) "
        f"than among residents ({living.said(context)})",
    )


# Subtitles and alternative texts


def year_span(first: int, last: int, context: Context, suffix: str = "年") -> str:
    """A period as a subtitle has it: ``平成28年〜令和6年``."""
    if context.lang != "ja":
        return f"{first}–{last}"
    return f"{era(first)}{suffix}〜{era(last)}{suffix}"


def era(year: int) -> str:
    """A year by its era without 年: ``令和7``."""
    return era_year(year, "")


def fiscal_year(context: Context) -> str:
    """The edition's year as a subtitle has it: ``令和7年度``."""
    return context.say(f"{era(context.year)}年度", f"FY{context.year}")


def alternative(kind: str, subject: str, finding: str, context: Context) -> Alternative:
    """Alternative text: kind of chart, subject, the numbers that carry the finding, the table."""
    table = context.say(
        "数値の表は同名のCSVにある。", "The numbers are in the CSV of the same name."
    )
    stop = context.say("。", ". ")
    return Alternative(kind, subject, finding, table, stop)
