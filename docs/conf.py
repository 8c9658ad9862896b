"""The documentation's site, for Sphinx: `make docs` writes it to docs/_build.

One build holds both languages. A Japanese page says so to the browser (`<html lang="ja">`), shows
the theme's own words in Japanese, and each page's sidebar lists the pages of its language.
"""

import gettext
import sys
from pathlib import Path
from typing import Any

import sphinx
from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))
from executed import write_pages

project = "citypromo"
copyright = ""
root_doc = "index"
extensions = ["myst_parser"]
exclude_patterns = ["_build", "grades"]
nitpicky = True
myst_heading_anchors = 3

html_theme = "furo"
html_title = "citypromo"
html_static_path = ["theme/static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_use_index = False
# Splits Japanese into words and takes English as it is: one index for both languages.
html_search_language = "ja"
pygments_style = "tango"
pygments_dark_style = "github-dark"

OWN = {"On this page": "このページ", "Back to top": "先頭へ", "Home": "ホーム"}


def translated(message: str) -> str:
    """A word of the theme in Japanese."""
    return OWN.get(message) or _japanese().gettext(message)


def _japanese() -> gettext.NullTranslations:
    locale = Path(sphinx.__file__).with_name("locale")
    return gettext.translation("sphinx", str(locale), ["ja"], fallback=True)


def other_language(pagename: str) -> str:
    """The same page in the other language."""
    return pagename.removeprefix("ja/") if pagename.startswith("ja/") else f"ja/{pagename}"


def speak(app: Sphinx, pagename: str, _: str, context: dict[str, Any], *_others: object) -> None:
    """Tell a page its language, and where the same page is in the other one."""
    japanese = pagename.startswith("ja/")
    context["language"] = "ja" if japanese else "en"
    if japanese:
        context["_"] = context["gettext"] = translated
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )
    other = other_language(pagename)
    if other in app.env.found_docs:
        context["other_language"] = context["pathto"](other)
        context["other_name"] = "English" if japanese else "日本語"


def join_lines(app: Sphinx, doctree: nodes.document) -> None:
    """A line's end between two Japanese characters is not a space."""
    if not app.env.docname.startswith("ja/"):
        return
    for element in doctree.findall(nodes.TextElement):
        for at in range(1, len(element) - 1):
            before, after = element[at - 1].astext()[-1:], element[at + 1].astext()[:1]
            if element[at] == "\n" and not before.isascii() and not after.isascii():
                element[at] = nodes.Text("")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", write_pages)
    app.connect("html-page-context", speak, priority=900)  # after the theme
    app.connect("doctree-read", join_lines)
    for kind in ("csv", "lab"):  # tables to type, and what JupyterLab says: plain text
        app.add_lexer(kind, TextLexer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


templates_path = ["theme"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "language.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
