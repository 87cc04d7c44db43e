"""Names of persons, so that one person is one text."""

from __future__ import annotations

import re
import unicodedata

from weipian_plugin.domain.errors import WeipianError

_BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff·])\s+(?=[\u3400-\u9fff·])")


def person_name(text: str, what: str) -> str:
    """Return a name without the blanks that pad short Chinese names; raise WeipianError when there is none.

    `what` names the field in the message.
    """
    name = _BETWEEN_CHINESE.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))
    if not name:
        raise WeipianError(f"没有填写“{what}”，请写明姓名。")
    return name
