"""Why a store refuses: what its libraries raise, in a sentence without an address or a key."""

import re

from helpers.problems import Message, Problem

NO_BUCKET = Message(
    "バケットがありません",
    remedy="名前を確かめるか、先に作ってください。別のサーバーのバケットなら "
    "AWS_ENDPOINT_URL を設定してください",
    en="no such bucket. → look at its name, make it first, or set AWS_ENDPOINT_URL where it is "
    "another server's",
)
NO_ACCESS = Message(
    "置き場を使う権限がありません（{why}）",
    remedy="AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY（または ~/.aws）と、バケットの権限を"
    "確かめてください。読み、書き、一覧、削除の権限が要ります",
    en="no access ({why}). → look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or ~/.aws) and "
    "at the bucket's policy: to read, write, list and delete",
)
NOT_REACHED = Message(
    "置き場を使えません（{why}）",
    remedy="ネットワーク、AWS_ENDPOINT_URL、認証の設定を確かめて、もう一度実行してください",
    en="the store cannot be used ({why}). → look at the network, at AWS_ENDPOINT_URL "
    "and at the credentials, and run again",
)
# What S3 calls its refusals.
REFUSED = (
    "DENIED",
    "SIGNATURE",
    "ACCESS_KEY",
    "TOKEN",
    "CREDENTIALS",
    "FORBIDDEN",
    "status 401",
    "status 403",
)


def refusal(error: Exception, store: str, path: str) -> Problem:
    """The sentence on an error.

    Args:
        error: as the store's library has raised it; only its kind is told, for its text may
            hold the server's address and names of keys.
        store: the store's name, without a password.
        path: what was asked for in it.
    """
    code = re.search(r"AWS Error (\w+(?: \(HTTP status \d+\))?)", str(error))
    why = code[1] if code else type(error).__name__
    if why == "NO_SUCH_BUCKET":
        return NO_BUCKET.at(store)
    refused = isinstance(error, PermissionError) or any(word in why for word in REFUSED)
    return (NO_ACCESS if refused else NOT_REACHED).at(f"{store}/{path}".rstrip("/"), why=why)
