"""The file for the sentences of a new year's text: what last year's said is not carried over."""


def claims_template(earlier: str) -> str:
    """An empty ``claims.yml`` that says what belongs into it.

    Args:
        earlier: the edition before, as a part of a path (``mihon/2025``).
    """
    return (
        "# 本文のうち、数値を述べた文。本文ができたら1文ずつ書く（書き方は docs/ja/audit.md）。\n"
        "# The sentences of the text that state a number (docs/audit.md tells how).\n"
        f"# 文は毎年書き直されるので、前の年度版の文（data/raw/{earlier}/claims.yml）は"
        "写していない。\n"
        f"# Those of the edition before are in data/raw/{earlier}/claims.yml; none is copied.\n"
        "claims: []\n"
    )
