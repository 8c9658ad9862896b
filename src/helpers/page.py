"""A page of HTML that stands alone: one look for check, diff and audit, nothing from outside."""

import base64
import hashlib
from collections.abc import Iterable
from html import escape

_STYLE = (
    "body{font-family:'BIZ UDPGothic',sans-serif;margin:2em auto;max-width:76em;padding:0 1em;"
    "line-height:1.7;color:#222;background:#fff}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #ccc;padding:.4em .6em;text-align:left;vertical-align:top}"
    "thead th{background:#f0f0f0}tbody th{font-weight:normal}"
)


def page(title: str, lang: str, parts: Iterable[str], style: str = "", images: bool = False) -> str:
    """The page, with a policy that lets a browser fetch nothing and run nothing.

    Args:
        title: plain text, for the tab and the first heading.
        lang: ``ja`` or ``en``.
        parts: HTML below the heading; empty ones are left out.
        style: rules of this page's own, after the common ones.
        images: whether pictures stand inside the page as data.
    """
    style = _STYLE + style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    shown = "img-src data:; " if images else ""
    policy = f"default-src 'none'; {shown}style-src 'sha256-{digest}'"
    head = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; '
        "base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>"
    )
    return "\n".join([head, *filter(None, parts), "</main>\n</body>\n</html>\n"])
