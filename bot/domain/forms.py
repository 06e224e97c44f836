"""Two ways to write down what a text says, so that texts can be compared.

*Folded*: lower-case words without accents, punctuation, width or invisible characters: ``It’s Okay, That's
Love`` is ``its okay thats love``. *Loose*: folded, and further without what people spell differently:
``dokkaebi``, ``tokkebi`` and ``dokebi`` become one, and so do 도깨비, 도께비 and 도개비.

Both forms of ten thousand texts take one call over all their lines, not ten thousand calls: that is what lets an
index be built at start-up.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Sequence

from . import hangul

_ASCII = str.maketrans(
    string.ascii_uppercase + string.punctuation,
    string.ascii_lowercase + " " * len(string.punctuation),
    "'`",
)
_DROPPED = re.compile("['’‘`´ʼ\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_SEPARATORS = re.compile(r"[^\w\n]+|_+")
_HANGUL = "\u3131-\u318e\uac00-\ud7a3"
_OTHER_SCRIPTS = re.compile(rf"[^\W{_HANGUL}]+")  # these and Hangul are never one word
# Each pattern below begins with what is rare, for that is what the engine can skip to.
_NUMBER_AFTER_WORD = re.compile(r"\d(?<=[a-z]{3}\d)")  # reply1988, but not b1a4
_SEASON = re.compile(r"s(?:eason|ijeun) (?=\d)|시즌 (?=\d)")
_SEASON_IN_SHORT = re.compile(r" s(?=\d\b)")
_ROMAN = re.compile(r" i(?:ii?|v)\b")
_ROMAN_NUMBERS = {" ii": " 2", " iii": " 3", " iv": " 4"}
_SPACES = re.compile(" {2,}")
_SHORT_FORMS = {"okay": "ok", "doctor": "dr", "mister": "mr"}

# What the romanizations in use, official and of fans, write differently. J is every j, ch and z.
_LATIN_LOOSE = (
    *(("ph", "p"), ("tch", "J"), ("ch", "J"), ("sh", "s"), ("th", "t"), ("rk", "k"), ("x", "ks")),
    *(("woo", "u"), ("oo", "u"), ("ou", "u"), ("eui", "i"), ("ui", "i"), ("eo", "u"), ("eu", "u")),
    *(("wae", "we"), ("ae", "e"), ("oe", "we"), ("oi", "we"), ("ee", "i"), ("yi", "i"), ("wu", "u")),
)
_LATIN_CLASSES = str.maketrans("gqcdbfvrjz", "kkktppplJJ")
_SILENT_H = re.compile(r"h(?<=[a-zJ]h)(?![aeiouyw])")
_DOUBLED = tuple((letter * 2, letter) for letter in "aehiJklmnopstuwy")
# Vowels that sound alike today, and tense consonants, which take the shift key.
_HANGUL_CLASSES = str.maketrans("ㄲㄸㅃㅆㅉㅔㅒㅖ", "ㄱㄷㅂㅅㅈㅐㅐㅐ")
_HANGUL_LOOSE = (("ㅜㅐ", "ㅗㅐ"), ("ㅗㅣ", "ㅗㅐ"), ("ㅡㅣ", "ㅐ"))


class _LooseLetters(dict[int, str]):
    """A translation table from Hangul to loose letters that fills itself."""

    def __missing__(self, code: int) -> str:
        self[code] = hangul.jamo(chr(code)).translate(_HANGUL_CLASSES)
        return self[code]


_LOOSE_LETTERS = _LooseLetters()


def fold(text: str) -> str:
    """Folded words with one space between them; the season of ``Iris II`` and ``시즌 2`` is a plain number."""
    if text.isascii():
        text = text.replace("&", " and ").replace("+", " and ").translate(_ASCII)
    else:
        text = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).casefold()
        text = hangul.stand_alone(unicodedata.normalize("NFC", text))
        text = _SEPARATORS.sub(" ", text.replace("&", " and ").replace("+", " and "))
        text = _OTHER_SCRIPTS.sub(r" \g<0> ", text)
    text = _SPACES.sub(" ", _NUMBER_AFTER_WORD.sub(r" \g<0>", text))
    text = _SEASON_IN_SHORT.sub(" ", _SEASON.sub("", text))
    text = _ROMAN.sub(lambda match: _ROMAN_NUMBERS[match[0]], text)
    for long, short in _SHORT_FORMS.items():
        if long in text:
            text = re.sub(rf"\b{long}\b", short, text)
    return "\n".join([line.strip() for line in text.split("\n")])


def loosen(folded: str) -> str:
    """The loose form of folded text: Latin letters, and Hangul as letters of the Korean keyboard."""
    text = folded
    if not text.isascii():
        text = text.translate(_LOOSE_LETTERS)
        for spelling, loose in _HANGUL_LOOSE:
            text = text.replace(spelling, loose)
    for spelling, loose in _LATIN_LOOSE:
        text = text.replace(spelling, loose)
    text = _SILENT_H.sub("", text.translate(_LATIN_CLASSES))
    for spelling, loose in _DOUBLED:
        text = text.replace(spelling, loose)
    return text


def fold_all(texts: Sequence[str]) -> list[str]:
    """``fold`` of each text; line breaks in them count as spaces."""
    return _by_lines(fold, [text.replace("\n", " ") for text in texts])


def loosen_all(texts: Sequence[str]) -> list[str]:
    """``loosen`` of each folded text."""
    return _by_lines(loosen, texts)


def _by_lines(change: Callable[[str], str], lines: Sequence[str]) -> list[str]:
    """Plain text takes much faster ways through a change, as long as nothing else is among it."""
    changed = dict.fromkeys(lines, "")
    for plain in (True, False):
        group = [line for line in changed if line.isascii() is plain]
        if group:
            changed.update(zip(group, change("\n".join(group)).split("\n"), strict=True))
    return [changed[line] for line in lines]
