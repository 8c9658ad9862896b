"""The deliverables, last step of a run: made again only when something they show has changed."""

from collections.abc import Mapping
from pathlib import Path

from helpers.pipeline.manifest import DELIVERABLES
from helpers.pipeline.plan import Key, Success, code_key, file_digest, history, reason
from helpers.pipeline.planning import Planning
from helpers.pipeline.staging import Staging

_CODE = ["from helpers.report.deliverables import deliver"]


def delivery_key(planning: Planning, successes: Mapping[str, Success]) -> Key:
    """What the deliverables depend on: figures, indicators, claims, earlier editions, our code."""
    edition, places = planning.edition, planning.edition.places
    parts = code_key(_CODE, edition, planning.helpers)
    parts["deliverables"] = "、".join(edition.deliverables)
    for success in successes.values():
        shown = {p: v for p, v in success.outputs.items() if Path(p).suffix not in _NOT_SHOWN}
        parts |= shown
    for path in [places.raw / "claims.yml", *history(places)]:
        parts[path.relative_to(places.root).as_posix()] = file_digest(path)
    return Key(parts)


_NOT_SHOWN = (".ipynb", ".parquet")


def why_deliver(planning: Planning) -> str:
    """Why the deliverables are not up to date with what is published, or empty text."""
    if not planning.edition.deliverables:
        return ""
    notebooks = {name: s for name, s in planning.before.items() if name != DELIVERABLES}
    key = delivery_key(planning, notebooks)
    return reason(key, planning.before.get(DELIVERABLES), planning.staging.published)


def deliver(planning: Planning, successes: Mapping[str, Success]) -> Success:
    """Write the deliverables into the staged report, or take the published ones over.

    Raises:
        InputError: one of them cannot be made from what the notebooks left.
    """
    staging = planning.staging
    if not planning.edition.deliverables:
        return Success({}, {})
    key = delivery_key(planning, successes)
    if not reason(key, planning.before.get(DELIVERABLES), staging.published):
        before = planning.before[DELIVERABLES]
        staging.take(DELIVERABLES, before.outputs, staging.published)
        return before
    return Success(key.parts, _made(planning, staging, successes))


def _made(planning: Planning, staging: Staging, successes: Mapping[str, Success]) -> dict[str, str]:
    from helpers.edition import Edition
    from helpers.problems import InputError
    from helpers.report.deliverables import deliver as write
    from helpers.report.reported import Reported, drawn_by, published

    edition = planning.edition
    notebooks = drawn_by({name: {"outputs": s.outputs} for name, s in successes.items()})
    reported = Reported(edition, staging.report, staging.data, notebooks)
    try:
        previous = published(Edition.open(edition.city, edition.fiscal_year - 1))
    except InputError:
        previous = None  # the first edition has none
    written = write(reported, previous)  # only those that edition.yml names
    return {f"report/{p.relative_to(staging.report).as_posix()}": file_digest(p) for p in written}
