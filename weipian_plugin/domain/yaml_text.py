"""YAML that people wrote, read with care: texts, lists and groups, nothing that builds or repeats itself."""

from __future__ import annotations

from typing import Any

import yaml

_DEEPEST = 40
"""Levels inside one another; our own files have seven."""
_REFUSED = {
    "alias": "不使用“*”引用写法，请把内容照写一遍",
    "tag": "不使用“!”标记写法，请只写文字",
    "depth": "层次嵌套过深",
}


class CautiousLoader(yaml.SafeLoader):
    """Takes no aliases, tags or deep nesting: a clerk's file needs none, and they can fill the memory."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; raise MarkedYAMLError for one that is refused."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        self._depth += 1
        for reason, is_so in (
            ("alias", isinstance(event, yaml.AliasEvent)),
            ("tag", getattr(event, "tag", None) is not None),
            ("depth", self._depth > _DEEPEST),
        ):
            if is_so:
                raise yaml.MarkedYAMLError(problem=reason, problem_mark=event.start_mark)
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1


def compose(text: str) -> yaml.Node | None:
    """Return the nodes of a text, None for an empty one; raise yaml.YAMLError (see `fault_of`)."""
    loader = CautiousLoader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()  # type: ignore[no-untyped-call]


def load(text: str) -> object:
    """Return the values of a text; raise YAMLError (see `fault_of`), also for days such as 2021-02-30."""
    loader = CautiousLoader(text)
    try:
        return loader.get_single_data()  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError) as error:
        raise yaml.YAMLError(str(error)) from error
    finally:
        loader.dispose()  # type: ignore[no-untyped-call]


def fault_of(error: yaml.YAMLError) -> tuple[int, str]:
    """Return the line of a fault (0 where unknown), and in Chinese what is wrong."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, "文件中有无法识别的控制字符，请用记事本另存为UTF-8文本"
    mark, problem = error.problem_mark or error.context_mark, error.problem or ""
    if "\\t" in problem:
        said = "缩进用了制表符，请改用空格"
    else:
        said = _REFUSED.get(problem, "写法有误，请检查缩进是否对齐、冒号后是否有空格、引号和括号是否配对")
    return (mark.line + 1 if mark else 0), said
