"""The table of cases in docs/hostile_input.md: `python hostile_table.py` in this folder prints it anew."""

from __future__ import annotations

from hostile_files import CASES
from test_hostile_altered import ALTERED
from test_hostile_contents import BAD_ZIPS, BOMBS, TABLE_READ, VECTOR_READ, YAML_READ, YAMLS, ZIPS
from test_hostile_files import READ, is_no_fault
from test_hostile_library import ALTERED as LIBRARIES
from test_hostile_library import TOLD
from test_hostile_outputs import BAD_PLACES, FILES, OVERWRITING

REFUSED = "拒绝：一句话说明，什么都不改"


def lines() -> list[str]:
    """Return the table line by line."""
    rows = [_of_file(case.key, case.title) for case in CASES]
    rows += [
        (f"方案、模板、字典里的 YAML：{'、'.join(YAMLS)}", len(YAML_READ) * len(YAMLS), REFUSED),
        ("方案、模板、字典里一项写了两次，或有以后版本才有的项", 2 * len(YAML_READ), REFUSED),
        (
            f"表格里的 XML 实体、压缩炸弹、几十万空行、宏，谎报的大小和校验：{'、'.join(BOMBS)}",
            len(BOMBS) * len(TABLE_READ),
            REFUSED,
        ),
        ("表格里的外部链接、启动程序的公式（DDE）", 1, "不打开链接，不运行公式，只拒绝那一行"),
        (f"压缩包里的路径：{'、'.join(ZIPS)}", 2 * len(ZIPS), "照常导入，只写临时文件夹"),
        (f"压缩包：{'、'.join(BAD_ZIPS)}", 2 * len(BAD_ZIPS), REFUSED),
        (f"输出位置：{'、'.join(BAD_PLACES)}", len(FILES) * len(BAD_PLACES), REFUSED),
        ("图层是视图（文件自带的查询，可能永远不完）", len(VECTOR_READ), REFUSED),
        (f"工作库的记录被别的程序改动：{'、'.join(ALTERED)}", len(ALTERED), f"{REFUSED}，写明改动的记录"),
        (
            f"底图库被别的程序改动：{'、'.join(TOLD)}",
            len(TOLD),
            f"{REFUSED}，写明改动的图层；月度办理写明保留了哪些步骤",
        ),
        (
            f"底图库被别的程序改动：{'、'.join(case for case in LIBRARIES if case not in TOLD)}",
            len(LIBRARIES) - len(TOLD),
            "照常办理；没有了的图层记未评估",
        ),
        ("附举证材料：管道、设备、文件夹、指向自己的链接；磁盘写满", 5, REFUSED),
        ("举证材料文件夹里的链接，记录里的路径（..、盘符、绝对路径）", 7, "不写、不读文件夹以外的地方"),
        ("输出等于输入（扩展名相同的工作簿除外）", len(FILES) * len(OVERWRITING), REFUSED),
        ("240 个字的路径；|layername=、引号、空格、% # ? & ; ! $ 在路径和文件名里", 0, "照常办理"),
        ("文件和文件夹只读、没有读取权限、不可更改（chattr +i）", 0, f"{REFUSED}；只读取的照常办理"),
        ("数据库被别的程序占用（BEGIN EXCLUSIVE）", 0, REFUSED),
        ("磁盘已满，或写到一半满（余 24 KB、400 KB）", 0, f"{REFUSED}；写得下的照常办理"),
        ("日期、数、判定人写错或不填；NUL 字节", 0, REFUSED),
        (
            "SQL、公式、HTML、控制方向的字符、一万字在文字参数、单元格、图斑编号、图层名、字段名里",
            0,
            "只当文字",
        ),
    ]
    head = ["| 情形 | 运行次数 | 应有的结果 |", "|---|---|---|"]
    return head + [
        f"| {case.replace('|', chr(92) + '|')} | {count or '全部算法'} | {result} |"
        for case, count, result in rows
    ]


def _of_file(key: str, title: str) -> tuple[str, int, str]:
    runs = [row for row in READ if row[2].key == key]
    done = sorted(
        {f"{name} {parameter}" for name, parameter, case in runs if is_no_fault(name, parameter, case)}
    )
    return title, len(runs), REFUSED + (f"；照常办理的：{'、'.join(done)}" if done else "")


if __name__ == "__main__":
    print("\n".join(lines()))
