"""Stores for tests: buckets of a real server, folders that fsspec opens."""

import itertools
import json
import os
from hashlib import sha256
from pathlib import Path

from pyarrow import fs
from swift_server import KEY, SECRET

from helpers.places import Places

ENDPOINT = "AWS_ENDPOINT_URL"
EDITION = "aoba", 2025
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


def make_report(root: Path, number: int, edition=EDITION) -> Places:
    """A published report whose every file says the same number."""
    places = Places(root, *edition)
    files = {
        "report/index.html": places.published_report / "index.html",
        "report/figures/図.csv": places.published_report / "figures" / "図.csv",
        "report/figures/図.png": places.published_report / "figures" / "図.png",
        "data/answers.parquet": places.published_data / "answers.parquet",
        "data/indicators/all.csv": places.published_data / "indicators" / "all.csv",
    }
    for path in files.values():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{number}".encode())
    outputs = {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    manifest = {"outputs": outputs, "notebooks": {}, "number": number}
    manifest |= {"fingerprint": "", "sha256": ""}
    (places.published_report / "manifest.json").write_text(json.dumps(manifest))
    return places
