"""Stores for tests: buckets of a real server, folders that fsspec opens."""

import itertools
import os

from pyarrow import fs
from swift_server import KEY, SECRET

from helpers.batch.store import Store

ENDPOINT = "AWS_ENDPOINT_URL"
_numbers = itertools.count(1)


def new_bucket() -> str:
    """The address of a folder in a new bucket."""
    name = f"bucket-{next(_numbers)}"
    server = fs.S3FileSystem(endpoint_override=os.environ[ENDPOINT], allow_bucket_creation=True)
    server.create_dir(name)
    return f"s3://{name}/架空 1"


def environment(address: str) -> dict[str, str]:
    """What a user of the server sets, and nothing of whoever runs the tests."""
    own = {ENDPOINT: address, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    return own | {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull}


def opened(address: str) -> Store:
    return Store(address)
