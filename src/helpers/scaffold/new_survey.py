"""A proposed description of a survey, from a vendor's .sav file or layout sheet.

It is printed for a person to take, with the reason for each part; what cannot be told from the
file (which answers are good news, who was asked, how people were drawn) is asked, not guessed.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers.problems import Said
from helpers.reading.cell import plain
from helpers.reading.layout import read_layout
from helpers.reading.spss import Variable

_NO_ANSWER = re.compile(r"無回答|未回答|回答なし|NA|N\.A\.|欠損|不明")
_NOT_APPLICABLE = re.compile(r"非該当|対象外|該当しない")
_DONT_KNOW = re.compile(r"わからない|分からない|判断できない")
_MIDDLE = re.compile(r"どちらとも|ふつう|普通")
_PEOPLE = re.compile(r"性別|年齢|年代|居住地|居住年数|住んでいる|地区|職業|世帯|家族|出身|婚姻|性$")
_WEIGHT = re.compile(r"ウェイト|ウエイト|重み|weight|^wt$", re.I)
_PERSON = re.compile(r"整理番号|回答者番号|サンプル番号|通し番号|^id$|^no\.?$|sample.?id", re.I)
_TICK = ({"0", "1"}, {"1"})
_SPLIT = re.compile(r"(?:[_\-.]|(?<=\d)[a-z])\d+$|(?<=[a-z])\d+$", re.I)


@dataclass(frozen=True)
class Proposal:
    """What a vendor's file lets one say of a survey.

    Attributes:
        text: a codebook.yml, with reasons and questions as comments.
        asked: what a person has to decide.
    """

    text: str
    asked: list[Said]


@dataclass
class _Draft:
    """A codebook as it is put together.

    Attributes:
        ids: the ids that are taken.
        groups: lines of the groups.
        questions: lines of the questions.
        labels: id → words.
        unread: variables that are not proposed, and why.
        asked: what a person has to decide.
    """

    ids: set[str] = field(default_factory=set)
    groups: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    asked: list[Said] = field(default_factory=list)
    source: list[str] = field(default_factory=list)

    def name(self, text: str) -> str:
        """An id for a variable: its own name where that can be one, else a number."""
        base = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
        base = base if re.match(r"[a-z]", base) else f"q{base}" if base else "q"
        known, number = base, 1
        while known in self.ids:
            number += 1
            known = f"{base}_{number}"
        self.ids.add(known)
        return known

    def ask(self, ja: str, en: str) -> str:
        """A question to the reader, as a comment."""
        self.asked.append(Said(ja, en))
        return f"# 要確認: {ja}"


def new_survey(path: Path, sheet: str | None = None) -> Proposal:
    """Propose a codebook from a .sav file or a layout sheet.

    Raises:
        InputError: the file is neither, or cannot be read.
    """
    variables = read_layout(path, sheet)
    draft = _Draft()
    for several, one in _together(variables):
        if several:
            _several(draft, several, one)
        else:
            _single(draft, one[0])
    return Proposal(_written(draft, path), draft.asked)


def _together(variables: list[Variable]) -> Iterator[tuple[str, list[Variable]]]:
    """Options of one question of several answers, by their set or their name; others alone."""
    stems: dict[str, list[Variable]] = defaultdict(list)
    for one in variables:
        ticks = {*one.answers} - {*one.missing} in _TICK
        stem = one.several or (_SPLIT.sub("", one.name) if ticks or one.kind == "MA" else "")
        stems[stem if stem != one.name or one.several else ""].append(one)
    whole = {stem: held for stem, held in stems.items() if stem and len(held) > 1}
    done: set[str] = set()
    for one in variables:
        stem = next((stem for stem, held in whole.items() if one in held), "")
        if not stem:
            yield "", [one]
        elif stem not in done:
            done.add(stem)
            yield stem, whole[stem]


def _several(draft: _Draft, stem: str, options: list[Variable]) -> None:
    name = draft.name(stem)
    texts = [one.text or one.name for one in options]
    common = _common(texts)
    draft.labels[name] = common or stem
    lines = [
        f"  {name}:  # 選択肢ごとの列 {options[0].name}〜{options[-1].name} を、1つの複数回答と見た"
    ]
    if common:
        lines.append(f"    text: {_quoted(common)}")
    lines += ["    scale: multiple", "    items:"]
    for one, text in zip(options, texts, strict=True):
        item = draft.name(one.name)
        ticked = one.answers.get("1", "")
        words = text.removeprefix(common).strip(" 　:：-_/()（）") or ticked or one.name
        draft.labels[f"{name}.{item}"] = words
        lines.append(f"      {item}: {_quoted(one.name)}  # {words}")
    if not all({*one.answers} - {*one.missing} in _TICK for one in options):
        lines.append(
            "    "
            + draft.ask(
                f"{name} の「選んだ」は 1 か、選択肢の番号か（番号なら options に書く）",
                f"{name}: is an option that was chosen 1, or its own number (then write options)",
            )
        )
    draft.questions += [*lines, *_reasons(options[0].answers, options[0].missing)]


def _common(texts: list[str]) -> str:
    """What the texts of all options begin with, if it is more than a sign or two."""
    first, last = min(texts), max(texts)
    size = next(
        (i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first)
    )
    return first[:size].rstrip(" 　:：-_/（(") if size > 3 else ""


def _single(draft: _Draft, one: Variable) -> None:
    said = one.text or one.name
    if _PERSON.search(plain(said)) or _PERSON.search(one.name):
        draft.source.append(f"    person: {_quoted(one.name)}  # 「{said}」が回答者の番号に見える")
    elif _WEIGHT.search(said) or _WEIGHT.search(one.name):
        why = draft.ask(
            f"「{one.name}」（{said}）が重みなら、sources に weight: {one.name} を足す",
            f"if “{one.name}” is a weight, write weight: {one.name} at sources",
        )
        draft.source.append(f"    {why}")
    elif one.kind == "FA" or (not one.answers and one.kind != "NA"):
        draft.unread.append(f"{one.name}（{said}）: 自由記述か、番号の意味が書かれていない")
    elif _ends_only(one):
        _scored(draft, one, said)
    elif not one.answers:
        draft.unread.append(f"{one.name}（{said}）: 数値。区分にするなら groups に書く")
    elif one.kind == "MA":
        _one_cell(draft, one, said)
    elif _PEOPLE.search(said):
        _group(draft, one, said)
    else:
        _choice(draft, one, said)


def _ends_only(one: Variable) -> bool:
    """A scale from 0 to 10 is often labelled at its ends only."""
    codes = {*one.answers} - {*one.missing, *_coded(one.answers, _NO_ANSWER)}
    return {"0", "10"} <= codes <= {str(n) for n in range(11)}


def _scored(draft: _Draft, one: Variable, said: str) -> None:
    name = draft.name(one.name)
    draft.labels[name] = said
    draft.questions += [
        f"  {name}:  # 0 と 10 に言葉があるので、0〜10点と見た",
        f"    text: {_quoted(said)}",
        f"    columns: {_quoted(one.name)}",
        "    scale: zero_to_ten",
        *_reasons(one.answers, one.missing),
    ]


def _one_cell(draft: _Draft, one: Variable, said: str) -> None:
    name = draft.name(one.name)
    draft.labels[name] = said
    why = draft.ask(
        f"{name} は複数回答。データの列が選択肢ごとに分かれているなら together を items に直す",
        f"{name} has several answers: if the data have a column an option, use items instead",
    )
    lines = [f"  {name}:", f"    text: {_quoted(said)}", "    scale: multiple"]
    lines += [f"    together: {_quoted(one.name)}  {why}", "    options:"]
    silent = {*one.missing, *_silent(one.answers)}
    for code, words in one.answers.items():
        if code not in silent:
            item = draft.name(f"{name}_{code}")
            draft.labels[f"{name}.{item}"] = words
            lines.append(f"      {item}: [{_quoted(code)}, {_quoted(words)}]")
    draft.questions += [*lines, *_reasons(one.answers, one.missing)]


def _group(draft: _Draft, one: Variable, said: str) -> None:
    name = draft.name(one.name)
    draft.labels[name] = said
    silent = {*one.missing, *_silent(one.answers)}
    lines = [f"  {name}:  # 「{said}」は人の属性に見えるので区分にした"]
    lines += [f"    columns: {_quoted(one.name)}", "    classes:"]
    for code, words in one.answers.items():
        if code not in silent:
            group = draft.name(f"{name}_{code}")
            draft.labels[group] = words
            lines.append(f"      {group}: [{_quoted(code)}, {_quoted(words)}]")
    draft.groups += [*lines, *_reasons(one.answers, one.missing)]


def _choice(draft: _Draft, one: Variable, said: str) -> None:
    name = draft.name(one.name)
    draft.labels[name] = said
    silent = {*one.missing, *_silent(one.answers)}
    answers = {code: words for code, words in one.answers.items() if code not in silent}
    whole = {code: words for code, words in answers.items() if code.isdigit()}
    if whole != answers or not whole:
        draft.unread.append(f"{one.name}（{said}）: 番号が整数ではない")
        return
    five = {*whole} == {"1", "2", "3", "4", "5"}
    lines = [f"  {name}:", f"    text: {_quoted(said)}", f"    columns: {_quoted(one.name)}"]
    lines += [f"    scale: {'five_point' if five else 'single'}"]
    lines += ["    answers: {" + ", ".join(f"{c}: {_quoted(w)}" for c, w in whole.items()) + "}"]
    why = draft.ask(
        f"{name} のどの回答が肯定（positive）で、どれが否定（negative）か",
        f"{name}: which answers are positive, and which negative",
    )
    lines.append(f"    {why}")
    odd = [w for w in whole.values() if _DONT_KNOW.search(w)]
    odd += [w for w in whole.values() if _MIDDLE.search(w)]
    for words in odd:
        why = draft.ask(
            f"{name} の「{words}」を、回答として割合に入れるか（入れないなら dont_know）",
            f"{name}: does “{words}” count as an answer (if not, dont_know)",
        )
        lines.append(f"    {why}")
    draft.questions += [*lines, *_reasons(one.answers, one.missing)]


def _coded(answers: dict[str, str], words: re.Pattern[str]) -> list[str]:
    return [code for code, text in answers.items() if words.search(text)]


def _silent(answers: dict[str, str]) -> list[str]:
    return [*_coded(answers, _NO_ANSWER), *_coded(answers, _NOT_APPLICABLE)]


def _reasons(answers: dict[str, str], missing: Iterable[str]) -> list[str]:
    """What stands for no answer: by its words, or because the file says it is missing."""
    apart = _coded(answers, _NOT_APPLICABLE)
    none = [
        code
        for code in dict.fromkeys([*missing, *_coded(answers, _NO_ANSWER)])
        if code not in apart
    ]
    lines = [f"    no_answer: [{', '.join(map(_quoted, none))}]"]
    if apart:
        lines.append(f"    not_applicable: [{', '.join(map(_quoted, apart))}]")
    return lines


def _written(draft: _Draft, path: Path) -> str:
    how = draft.ask(
        "どう抽出したか: random（無作為抽出）、panel（同じ人）、open（答えたい人）",
        "how people were drawn: random, panel (the same people) or open (who chose to answer)",
    )
    file = path.name if path.suffix.lower() == ".sav" else "回答データのファイル名"
    lines = [f"# {path.name} から citypromo new-survey が作った案。要確認の行を直してから使う。"]
    lines += ["sources:", "  survey:", f"    file: {_quoted(file)}", f"    sample: open  {how}"]
    lines += draft.source
    if draft.groups:
        lines += ["", "groups:", *draft.groups]
    lines += ["", "questions:" if draft.questions else "questions: {}", *draft.questions, ""]
    if draft.unread:
        lines += ["# 案に入れなかった列:", *(f"#   {text}" for text in draft.unread)]
    lines += ["# edition.yml の labels に足す名前（en は英語の図に出る名前に直す）:"]
    for name, words in draft.labels.items():
        said = _quoted(words)
        lines.append(f"#   {name}: {{ja: {said}, en: {said}}}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
