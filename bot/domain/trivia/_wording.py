"""What a guess says without its frame: ``is it goblin?`` and ``정답은 도깨비요`` say no more than a name."""

import re

from bot.domain.forms import fold

_GUESS_MOST_LETTERS = 200  # no title is half as long
_BEFORE = re.compile(
    r"^(?:is it|is this|is that|isnt it|isnt this|its|it is|thats|that is|this is|was it|could it be|must be"
    r"|(?:i )?(?:think|guess|say|believe)(?: its| it is| that its)?|maybe(?: its)?|probably|definitely|surely"
    r"|(?:my|the|our) (?:answer|guess)(?: is)?|answer(?: is)?|guess|hmm+|um+|uh+|oh+|ah+"
    r"|정답은?|답은?|혹시|아마도?|설마|이거|이건|그거|음+|어+|드라마|the drama|drama)\s+"
)
_AFTER = re.compile(
    r"\s+(?:right|i think|i guess|i believe|maybe|probably|please|pls|then|for sure|lol|ost|드라마|drama"
    r"|오에스티|주제곡|삽입곡|브금|노래|맞죠|맞지|맞나요|맞나|맞아요?|아닌가요?|아니야|아닌가|아님|아니에요|아녜요|같아요?|같은데요?|인가요?|인가|일까요?"
    r"|이에요|예요|이요|입니다|요)$"
)
_AFTER_KOREAN = re.compile(r"(?<=[가-힣])(?:인가요?|일까요?|이에요|예요|입니다|이요|이죠|이지|죠|요)$")
_IN_SHORT = {"u": "you", "ur": "your", "n": "and"}


def readings(guess: str) -> list[str]:
    """The guess, folded: as it stands, then with one frame after another taken off; never an empty one."""
    text = fold(guess[:_GUESS_MOST_LETTERS].replace("|", " "))
    found: list[str] = []
    while text and text not in found:
        found.append(text)
        text = _unframed(text)
    found += [spelled for text in found if (spelled := _spelled_out(text)) not in found]
    return found


def _unframed(text: str) -> str:
    for frame in (_BEFORE, _AFTER, _AFTER_KOREAN):
        if (rest := frame.sub("", text).strip()) != text:
            return rest
    return text


def _spelled_out(text: str) -> str:
    return " ".join(_IN_SHORT.get(word, word) for word in text.split())
