"""How city documents speak of numbers, as data: each form, how it is read, how it is said again.

A form is read from a clause in which the names of questions, groups and years are already taken
out (``understanding``), and becomes the kind of a statement and its wording in short: what
``claims.yml`` calls ``kind`` and ``claimed``. The same grammar reads the short wording again.
Endings are no part of a form: です, でした, となりました, となっており follow the same stem.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.sentences.numbers import ABOUT, BODY, BOUNDS, FRACTION, NEAR, plain

MASK = "_"  # what stands for a name that has been taken out


YEAR = re.compile(
    r"(?:(?:令和|平成|昭和|[RHS])(?:元|\d{1,2})|(?:19|20)\d{2})(?:年度?|(?=[はにのと、]|$))"
)


@dataclass(frozen=True)
class Reading:
    """What a clause says.

    Attributes:
        kind: of the statement.
        claimed: the wording in short: ``3.8ポイント低下``, ``5年連続で増加``, ``最も低い``.
        against: what it is compared with: ``previous``, ``baseline``, ``total``, ``other`` (another
            group or number that the clause names), ``-3`` (so many years ago), a year, or nothing.
    """

    kind: str
    claimed: str
    against: str = ""


@dataclass(frozen=True)
class Form:
    """One form: its pattern, the kind of statement, and examples with the wording in short."""

    kind: str
    pattern: str
    claimed: str
    examples: tuple[tuple[str, str], ...]


_UP = r"増|拡大|ふえ|上昇|伸び|伸ば|高ま|改善|向上|上向|上が|上げ|好転"
_DOWN = r"減|へっ|低下|下降|悪化|落ち|後退|下が|下げ|縮小"
_LEVEL = r"横ばい|維持|変わらな|変わらず|同水準|同程度|増減な"
_WAYS = ((_LEVEL, "横ばい"), (_UP, "増加"), (_DOWN, "減少"))
_NO = r"(?:ない|なく|なかった|ません|ず|なし)"
_RUN = r"(\d+)(?:年度?|期|回)(?:間)?(?:連続|続けて|続き)|(?:一貫して|毎年|年々|連年|連続)"
_SIGNS = r"(?P<plus>プラス|黒字|転入超過)|(?P<minus>マイナス|赤字|転出超過)"
_HIGH, _LOW = r"高|多|大き|長|上位", r"低|少|小さ|短|下位"

# Forms with words of their own, the more special first; numbers are read after them.
FORMS: tuple[Form, ...] = (
    Form(
        "run",
        rf"(?:{_RUN})[でのにして、{MASK}]*(?:[^、。]{{1,14}}を)?(?:大きく|わずかに|やや)?(?:"
        rf"(?P<above>上回)|(?P<below>下回)|{_SIGNS}|(?P<up>{_UP})|(?P<down>{_DOWN}))",
        "{n}年連続で{way}",
        (
            ("3年連続で増加しています", "3年連続で増加"),
            ("5年連続でプラスとなっています", "5年連続でプラス"),
            ("年々減少しており", "連続で減少"),
            ("2年続けて低下", "2年連続で減少"),
        ),
    ),
    Form(
        "run",
        rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[加少]?(?:し続け|が続|の?傾向|を続け|基調)",
        "{way}傾向",
        (("増加傾向にあります", "増加傾向"), ("低下が続いています", "減少傾向")),
    ),
    Form(
        "record",
        rf"(?:過去最大|最大|過去最高|過去最低|過去最小)の(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[加少]?(?:幅|となり)?",
        "過去最大の{way}幅",
        (("過去最大の減少幅となりました", "過去最大の減少幅"),),
    ),
    Form(
        "record",
        r"(?:過去|これまでで|統計開始以来|調査開始以来|\d+年間で)(?:で|の)?(?:最も(?P<h>高|多|大き)|最も(?P<l>低|少|小さ)|"
        r"(?P<high>最高|最多|最大)|(?P<low>最低|最少|最小))",
        "過去{end}",
        (("過去最高を更新しました", "過去最高"), ("これまでで最も低く", "過去最低")),
    ),
    Form(
        "ordinal",
        rf"(?:第|ワースト)?(\d+)(?:番目|位|番)(?:に|の|目に)(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))",
        "{n}番目に{end}",
        (("3番目に低い水準です", "3番目に低い"), ("2番目に多くなっています", "2番目に高い")),
    ),
    Form(
        "ordinal",
        r"(?P<high>高|多|上)(?:い方|いほう|い順)?から(\d+)(?:番目|位)|"
        r"(?P<low>低|少|下)(?:い方|いほう|い順)?から(?P<n>\d+)(?:番目|位)",
        "{n}番目に{end}",
        (("低い方から4番目です", "4番目に低い"), ("高い方から2番目", "2番目に高い")),
    ),
    Form(
        "order",
        rf"(?:最も|一番|1番|いちばん|もっとも)(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))|"
        r"(?P<top>トップ|首位|最高|最多|最大)(?!の|幅)|(?P<last>最下位|最低|最少|最小|ワースト)(?!の|幅|\d)",
        "最も{end}",
        (
            ("最も低くなっています", "最も低い"),
            ("が最も多く", "最も高い"),
            ("トップとなりました", "最も高い"),
            ("最下位でした", "最も低い"),
        ),
    ),
    Form(
        "target",
        rf"目標(?:値|数値)?の(?:(?P<about>{ABOUT})?)(?P<number>{BODY}(?:%|割|倍)|{FRACTION})",
        "目標の{number}",
        (("目標の7割に達しています", "目標の7割に達しています"),),
    ),
    Form(
        "target",
        rf"目標(?:値|数値)?[をにはも]*(?:大きく|大幅に|わずかに)?(?:"
        rf"(?P<short>下回|未達|(?:届|達し|達成|及|到達|満た|クリア|上回|超え)[ぁ-ん]{{0,4}}?{_NO}|届かな|届か|及ば|満た)|"
        r"(?P<reached>上回|達成|超え|超過|クリア|突破|達し|到達|届い))",
        "目標を{end}",
        (
            ("目標を上回りました", "目標を達成"),
            ("目標値に届いていません", "目標を未達"),
            ("目標値を達成していません", "目標を未達"),
            ("目標を下回り", "目標を未達"),
        ),
    ),
    Form(
        "status",
        r"順調(?!.{0,12}(?:ない|ません|ず))",
        "順調",
        (("順調に推移しています", "順調"),),
    ),
    Form(
        "tendency",
        rf"(?:(?P<up>長い|高い|上がる|多い|大きい)|(?P<down>短い|低い|下がる|若い|少ない))"
        rf"(?:に?ほど|につれ|に従い|にしたがい)[^、。]*?(?:(?P<high>{_HIGH})|(?P<low>{_LOW}))",
        "{side}ほど{end}",
        (
            ("長いほど愛着が高い傾向にあります", "上ほど高い"),
            ("若いほど低くなっています", "下ほど低い"),
        ),
    ),
)
# What a number is compared with.
_COMPARED = (
    ("-{n}", r"(?P<n>\d+)年(?:度)?前"),
    ("previous", r"前年|昨年|前年度|昨年度|対前|1年間で|この1年|前回"),
    ("baseline", r"現状値|基準値|基準年|策定時|計画当初|当初|現状"),
    (
        "total",
        r"(?:市?全体|全体平均|平均|全国|全市)(?!の順位|順位|点)[値のでは]*(?:よりも?|と?に?比べ|と?に?比較|を|との差|に対)",
    ),
    (
        "other",
        rf"{MASK}+(?:の(?:場合|人)?)?(?:よりも?|と?に?比べ|と?に?比較|に対|との差|の(?={BODY}倍)|の(?=約?{BODY}(?:倍|%)))",
    ),
)
_NUMBER = re.compile(
    rf"(?P<about>{ABOUT})?(?P<sign>[-+−]|プラス|マイナス)?"
    rf"(?:(?P<fraction>{FRACTION})|(?P<multiple>倍増|半減)|(?P<body>{BODY})"
    r"(?P<unit>%|パーセント|割|ポイント|pt|点|人|世帯|件|位|番目|倍|市区町村|市|校|回|円"
    r"|団体|か所|箇所|施設|台(?!に))?)"
    rf"(?P<near>{'|'.join(NEAR)})?(?P<bound>{'|'.join(f'(?:{p})' for p, _ in BOUNDS)})?"
)
_AFTER = re.compile(
    rf"[のもに、でと]*(?:大幅に|大きく|わずかに|やや|若干)?(?:(?P<up>{_UP}|アップ|プラス|高|多|拡大|上回)|"
    rf"(?P<down>{_DOWN}|ダウン|マイナス|低|少|縮小|下回))"
)
_RATIO = re.compile(r"(?:対?(?:前|昨)年度?(?:同期|同月)?|基準値|現状値)比[でははの]*$")
_DEGREE = re.compile(r"大幅に|大きく|著しく|急|微(?=増|減)|やや|わずかに|若干|ほぼ")
_SWING = re.compile(r"(?:から|→|⇒)、?")


def read(text: str) -> list[Reading]:
    """Everything that a clause says, names taken out: its special forms, numbers, then ways."""
    clause = plain(text)
    if re.search(r"を除|以外", clause):
        return []  # of the others, which nobody names
    against = compared(clause)
    found = []
    rest = clause
    for form in FORMS:
        while match := re.search(form.pattern, rest):
            found.append(Reading(form.kind, _short(form, match, rest), against))
            rest = rest[: match.start()] + MASK * len(match[0]) + rest[match.end() :]
            if form.kind == "order":
                break
    if any(reading.kind == "order" for reading in found):
        found = [r for r in found if r.kind != "run"] or found
    numbers = list(_numbers(rest, against))
    found += numbers
    if not found or (
        all(r.kind in ("value", "rank", "series") for r in numbers)
        and not [r for r in found if r.kind not in ("value", "rank", "series")]
    ):
        found += _ways(rest, against, bool(numbers))
    return list(dict.fromkeys(found))


def numbers(text: str) -> list[tuple[str, str]]:
    """The numbers that a text states, each with its unit: not such as name or count something."""
    clause = plain(text)
    found = []
    for match in _NUMBER.finditer(clause):
        if not _naming(clause, match):
            words = match["fraction"] or match["multiple"]
            unit = match["unit"] or ""
            found.append((words or f"{match['sign'] or ''}{match['body']}{unit}", unit))
    return found


def compared(clause: str) -> str:
    """What the clause compares with; nothing where it says nothing."""
    for name, pattern in _COMPARED:
        if match := re.search(pattern, clause):
            return name.format(**match.groupdict())
    return ""


def _short(form: Form, match: re.Match[str], clause: str) -> str:
    """The wording in short."""
    got = {name: text for name, text in match.groupdict().items() if text}
    words = {
        "above": "上回る", "below": "下回る", "plus": "プラス", "minus": "マイナス",
        "up": "増加", "down": "減少",
    }  # fmt: skip
    way = next((word for name, word in words.items() if name in got), "")
    high = {"high", "h", "top"} & got.keys()
    end = "高い" if high else "低い"
    n = got.get("n") or next((g for g in match.groups() if g and g.isdecimal()), "")
    if form.kind == "record":
        end = "最高" if high else "最低"
        way = "増加" if "up" in got else "減少"
    if form.kind == "run" and form.claimed.startswith("{n}"):
        return f"{n}年連続で{way}" if n else f"連続で{way}"
    if form.kind == "target":
        if "number" in got:
            tail = re.match(r"[ぁ-ん]*(?:上回|超え|届|達)?[ぁ-ん]*", clause[match.end() :])
            return f"目標の{got.get('about', '')}{got['number']}{tail[0] if tail else ''}"
        end = "未達" if "short" in got else "達成"
    side = "上" if "up" in got else "下"
    return form.claimed.format(n=n, way=way, end=end, side=side)


def _numbers(clause: str, against: str) -> Iterator[Reading]:
    """Each number with its unit, what binds it, and the way it is said to have gone."""
    matches = [m for m in _NUMBER.finditer(clause) if not _naming(clause, m)]
    for index, match in enumerate(matches):
        # 20ポイント下回る is a difference, 20ポイントを下回る a bound.
        differs = re.match(r"上回|下回", match["bound"] or "")
        after = _AFTER.match(clause, match.start("bound") if differs else match.end())
        if re.match(rf"を(?:{ABOUT})?\d", clause[match.end() :]):
            return  # 100を20ポイント下回る: measured from a number that is given
        unit = match["unit"] or ("倍" if match["multiple"] else "")
        before = clause[: match.start()]
        following = matches[index + 1].start() if index + 1 < len(matches) else 0
        if not after and following and _SWING.fullmatch(clause[match.end() : following]):
            continue  # 72.5％から73.7％に: told with the second
        if index and _SWING.fullmatch(clause[matches[index - 1].end() : match.start()]):
            first = matches[index - 1][0]
            yield Reading("series", f"{first}→{match[0]}")
            continue
        if after and unit != "倍" and re.match(r"に(?!大|わ|や|若)|へ|まで", after[0]):
            # 354位に上昇: where it came to, and the way it went
            yield Reading("value", match[0], "")
            yield Reading("trend", "増加" if after["up"] else "減少", against)
            continue
        way = "" if after is None else "増" if after["up"] else "減"
        text = match[0].removesuffix(match["bound"]) if differs else match[0]
        if unit == "倍" or match["multiple"]:
            yield Reading("times", text, against)
        elif _RATIO.search(before) and unit in ("%", "割") and not way:
            signed = match["sign"] or ""
            yield Reading("percent" if signed else "ratio", _signed(match), against or "previous")
        elif unit == "ポイント" and (way or match["sign"] or against in ("total", "other")):
            yield Reading("points", f"{text}{way}" if way else _signed(match), against)
        elif unit in ("%", "割") and way and (match["bound"] is None or _moved(after)):
            yield Reading("percent", f"{text}{way}", against)
        elif way and _moved(after):
            yield Reading("points", f"{text}{way}", against)
        elif match["sign"] and _RATIO.search(before):
            yield Reading("points", _signed(match), against or "previous")
        else:
            yield Reading("value", text, against)


def _signed(match: re.Match[str]) -> str:
    """A change with its sign as 増 or 減: −3.8ポイント is 3.8ポイント減."""
    sign = match["sign"]
    if not sign:
        return match[0]
    return f"{match[0].replace(sign, '', 1)}{'増' if sign in ('+', 'プラス') else '減'}"


def _moved(after: re.Match[str] | None) -> bool:
    """Whether the word after a number is one of change, not 高 or 多."""
    return after is not None and not re.search(r"[^減][高多低少]$|^[高多低少]$", after[0])


def _naming(clause: str, match: re.Match[str]) -> bool:
    """Numbers that name or count something instead of measuring it."""
    rest = clause[match.end() :]
    return bool(
        (
            re.match(r"つの|か年|年|か月|歳|代|項目|区分|設問|問|月|日|つ", rest)
            and match["unit"] is None
            and match["body"]
        )
        or (match["unit"] == "市" and re.match(r"[中の平]|で|町村", rest))
        or (match["unit"] == "点" and re.match(r"満点", rest))
        or (match["unit"] == "%" and re.match(r"(?:信頼)?区間", rest))
        or (match["unit"] is None and match["fraction"] is None and re.match("年間|年度", rest))
    )


def _ways(clause: str, against: str, numbered: bool) -> Iterator[Reading]:
    """A way without a number: 増加, 低下, ほぼ横ばい; two names compared; a sign."""
    pair = re.search(
        r"(?:を(?:大きく|大幅に|わずかに|やや)?(?:(?P<over>上回)|(?P<under>下回))|"
        r"(?:よりも?|比べて?|比較して)[^、。]*?(?:(?P<above>高[いくか]|多[いくか])|"
        r"(?P<below>低[いくか]|少な[いくか])))",
        clause,
    )
    if pair and not numbered:
        above = bool(pair["over"] or pair["above"])
        if against in ("total", "other", ""):
            yield Reading("compare", "上回る" if above else "下回る", against or "other")
        else:
            yield Reading("trend", "増加" if above else "減少", against)
        return
    sign = re.search(_SIGNS, clause)
    if sign and not numbered:
        yield Reading("sign", "プラス" if sign["plus"] else "マイナス", against)
        return
    for pattern, word in _WAYS:
        if match := re.search(pattern, clause):
            degree = _DEGREE.search(clause[max(0, match.start() - 6) : match.start() + 1])
            size = {
                "大": "大幅に",
                "著": "大幅に",
                "急": "大幅に",
                "微": "微",
                "や": "やや",
                "わ": "やや",
                "若": "やや",
            }
            negated = re.search(rf"(?:{pattern})[ぁ-ん加少]*{_NO}", clause) and word != "横ばい"
            said = "" if degree is None or word == "横ばい" else size.get(degree[0][0], "")
            yield Reading("trend", "横ばい" if negated else said + word, against)
            return


def nearest() -> str:
    """The forms there are, an example each: what a sentence that is not understood is told."""
    return "、".join(dict.fromkeys(form.examples[0][1] for form in FORMS))
