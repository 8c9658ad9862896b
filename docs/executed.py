"""The notebooks as executed, as pages of the site: their cells, and the outputs that are kept.

Written to docs/ja/notebooks (ignored by git) whenever the site is built.
"""

import json
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "tests" / "notebooks"
FOLDER = Path("ja", "notebooks")
INDEX = """\
# 実行したままのノートブック

見本市（架空の市）で実行したときのノートブックです。
十の位が段階です: 1 は読み込みと整理、2 は指標、3 は図。

```{{toctree}}
:maxdepth: 1

{names}
```
"""


def write_pages(app: Sphinx) -> None:
    """Write a page for each notebook, and one that lists them."""
    folder = Path(app.srcdir) / FOLDER
    folder.mkdir(exist_ok=True)
    files = {}
    paths = sorted((ROOT / "notebooks").glob("[1-9][0-9]_*.ipynb"))
    for path in paths:
        outputs = json.loads(
            (ROOT / "tests" / "notebooks" / f"{path.stem}.json").read_text("utf-8")
        )
        pictures: dict[str, str] = {}
        parts = [
            part
            for cell in json.loads(path.read_text("utf-8"))["cells"]
            for part in cell_parts(cell, outputs.get(cell.get("id"), []), path.stem, pictures)
        ]
        files |= {f"{path.stem}.md": "\n\n".join(parts) + "\n"} | pictures
    files["index.md"] = INDEX.format(names="\n".join(path.stem for path in paths))
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        file = folder / name
        if not file.is_file() or file.read_text("utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")


def cell_parts(
    cell: dict[str, Any], outputs: list[dict[str, Any]], stem: str, pictures: dict[str, str]
) -> list[str]:
    """A cell and what it shows, in MyST; its pictures are put beside them, by file name."""
    source = "".join(cell["source"])
    if cell["cell_type"] != "code":
        return [source]
    parts = [f"```python\n{source}\n```"]
    for output in outputs:
        data = {kind: "".join(value) for kind, value in output.get("data", {}).items()}
        plain = "".join(output.get("text", "")) or data.get("text/plain", "")
        if picture := data.get("image/svg+xml"):
            name = f"{stem}-{len(pictures) + 1}.svg"
            pictures[name] = picture
            parts.append(f"```{{image}} {name}\n:alt: {' '.join(plain.split())}\n```")
        elif page := data.get("text/html"):
            table = re.sub(r"<style.*?</style>\n?", "", page, flags=re.DOTALL)
            parts.append(f"```{{raw}} html\n{table}\n```")
        else:
            parts.append(f"```text\n{plain.rstrip()}\n```")
    return parts
