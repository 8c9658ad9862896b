"""Stage 3: indicator rows to figures."""

import linecache
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import recorder, seal, tables
from helpers.desk.base import Base
from helpers.desk.canvas import LEFT_EARLY, Canvas, left_early
from helpers.drawing import Chart, Context, lint, save
from helpers.drawing.chart import svg
from helpers.drawing.context import FromEdition
from helpers.drawing.paper import PRINTED
from helpers.edition import using
from helpers.figures import naming
from helpers.figures.edition_words import for_edition
from helpers.indicators import breaks
from helpers.indicators.rows import hide_everywhere
from helpers.indicators.weighting import VOLUNTEERS
from helpers.palette import Colors
from helpers.places import NOTEBOOK_VARIABLE, project_root
from helpers.problems import InputError, Message, Said, listed, near
from helpers.reading.codebook import open_codebook
from helpers.reading.described import BATTERY
from helpers.recorder import PROJECT_VARIABLE
from helpers.rounding import MINUS

NO_INDICATOR = Message(
    "「{label}」（{name}）の行がありません",
    remedy="{near}。行がないだけなら、元データと 2 番台のノートブックを確かめてください",
    en="no row of {name}. → {near} Else look at the raw files and the notebooks 2…",
)
TWO_NUMBERS = Message(
    "{name} の {year} 年度の数値が、年度版によって {texts} と違います",
    "どの年度版でも同じ数値",
    "写し間違いなら printed_tables.csv を直し、訂正された数値なら前の年度版も直してください",
    "the editions have different numbers of {year} for {name}: {texts}. → mend printed_tables.csv; "
    "if it was revised, mend the earlier edition too and run it",
)
NO_SOURCE_ID = Message(
    "「{name}」は edition.yml の sources にありません",
    remedy="{near}",
    en="the source “{name}” is not in sources of edition.yml. → {near}",
)
NOT_ROWS = Message(
    "渡された表は指標の行ではありません（{why}）",
    "desk.indicators や desk.estimates の行",
    "数値は第2段階（2 番台）のノートで desk.save(rows, 名前) して指標の行にし、ここでは "
    "desk.indicators(名前) で受け取ってください（docs/ja/new-indicator.md）",
    "the table given is not one of indicator rows ({why}). → save the numbers as indicators with "
    "desk.save(rows, name) in a notebook 2…, and take desk.indicators(name) here "
    "(docs/new-indicator.md)",
)
NO_ROWS = Message(
    "行が1つもありません",
    "描く指標の行",
    "rows を絞る条件を確かめてください",
    "no row at all. → look at what narrows the rows",
)
NOT_A_CHART = Message(
    "{what} は公開できません（行と突き合わせられず、印刷の幅に描き直せません）",
    "desk.canvas の中で描いた図",
    "for axes in desk.canvas(名前, rows, …): の中で、ax=axes に描いてください"
    "（docs/ja/new-chart.md）",
    "{what} cannot be published: it can neither be held against rows nor drawn at the printed "
    "widths. → draw it in “for axes in desk.canvas(key, rows, …):”, with ax=axes "
    "(docs/new-chart.md)",
)
BAD_KEY = Message(
    "図の名前「{key}」は使えません",
    "半角の英小文字・数字・_（activities_by_age など）",
    en="a figure cannot be named “{key}”. → use lower-case letters, digits and _",
)
FICTIONAL = {"ja": "架空データ（見本）。", "en": "Fictional data (sample). "}


class Desk(Base):
    """Hands over indicator rows, takes figures.

    Args:
        city: the city's id.
        fiscal_year: Western or Japanese calendar.
        lang: language of the figures, ``ja`` or ``en``.
        minus: the sign printed before numbers below zero: ``−``, or ``▲`` or ``△`` in city style.

    Raises:
        InputError: there is no such edition, or its configuration is wrong.
    """

    def __init__(self, city: str, fiscal_year: int | str, lang: str = "ja", minus: str = MINUS):
        super().__init__(city, fiscal_year, lang)
        self.minus = minus

    @cached_property
    def context(self) -> Context:
        """What all figures of the edition share."""
        edition = self.edition
        return Context(
            city=getattr(edition.name, self.lang),
            edition=edition.id,
            source=getattr(edition.report, self.lang),
            lang=self.lang,
            labels=self.labels(self.lang),
            words={lang: self.labels(lang) for lang in ("ja", "en")},
            minus=self.minus,
            shared_by=lambda: using(name, _project()) if (name := _notebook()) else [],
            editions=lambda: using("", _project()),
        )

    def indicators(self, *names: str) -> pd.DataFrame:
        """The edition's indicator rows, of the named indicators or all.

        Raises:
            InputError: one of the named indicators has no row.
        """
        folder = self.places.data_in("indicators")
        rows = tables.unrounded(tables.load_indicators(folder, *names), folder, *names)
        missing = [name for name in names if name not in set(rows["indicator"])]
        if missing:
            where = f"{self.edition.id} indicators"
            known = list(tables.load_indicators(folder)["indicator"])
            raise InputError(
                NO_INDICATOR.at(where, label=self._said(name), name=name, near=near(name, known))
                for name in missing
            )
        return rows

    def _said(self, name: str) -> str:
        """The words for an indicator, or the id where it is no known one."""
        try:
            return self.label(name)
        except KeyError:
            return name

    def estimates(self, *names: str) -> pd.DataFrame:
        """Rows of the named indicators by the best definition: answers, else what is published.

        Of answers those that are weighted, else the plain counts.
        """
        rows = self.indicators(*names)
        for definition in ("weighted", "unweighted"):
            answers = rows[rows["definition"] == definition]
            if len(answers):
                return answers
        return rows[rows["definition"] != "text"]

    def history(self, *names: str) -> pd.DataFrame:
        """The same rows of this edition and of all earlier ones of the city.

        A group that is hidden in one year is hidden in all; from where a question is counted in
        another way, its row is flagged ``series_break``. A number of an earlier year that this
        edition has as well is taken once; statistics that were revised, as they stand now.

        Raises:
            InputError: a document's number of an earlier year is not what that edition has.
        """
        frames = [
            tables.unrounded(tables.load_indicators(folder, *names), folder, *names)
            for folder in tables.earlier_data(self.places)
        ]
        rows = pd.concat([*(f for f in frames if len(f)), self.indicators(*names)])
        rows = once(rows, self.edition.id)
        return breaks.marked(hide_everywhere(rows), breaks.breaks(self.edition))

    def source(self, *ids: str) -> str:
        """The 出典 line of the named sources; the drawing is ours, and says so.

        Raises:
            InputError: one is not among the sources of ``edition.yml``.
        """
        known = self.edition.sources
        strange = [NO_SOURCE_ID.at(f"{self.edition.id} sources", name=name, near=near(name, known))
                   for name in ids if name not in known]  # fmt: skip
        if strange:
            raise InputError(strange)
        line = self.edition.source_line(*ids, lang=self.lang)
        return f"{line}を基に作図" if self.lang == "ja" else f"Drawn from {line}"

    def notes(self, *ids: str) -> list[str]:
        """What must be known of the named sources, for the 注 of a figure."""
        notes = [self.edition.sources[name].note_in(self.lang) for name in ids]
        made_up = [FICTIONAL[self.lang]] if self.edition.fictional else []
        chosen = [VOLUNTEERS.of(self.lang)] if self._volunteers.intersection(ids) else []
        return [FromEdition(note) for note in (*made_up, *chosen, *notes) if note]

    @cached_property
    def _volunteers(self) -> set[str]:
        """The sources of answers, where nobody was drawn by chance."""
        if (
            not recorder.exists(self.places.raw / "codebook.yml")
            or open_codebook(self.edition).sample
        ):
            return set()
        rows = tables.load_indicators(self.places.data_in("indicators"))
        return set(rows.loc[rows["basis"] == "microdata", "source"])

    def sourced(self, *ids: str) -> dict[str, Any]:
        """What every figure takes besides its rows: the context, with 出典 and 注 of the sources.

        ``notes=`` given beside it adds to these notes, ``source=`` takes the place of the source.
        """
        said = {"source": self.source(*ids), "notes": tuple(self.notes(*ids))}
        return {"context": self.context.at(**said)}

    def there(self, names: Iterable[str]) -> list[str]:
        """Those of some indicators that the edition has rows of."""
        rows = tables.load_indicators(self.places.data_in("indicators"))
        known = {*rows["indicator"]}
        return [name for name in names if name in known]

    def key(self, name: str, first: str) -> str:
        """The file name of a figure of a described thing; of the house's own one, as it was."""
        return first if name == BATTERY else name

    def question(self, rows: pd.DataFrame) -> dict[str, Any]:
        """What a figure of one question takes besides its rows: 出典 and 注, with its base.

        Args:
            rows: of one described question.
        """
        name = str(rows["indicator"].iloc[0])
        asked = self.about.questions[name]
        given = self.sourced(*dict.fromkeys(rows["source"]))
        blank = {*asked.roles.get("no_answer", [])} & {*rows["category"]}
        said = {
            "all": ("無回答を含む全回答者の割合", "Shares of all who returned the form"),
            "answered": ("無回答を除く割合", "Shares of those who answered"),
            "asked": (f"{asked.asked}の割合", f"Asked: {asked.asked}"),
        }
        base = asked.base or ("all" if blank else None)
        notes = [said[base][self.lang != "ja"]] if base else []
        if asked.answers != "one":
            notes.append("複数回答" if self.lang == "ja" else "Several answers possible")
        # The description says them, so that they are true of this edition alone.
        return {**given, "notes": [FromEdition(note) for note in notes]}

    @property
    def plan_years(self) -> list[tuple[str, int]]:
        """The year of the plan's target of each measure that says it; else it is the last."""
        told = {name: one.target_year for name, one in self.about.measures.items()}
        return [(name, year) for name, year in told.items() if year]

    @property
    def population(self) -> str:
        """The population that mGAP is multiplied with, as printed in 万人; empty where unknown."""
        people = self.edition.population
        return people.printed if people and people.unit == "万人" else ""

    @property
    def peers_name(self) -> str:
        """Who the city is compared with, as a title says it."""
        return getattr(self.edition.peers, self.lang) if self.edition.peers else ""

    @property
    def colors(self) -> Colors:
        """Colours by meaning: ``desk.colors.positive``."""
        return Colors()

    def named(self, rows: pd.DataFrame, *, n: bool = False) -> pd.DataFrame:
        """Indicator rows with columns of words: ``name``, ``group_name``, ``year_name``, ….

        Args:
            rows: indicator rows, in the order in which they are to be drawn.
            n: add the number of answers to the names of groups.
        """
        self._refuse_no_rows(rows)
        return naming.named(rows, self.context, n=n)

    def canvas(
        self,
        key: str,
        rows: pd.DataFrame,
        *,
        context: Context,
        title: str | Mapping[str, str] | None = None,
        subtitle: str | Mapping[str, str] = "",
        unit: str = "",
        height_mm: float = 60,
        panels: int = 0,
        columns: int = 1,
        share: bool = True,
        numbers: bool = True,
        about: pd.DataFrame | None = None,
        notes: Sequence[str] | Mapping[str, Sequence[str]] = (),
        source: str = "",
    ) -> Iterator[Any]:
        """Axes to draw on with seaborn or matplotlib, once for each printed width.

        ``for axes in desk.canvas("reasons", rows, **desk.sourced("survey")): sns.barplot(…,
        ax=axes)``. What is drawn must be what the rows say: every bar, point, vertex and cell the
        ``value`` of one row, every interval its ``low`` and ``high``. After the last width the
        figure is written in all formats and shown. The title is computed unless one is given.

        Args:
            key: name of the figure: ``reasons_by_age``.
            rows: indicator rows, those that are drawn.
            context: with source and notes, from ``desk.sourced``.
            title: ``{"mihon 2025": "…", "mihon 2025 en": "…"}``; plain text only where one edition
                uses the notebook. Its numbers must be those of the rows.
            subtitle: measure, area, period; plain, or ``{"ja": "…", "en": "…"}``.
            unit: unit of the values, if not that of the rows.
            height_mm: height of a panel, ticks included.
            panels: how many axes; as many as ``columns`` if not given.
            columns: side by side; two at most at half width.
            share: whether panels have the same scale.
            numbers: put the printed numbers beside marks, where there is room.
            about: the rows that the computed title speaks of, if not all that are drawn.
            notes: added to the notes of the sources.
            source: in the place of that of ``desk.sourced``.

        Raises:
            InputError: the rows are no saved indicator rows; or, in the loop, what is drawn is
                not what they say, or cannot be printed.
        """
        where = f"desk.canvas({key!r})"
        if not _is_key(key):
            raise InputError(BAD_KEY.at(where, key=key))
        cell = sys._getframe(1)  # a loop that is left would write nothing and say nothing
        if left_early("".join(linecache.getlines(cell.f_code.co_filename)), cell.f_lineno):
            raise InputError(LEFT_EARLY.at(where))
        if source:
            context = context.at(source=source)
        self._refuse_no_rows(rows)
        self._refuse_unsaved(rows, where)
        given = {"title": title, "subtitle": subtitle, "notes": notes}
        words = {name: for_edition(name, value, context) for name, value in given.items()}
        said = words["notes"] or ()
        words["notes"] = [said] if isinstance(said, str) else list(said)
        return Canvas(
            rows.reset_index(drop=True), context, words, key=key, unit=unit, height_mm=height_mm,
            panels=panels or columns, columns=columns, about=about, share=share, numbers=numbers,
            publish=self._publish_drawn,
        )  # fmt: skip

    def publish(self, chart: Chart) -> "Shown":
        """Write a chart at both printed widths in all formats, and show it.

        Raises:
            InputError: the chart breaks a rule of print, or is none of ours.
        """
        if not isinstance(chart, Chart):
            raise InputError(NOT_A_CHART.at("desk.publish", what=_what(chart)))
        same = chart.context.width_mm
        return self._written([chart if w == same else chart.at(width_mm=w) for w in PRINTED], chart)

    def _publish_drawn(self, charts: list[Chart]) -> None:
        """Write what was drawn on a canvas, one chart a width, and show it."""
        from IPython.display import display

        display(self._written(charts, charts[0]))

    def _written(self, charts: Sequence[Chart], shown: Chart) -> "Shown":
        charts = [sheet for chart in charts for sheet in chart.sheets()]
        problems = [problem for chart in charts for problem in lint(chart)]
        if problems:  # of each kind one: what mends it mends the others
            by_hand = charts[0].by_hand
            one_each = {(p.kind if by_hand else p): p for p in reversed(problems)}
            raise InputError(reversed(one_each.values()))
        folder = self.places.figures_out
        for chart in charts:
            save(chart, folder)
        self._say_how_to_publish()
        written = shown.context.width_mm in PRINTED
        drawn = (folder / f"{shown.stem}.svg").read_bytes() if written else svg(shown)
        data = {"image/svg+xml": drawn.decode(), "text/plain": repr(shown)}
        return Shown(data, seal.sealed(data))

    def _refuse_no_rows(self, rows: object) -> None:
        """Refuse what has not the columns of indicator rows.

        Raises:
            InputError: with the way to make them.
        """
        where = "desk.canvas"
        if not isinstance(rows, pd.DataFrame):
            raise InputError(NOT_ROWS.at(where, why=_what(rows)))
        if missing := [name for name in tables.INDICATORS.columns if name not in rows]:
            names = listed(missing)
            why = Said(f"列 {names.ja} がない", f"no columns {names.en}")
            raise InputError(NOT_ROWS.at(where, why=why))
        if rows.empty:
            raise InputError(NO_ROWS.at(where))

    def _refuse_unsaved(self, rows: pd.DataFrame, where: str) -> None:
        """Refuse rows that did not come through the first door: changed, or made by hand.

        Raises:
            InputError: one that no edition of the city has saved with this value.
        """
        key = ["fiscal_year", *tables.KEY, "definition"]
        names = sorted(set(rows["indicator"]))
        known = [tables.load_indicators(self.places.data_in("indicators"), *names)]
        if set(rows["fiscal_year"]) - set(known[0]["fiscal_year"]) or len(
            rows.merge(known[0][key], on=key)
        ) < len(rows):
            earlier = tables.earlier_data(self.places)
            known += [tables.load_indicators(folder, *names) for folder in earlier]
        frames = [frame[[*key, "value", "low", "high", "printed"]] for frame in known if len(frame)]
        saved = (
            pd.concat(frames) if frames else rows.head(0)[[*key, "value", "low", "high", "printed"]]
        )
        texts: dict[Any, set[Any]] = {
            tuple(line[:6]): set() for line in saved[key].itertuples(index=False)
        }
        for line in saved.itertuples(index=False):
            texts[tuple(line[:6])].add(
                (_number(line[6]), _number(line[7]), _number(line[8]), line[9])
            )
        columns = rows[[*key, "value", "low", "high", "printed"]]
        for line in columns.itertuples(index=False):
            name = ".".join(filter(None, map(str, line[1:5])))
            found = texts.get(tuple(line[:6]))
            mine = (_number(line[6]), _number(line[7]), _number(line[8]), line[9])
            if found is None:
                why = Said(f"{name} は保存されていない", f"{name} is not saved")
                raise InputError(NOT_ROWS.at(where, why=why))
            if mine[0] != "" and mine not in found:
                why = Said(
                    f"{name} の数値が、保存された指標と違う", f"{name} differs from what is saved"
                )
                raise InputError(NOT_ROWS.at(where, why=why))

    def _say_how_to_publish(self) -> None:
        """One line for who works by hand: Jupyter's server names the session, nobody else."""
        places = self.places
        if places.staging is None and "JPY_SESSION_NAME" in os.environ:
            draft = places.figures_out.relative_to(places.root).as_posix()
            print(
                f"下書きを {draft} に書きました（このパソコンの中だけのものです）。"
                f"公開するには: citypromo run {self.edition.id}"
            )


def _project() -> Path:
    """The project itself, not the copies that a run's notebooks read."""
    told = os.environ.get(PROJECT_VARIABLE)
    return Path(told) if told else project_root()


def _notebook() -> str:
    """The notebook that this process executes, as far as anybody says."""
    if told := os.environ.get(NOTEBOOK_VARIABLE):
        return told.partition(".")[0]
    path = os.environ.get("JPY_SESSION_NAME", "")
    if not path and "IPython" in sys.modules:  # VS Code tells the kernel in a variable
        from IPython.core.getipython import get_ipython

        shell = get_ipython()
        path = str(shell.user_ns.get("__vsc_ipynb_file__", "")) if shell else ""
    return Path(path).stem if path.endswith(".ipynb") else ""


def _is_key(key: object) -> bool:
    if not isinstance(key, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        return False
    return not key.endswith(("mm", "_large", "_en"))  # these are variants of others


def _what(given: object) -> Said:
    """What somebody has given, as a sentence names it."""
    name = type(given).__name__
    if isinstance(given, str | bytes | Path):
        return Said("保存した画像", "a saved picture")
    if name in ("FacetGrid", "PairGrid", "JointGrid", "ClusterGrid"):
        return Said(f"seaborn の {name}（自分の図を作る関数の結果）", f"seaborn’s {name}")
    if name in ("Figure", "Axes", "Plot", "SubFigure"):
        return Said(f"matplotlib・seaborn の {name} そのもの", f"a plain {name}")
    return Said(f"{name} 型のもの", f"a {name}")


def _number(value: object) -> str:
    """A number for comparing what was saved with ten digits; nothing where there is none."""
    return "" if pd.isna(value) else f"{float(value):.9g}"  # type: ignore[arg-type]


def once(rows: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Rows of several editions, each number once: equal ones are one, of statistics the newest.

    Raises:
        InputError: a number of a document or a survey that is not the same in all of them.
    """
    key = ["fiscal_year", *tables.KEY, "definition"]
    documents = rows[rows["basis"].isin(["published", "microdata"])]
    texts = documents[documents["category"] != "target"].groupby(key, sort=False)["printed"]
    problems = [
        TWO_NUMBERS.at(
            f"{edition} indicators", name=".".join(filter(None, map(str, names[1:5]))),
            year=names[0], texts=listed(dict.fromkeys(printed)),
        )
        for names, printed in texts if printed.nunique() > 1
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return rows.drop_duplicates(key, keep="last").reset_index(drop=True)


@dataclass(frozen=True)
class Shown:
    """A published chart: the notebook keeps its SVG, so that nbval sees a recoloured bar.

    Attributes:
        data: MIME type → text.
        seal: what says in a run that it came through this door.
    """

    data: dict[str, str] = field(repr=False)
    seal: dict[str, Any] = field(repr=False)

    def _repr_mimebundle_(self, **_: object) -> Any:
        return (self.data, self.seal) if self.seal else self.data
