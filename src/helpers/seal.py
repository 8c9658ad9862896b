"""The seal on an output that went through a door, which a cell cannot write by hand.

A run makes a key for every notebook and tells it to the kernel before the first cell. The doors
(``desk.publish``, ``desk.look``, ``desk.save``) stamp what they give out with a keyed digest of
exactly that output; the run keeps of an executed notebook what carries a seal that fits, and
takes the seals off. A seal copied onto another output does not fit it, and the key is out of the
environment as soon as a desk is open: whoever wants to publish something else must mean to.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from typing import Any

VARIABLE = "CITYPROMO_SEAL"
MARK = "citypromo_seal"

_key = ""


def new_key() -> str:
    """A key for the outputs of one notebook."""
    return secrets.token_hex(32)


def take() -> None:
    """In a kernel: take the key of this notebook out of the environment, if a run has told one."""
    global _key  # noqa: PLW0603  # of the process: one kernel executes one notebook at a time
    if told := os.environ.pop(VARIABLE, ""):
        _key = told


def forget() -> None:
    """In a kernel that is lent again: the key was of the notebook before."""
    global _key  # noqa: PLW0603
    _key = ""


def sealed(data: Mapping[str, str]) -> dict[str, Any]:
    """Metadata for an output that a door gives out; nothing outside a run.

    Args:
        data: MIME type → text.
    """
    take()
    return {MARK: _digest(data, _key)} if _key else {}


def fits(output: Mapping[str, Any], key: str) -> bool:
    """Whether a stored output of a notebook carries the seal that a door gave it."""
    mark = output.get("metadata", {}).get(MARK)
    texts = {kind: _joined(text) for kind, text in output.get("data", {}).items()}
    return isinstance(mark, str) and hmac.compare_digest(mark, _digest(texts, key))


def _joined(text: object) -> object:
    """A text of a notebook, which is stored in one piece or as lines."""
    whole = isinstance(text, list) and all(isinstance(line, str) for line in text)
    return "".join(text) if whole else text  # type: ignore[arg-type]


def _digest(data: Mapping[str, object], key: str) -> str:
    content = json.dumps(data, sort_keys=True, ensure_ascii=True, default=str)
    return hmac.new(key.encode(), content.encode(), hashlib.sha256).hexdigest()
