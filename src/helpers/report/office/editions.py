"""Which report a document is of, by its pictures."""

from collections import Counter

from helpers.edition import Edition, editions
from helpers.places import Places, project_root
from helpers.report.office.figure_mark import mark_of
from helpers.report.office.package import Package


def newest_edition(package: Package, city: str = "") -> Edition | None:
    """The newest edition with a published report, of the city that most pictures are of.

    Args:
        package: the document.
        city: the city where it is told; then the pictures are not asked.
    """
    if not city:
        marks = filter(None, map(mark_of, package.parts.values()))
        cities = Counter(mark.edition.split()[0] for mark in marks if mark.edition)
        city = next((name for name, _ in cities.most_common(1)), "")
    root = project_root()
    years = [
        year
        for name, year in editions()
        if name == city and (Places(root, city, year).published_report / "manifest.json").exists()
    ]
    return Edition.open(city, max(years)) if years else None
