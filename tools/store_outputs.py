"""Store in ``notebooks/`` the outputs that the sample city gives, for readers and for nbval.

    citypromo run mihon 2025 && python tools/store_outputs.py

Cells are matched by id; papermill's own cell and marks stay behind.
"""

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXECUTED = ROOT / "reports" / "mihon" / "2025" / "notebooks"


def main() -> None:
    """Copy the outputs of every executed notebook into its source."""
    for executed in sorted(EXECUTED.glob("*.ipynb")):
        path = ROOT / "notebooks" / executed.name
        source, done = (json.loads(p.read_text(encoding="utf-8")) for p in (path, executed))
        outputs = {cell["id"]: cell.get("outputs", []) for cell in done["cells"]}
        number = 0
        for cell in source["cells"]:
            if cell["cell_type"] == "code":
                number += 1
                cell["execution_count"] = number
                cell["outputs"] = [_plain(out, number) for out in outputs[cell["id"]]]
        text = json.dumps(source, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
        print(path.name)


def _plain(output: dict, number: int) -> dict:
    """An output without what differs from run to run."""
    if "execution_count" in output:
        output["execution_count"] = number
    return output


if __name__ == "__main__":
    main()
