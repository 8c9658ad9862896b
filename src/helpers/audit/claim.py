"""Claims: the sentences of a published text that state a number, as ``claims.yml`` lists them."""

from typing import Self

from pydantic import Field, model_validator

from helpers.configuration import Part, read_configuration
from helpers.edition import Edition, Name
from helpers.problems import Unfit
from helpers.sentences.grammar import read
from helpers.sentences.statement import FORMS, Kind, Statement

FILE = "claims.yml"


class Claim(Statement):
    """One statement of a published sentence; without ``kind`` the sentence itself is read."""

    kind: Kind | None = None  # type: ignore[assignment]
    claimed: str = Field("", description="the number or the word as printed: 約20万6千人, 微減")
    sentence: str = Field(description="as published")
    page: str = ""
    needs: Name | None = Field(None, description="data that are missing to judge it")
    note: Name | None = Field(None, description="what a reader of the audit should know")

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        """A statement that is written out says of which numbers.

        Raises:
            Unfit: it does not.
        """
        if self.kind and not self.what and not self.needs:
            raise Unfit(
                "what（指標のキー）か needs（足りないデータ）を書いてください",
                "say “what” (keys of indicators) or “needs” (data that are missing)",
            )
        return self

    def _form_instead(self) -> bool:
        return bool(self.to_be_read)

    @property
    def to_be_read(self) -> str:
        """What the grammar is to read: the sentence, or a wording that its kind does not cover."""
        if self.kind is None:
            return self.claimed or self.sentence
        forms = {reading.kind for reading in read(self.claimed)} & FORMS.keys()
        return self.claimed if forms and self.kind not in FORMS else ""


class Claims(Part):
    """A ``claims.yml``."""

    claims: list[Claim]


def read_claims(edition: Edition) -> list[Claim]:
    """The claims of an edition; none where it has no ``claims.yml``.

    Raises:
        InputError: every key that is unknown, missing or wrong, by its place in the file.
    """
    path = edition.places.raw / FILE
    return read_configuration(path, Claims).claims if path.exists() else []
