"""The page of check, diff and audit stands alone; a reader who stops reading is no error."""

import base64
import hashlib
import re
import subprocess
import sys
from pathlib import Path

from helpers.page import page


def test_the_policy_allows_the_pages_own_style_and_nothing_else():
    text = page("<題>", "ja", ["<p>文</p>", ""], "p{color:red}")
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert style and policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'")
    assert "img-src" not in policy[1]
    assert "<h1>&lt;題&gt;</h1>\n<p>文</p>\n</main>" in text


def test_a_reader_who_has_read_enough_sees_no_traceback():
    command = [sys.executable, "-m", "helpers.cli", "list"]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
