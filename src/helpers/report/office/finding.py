"""What was found about one picture or one text, and what was done."""

from dataclasses import dataclass
from typing import Literal

State = Literal[
    "current", "stale", "other_edition", "missing", "foreign", "left", "no_alt", "typed"
]
Kind = Literal["picture", "number", "words", "typed"]
Words = tuple[str, str]
STATES: dict[State, Words] = {
    "current": ("最新", "current"),
    "stale": ("古い", "stale"),
    "other_edition": ("別の年度版", "another edition"),
    "missing": ("報告書にない", "not in the report"),
    "foreign": ("対象外（報告書の図ではない）", "not ours"),
    "left": ("そのまま残した", "left as it is"),
    "no_alt": ("最新（代替テキストがない）", "current, without alternative text"),
    "typed": ("手で打った数値（欄ではない）", "typed, no field"),
}
LAYERS: dict[str, Words] = {
    "png": ("画像の中のキー", "key inside the picture"),
    "control": ("コンテンツ コントロール", "content control"),
    "text": ("代替テキスト", "alternative text"),
    "bookmark": ("ブックマーク", "bookmark"),
}


@dataclass(frozen=True)
class Finding:
    """One picture or text of the document.

    Attributes:
        place: where it stands, in Japanese and English.
        kind: picture, number, the words of a figure (its finding, its caption), or numbers that
            stand in no field.
        state: how it stands to the report. ``left``: ours, but a person must look at it.
        key: the figure's or the indicator's; empty for what is not ours.
        by: what told the key, for a picture.
        old: the text that stood there, or the edition that a picture is of.
        new: the text that the report has.
        note: what else must be said.
    """

    place: Words
    kind: Kind
    state: State
    key: str = ""
    by: str = ""
    old: str = ""
    new: str = ""
    note: Words = ("", "")

    @property
    def to_mend(self) -> bool:
        """Whether a refresh replaces it."""
        return self.state in ("stale", "other_edition", "no_alt") and not self.refused

    @property
    def refused(self) -> bool:
        """Whether it is of another city, which a refresh leaves alone."""
        return self.state == "other_edition" and self.new == ""

    @property
    def needs_a_person(self) -> bool:
        """Whether no refresh can mend it."""
        return self.state in ("missing", "left", "typed")
