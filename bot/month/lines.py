"""YAML with a memory of lines: plain values, and on which line of the file each of them stands."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]  # keys and list positions, from the top of the file
Found = Iterator[tuple[Path, str]]  # where something is wrong, and what


class LineError(Exception):
    """The text is no YAML that a month file may use; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Document:
    """A parsed file: its plain value, and the line of every key and list item by its path."""

    value: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest part of it that is in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


Quickest: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where PyYAML has it


class _Loader(Quickest):  # type: ignore[misc,valid-type]
    """Safe YAML in which 10:30 stays text and an impossible date is left for the field to refuse."""


def _whole_number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | str:
    return node.value if ":" in node.value else loader.construct_yaml_int(node)


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def parse(text: str) -> Document:
    """Read one YAML document. Raises LineError for bad YAML, a key given twice, an alias or an unsafe tag."""
    try:
        _refuse_aliases(text)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise LineError("the file is empty", 1)
            lines = dict(_walk(node, (), loader))
            return Document(loader.construct_document(node), lines)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise LineError(f"not YAML: {error.problem or error.context}", line) from error
    except yaml.YAMLError as error:
        raise LineError("not YAML: it holds a character that text may not hold", 1) from error


def _refuse_aliases(text: str) -> None:
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.AliasToken):
            raise LineError("write this out: a month file has no aliases (*)", token.start_mark.line + 1)


def _walk(node: yaml.Node, path: Path, loader: _Loader) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*path, index), loader)
    elif isinstance(node, yaml.MappingNode):
        yield from _walk_mapping(node, path, loader)


def _walk_mapping(node: yaml.MappingNode, path: Path, loader: _Loader) -> Iterator[tuple[Path, int]]:
    seen: set[Hashable] = set()
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if not isinstance(key, str) or loader.construct_object(key_node) != key:
            raise LineError("a key must be text: put it in quotes", line)
        if key in seen:
            raise LineError(f"the key {key} is given twice", line)
        seen.add(key)
        yield from _walk(value_node, (*path, key), loader)
        yield (*path, key), line
