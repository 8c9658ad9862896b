"""Editing YAML as text: values replaced and lines added in place, comments and layout kept."""

from collections.abc import Iterator
from pathlib import Path

import yaml

MARK = "# 要更新: "


class YamlText:
    """The text of a YAML file, its nodes, and the edits to make; nothing is rewritten at large."""

    def __init__(self, path: Path):
        raw = path.read_bytes().decode("utf-8-sig")
        self.text = raw
        self.newline = "\r\n" if "\r\n" in raw else "\n"
        root = yaml.compose(raw, yaml.SafeLoader)
        self.root = root if isinstance(root, yaml.MappingNode) else None
        self._edits: list[tuple[int, int, str]] = []

    def at(self, *keys: str) -> yaml.Node | None:
        """The value under a path of keys."""
        node: yaml.Node | None = self.root
        for key in keys:
            node = dict(children(node)).get(key)
        return node

    def replace(self, node: yaml.Node, new: str) -> None:
        """Replace what is written for a value, if it changes."""
        start, end = node.start_mark.index, node.end_mark.index
        if self.text[start:end] != new:
            self._edits.append((start, end, new))

    def written(self, node: yaml.Node) -> str:
        """What is written for a value, quotes and all."""
        return self.text[node.start_mark.index : node.end_mark.index]

    def line(self, node: yaml.Node) -> str:
        """The whole line on which a node begins."""
        start = self.text.rfind("\n", 0, node.start_mark.index) + 1
        return self.text[start : self._line_end(node.start_mark.index)].rstrip("\r")

    def mark_above(self, node: yaml.Node, why: str) -> None:
        """Put a comment above the line of a node: something that a person must look at."""
        start = self.text.rfind("\n", 0, node.start_mark.index) + 1
        line = self.line(node)
        indent = line[: len(line) - len(line.lstrip())]
        self._edits.append((start, start, f"{indent}{MARK}{why}{self.newline}"))

    def add_below(self, node: yaml.Node, line: str) -> None:
        """Add a line below the last line of a node."""
        end = self._line_end(last(node).end_mark.index)
        if end < len(self.text):
            self._edits.append((end + 1, end + 1, line + self.newline))
        else:
            self._edits.append((end, end, self.newline + line))

    @property
    def edits(self) -> int:
        """How many edits there are to make."""
        return len(self._edits)

    def edited(self) -> str:
        """The text with all edits made."""
        text = self.text
        for start, end, new in sorted(self._edits, key=lambda edit: edit[:2], reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end


def children(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """Key and value of each entry of a mapping; nothing for any other node."""
    for key, value in keys_of(node):
        yield str(key.value), value


def keys_of(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The nodes of each entry of a mapping."""
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def last(node: yaml.Node) -> yaml.Node:
    """The part of a node that is written last: block collections end where others begin."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return last(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return last(node.value[-1])
    return node
