"""Ready sentences about statistics: movement, daytime, associations, brand survey, progress."""

from collections.abc import Iterator

from helpers.audit.writer import Sentence, Writer


def movement(writer: Writer) -> Iterator[Sentence]:
    """Moves, births and deaths of the newest year of each series, its definition named."""
    pairs = (
        ("moved_in", "moved_out", "net_migration", "転入は{0}、転出は{1}で、社会増減は{2}です"),
        ("births", "deaths", "natural_change", "出生は{0}、死亡は{1}で、自然増減は{2}です"),
    )
    english = (
        "{0} moved in and {1} moved out, a net migration of {2}",
        "{0} were born and {1} died, a natural change of {2}",
    )
    for (*parts, ja), en in zip(pairs, english, strict=True):
        keys = [f"{part}.total.total" for part in parts]
        for definition in writer.facts.evidence.definitions(keys[:1]):
            series = [writer.facts.evidence.series(key, definition) for key in keys]
            years = [
                y for y in set.intersection(*(set(s) for s in series)) if y <= writer.facts.year
            ]
            if not years:
                continue
            by, year = writer.facts.naming.definition(definition), max(years)
            fields = [f"{{{key}#{definition}@{year}}}" for key in keys]
            yield from writer.sentence(
                "3",
                f"{year}年の{ja.format(*fields)}（{by.ja}）。",
                f"In {year} {en.format(*fields)} ({by.en}).",
                *keys,
            )


def daytime(writer: Writer) -> Iterator[Sentence]:
    """The index, its rank from the lowest, and the share who stay: three different things."""
    city = writer.facts.naming.edition.city
    index, rank, stay = (
        f"{name}.peer.{city}"
        for name in ("daytime_population_index", "daytime_population_rank", "stay_share")
    )
    peers = writer.facts.naming.edition.peers
    number = writer.number(index, "published", "newest")
    if number is None or peers is None:
        return
    field = f"#published@{number.year}"
    yield from writer.sentence(
        "4",
        f"{number.year}年の昼間人口指数（常住人口100人に対する昼間人口）は{{{index}{field}|number}}で、"
        f"{peers.ja}の中で低い方から{{{rank}{field}|number}}番目です。",
        f"In {number.year} there were {{{index}{field}|number}} people by day per 100 residents, "
        f"rank {{{rank}{field}|number}} from the lowest of {peers.en}.",
        index,
        rank,
    )
    for definition in writer.facts.evidence.definitions([stay]):
        staying, by = f"#{definition}@{number.year}", writer.facts.naming.definition(definition)
        yield from writer.sentence(
            "4",
            f"昼間も市内にとどまる市民の割合は{{{stay}{staying}}}です（{by.ja}）。",
            f"Of the residents {{{stay}{staying}}} stay in the city by day ({by.en}).",
            stay,
        )


def associations(writer: Writer) -> Iterator[Sentence]:
    """Households in neighbourhood associations, and their share."""
    count, rate = "association_households.total.total", "association_rate.total.total"
    changes = writer.change(count), writer.change(rate)
    yield from writer.sentence(
        "5",
        f"自治会・町内会の加入世帯数は{{{count}}}{changes[0].ja}、加入率は{{{rate}}}{changes[1].ja}です。",
        f"{{{count}}} belong to neighbourhood associations{changes[0].en}, "
        f"a share of {{{rate}}}{changes[1].en}.",
        count,
        rate,
    )


def brand(writer: Writer) -> Iterator[Sentence]:
    """Score and national rank of each item of the brand survey, and the rank among the peers."""
    names = ("attractiveness", "recognition", "information_contact", "tourism_intention")
    for name in (*names, "residence_intention"):
        score, rank = f"brand_score.total.total.{name}", f"brand_rank.total.total.{name}"
        word, changes = (
            writer.facts.naming.category(score),
            [writer.change(k) for k in (score, rank)],
        )
        yield from writer.sentence(
            "8",
            f"{word.ja}は{{{score}}}{changes[0].ja}、全国順位は{{{rank}}}{changes[1].ja}です。",
            f"{word.en}: {{{score}}}{changes[0].en}, national {{{rank}}}{changes[1].en}.",
            score,
            rank,
        )
    key = "brand_rank_tama.total.total.attractiveness"
    word, change = writer.name(key), writer.change(key)
    ja, en = f"{word.ja}は{{{key}}}です{change.ja}。", f"{word.en}: {{{key}}}{change.en}."
    yield from writer.sentence("8", ja, en, key)


def progress(writer: Writer) -> Iterator[Sentence]:
    """Each indicator against the year before, its baseline, its target and the required pace."""
    for key in [k for k in writer.facts.evidence.keys if k.startswith("kpi.kpi.")]:
        if not key.endswith(".actual") or (number := writer.number(key)) is None:
            continue
        group, name, change = key.split(".")[2], writer.name(key), writer.change(key)
        baseline = key.removesuffix("actual") + "baseline"
        start = writer.number(baseline, number.definition, "newest")
        since = f"{{{baseline}@{start.year}}}" if start else ""
        yield from writer.sentence(
            "progress",
            f"{name.ja}は{{{key}}}です{change.ja}。現状値（{since}）から{{{key}|change.baseline}}です。",
            f"{name.en}: {{{key}}}{change.en}; "
            f"{{{key}|change.baseline}} from the baseline ({since}).",
            key,
        )
        share, pace = f"kpi_progress.kpi.{group}", f"kpi_pace.kpi.{group}"
        status = writer.facts.status(group)
        yield from writer.sentence(
            "progress",
            f"{name.ja}の進捗率は{{{share}}}、必要なペースは{{{pace}}}で、判定は「{status.ja}」です。",
            f"{name.en}: progress {{{share}}}, required pace {{{pace}}}: {status.en}.",
            share,
            pace,
        )
