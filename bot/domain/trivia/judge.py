"""Is a typed guess right? Any title, alias and script the catalog knows; slips forgiven, numbers never.

The steps, in this order, each for the guess as it stands and without a frame around it ("is it …?", "… 맞죠?"):

1. The same as a name of an answer: RIGHT. The same as any other name in the catalog: WRONG.
2. Numbers, seasons and sequel marks that differ from a name's: WRONG.
3. As many slips as the length allows, none of which makes one word into another: RIGHT. A few more, or a good part
   of the name: CLOSE.
4. All else, lists of guesses and sentences that hold the answer among them: WRONG.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from bot.domain.catalog import Catalog

from ._names import Name, NameTable, table_of
from ._slips import Nearness, nearness
from ._wording import readings
from .questions.question import Ref, RefKind

_BETWEEN_NAMES = re.compile(r"\s*[,&+/]\s*|\s+(?:and|feat|ft|x)\.?\s+|(?<=[가-힣])(?:와|과|랑|하고)\s+", re.IGNORECASE)


class Verdict(StrEnum):
    RIGHT = "right"
    CLOSE = "close"
    WRONG = "wrong"


def judge(guess: str, answers: str | Iterable[str | Ref], catalog: Catalog) -> Verdict:
    """How good ``guess`` is.

    ``answers`` are all right ones: references to dramas, songs and artists, or plain texts, or one text. Of a
    reference all names count that the catalog has for it; a text that is a name in the catalog stands for all that
    bears it.
    """
    table = table_of(catalog)
    refs, names = _expand((answers,) if isinstance(answers, str) else tuple(answers), table)
    said = readings(guess)
    for text in said:  # as it stands first: "It's You" is a title of its own before it is a frame around "You"
        if any(name.is_same(text) for name in names):
            return Verdict.RIGHT
        if table.bearers(text):
            return Verdict.WRONG
    if _names_all(guess, refs, table):
        return Verdict.RIGHT
    return _VERDICTS[max((nearness(text, name) for text in said for name in names), default=Nearness.FAR)]


_VERDICTS = {Nearness.SAME: Verdict.RIGHT, Nearness.NEAR: Verdict.CLOSE, Nearness.FAR: Verdict.WRONG}


def _expand(answers: tuple[str | Ref, ...], table: NameTable) -> tuple[set[Ref], list[Name]]:
    """The references meant, and every name that is right."""
    texts = [answer for answer in answers if isinstance(answer, str)]
    refs = {answer for answer in answers if isinstance(answer, Ref)}.union(*(table.bearers(text) for text in texts))
    names = [Name.of(text) for text in texts] + [name for ref in sorted(refs) for name in table.names(ref)]
    return refs, [name for name in names if name.compact]


def _names_all(guess: str, refs: set[Ref], table: NameTable) -> bool:
    """Whether it names several singers of a song, all of them right and none twice: that is no list of guesses."""
    parts = [part for part in _BETWEEN_NAMES.split(guess) if part.strip()]
    named = [{ref for ref in table.bearers(part) & refs if ref.kind is RefKind.ARTIST} for part in parts]
    return len(parts) > 1 and all(named) and len(set().union(*named)) >= len(parts)
