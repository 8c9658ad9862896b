"""The same notebooks by other tools: a pipeline file for each, written into a copy of the project.

They are not locked with the project. A virtual environment that has them, and sees the project's
packages by a ``.pth`` file, is named by ``CITYPROMO_OTHERS`` (its ``bin`` folder).
"""

import json
import os
from itertools import chain
from pathlib import Path

BIN = os.environ.get("CITYPROMO_OTHERS", "")


def available() -> list[str]:
    """Which of the tools are there."""
    return [name for name in ("ploomber", "snakemake") if BIN and (Path(BIN) / name).exists()]


def command(tool: str, project: Path, stages: list[list[str]], city: str, year: str) -> list[str]:
    """Write the tool's pipeline of ``stages`` (names of notebooks), and say how to run it."""
    notebooks = project / "notebooks"
    if tool == "ploomber":
        text = json.dumps(_ploomber(stages, city, year))  # JSON is YAML
        (notebooks / "pipeline.yaml").write_text(text, encoding="utf-8")
        return [f"{BIN}/ploomber", "build", "--force"]
    (notebooks / "Snakefile").write_text(_snakefile(stages, city, year), encoding="utf-8")
    return [f"{BIN}/snakemake", "--cores", "2", "--quiet", "all"]


def _ploomber(stages: list[list[str]], city: str, year: str) -> dict[str, object]:
    tasks = [
        {
            "name": name,
            "source": f"{name}.ipynb",
            "product": {"nb": f"out/{name}.ipynb"},
            "params": {"city": city, "fiscal_year": int(year)},
            "upstream": before,
            "static_analysis": "disable",
        }
        for before, stage in zip([[], *stages], stages, strict=False)
        for name in stage
    ]
    meta = {"extract_upstream": False, "extract_product": False}
    return {"meta": meta, "tasks": tasks, "executor": "parallel"}


def _snakefile(stages: list[list[str]], city: str, year: str) -> str:
    every = [f"out/{name}.ipynb" for name in chain(*stages)]
    rules = [f"rule all:\n    input: {every}\n"]
    for before, stage in zip([[], *stages], stages, strict=False):
        for name in stage:
            inputs = [f"out/{other}.ipynb" for other in before]
            run = f"papermill --no-progress-bar -k python3 {name}.ipynb out/{name}.ipynb"
            run += f" -r city {city} -p fiscal_year {year}"
            rules.append(
                f'rule r{name}:\n    input: {inputs}\n    output: "out/{name}.ipynb"\n'
                f'    shell: "{BIN}/python -m {run}"\n'
            )
    return "\n".join(rules)
