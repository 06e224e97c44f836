"""A sentence for every kind of question."""

from collections.abc import Callable, Mapping

from bot.domain.catalog import Catalog
from bot.domain.trivia.questions.question import Question, QuestionKind, Ref, RefKind
from bot.ui.i18n import Language, language
from bot.ui.text import escape

from ._called import called, listed

Facts = Mapping[str, str]
_KIND = QuestionKind


def sentence(question: Question, catalog: Catalog, say: Language) -> str:
    """The question as markdown."""
    if question.claim:
        facts = {**_named(question, catalog, say), "option": _shown(question.claim.option, catalog, say)}
        return say("True or false?") + "\n" + _CLAIMS[question.claim.kind](say, facts)
    return _SENTENCES[question.kind](say, _named(question, catalog, say))


def _named(question: Question, catalog: Catalog, say: Language) -> Facts:
    """What the question names, escaped, by the name that its sentence uses."""
    is_translation = question.kind in (_KIND.DRAMA_ENGLISH, _KIND.SONG_ENGLISH)
    own = language("ko") if is_translation else say
    facts = {ref.kind.value: _shown(ref, catalog, own) for ref in reversed(question.subject)}
    artists = [ref for ref in question.subject if ref.kind is RefKind.ARTIST]
    actors = [ref for ref in question.subject if ref.kind is RefKind.ACTOR]
    if artists:
        facts["artists"] = escape(listed(artists, catalog, say))
    if actors:
        facts["leads"] = escape(listed(actors, catalog, say))
    if question.clue:
        facts["clue"] = escape(question.clue)
    return facts


def _shown(ref: Ref, catalog: Catalog, say: Language) -> str:
    return escape(called(ref, catalog, say))


_Sentence = Callable[[Language, Facts], str]

_SENTENCES: Mapping[QuestionKind, _Sentence] = {
    _KIND.SONG_DRAMA: lambda say, it: say("Which drama is **{song}** by {artists} from?", **it),
    _KIND.DRAMA_SONG: lambda say, it: say("Which of these songs is from **{drama}**?", **it),
    _KIND.SONG_ARTIST: lambda say, it: say("Who sings **{song}** from {drama}?", **it),
    _KIND.ARTIST_SONG: lambda say, it: say("Which of these songs does **{artist}** sing?", **it),
    _KIND.AWARD_WINNER: lambda say, it: say("Which song won **{edition}**?", **it),
    _KIND.NOMINEE_WON: lambda say, it: say("All of these were up for **{edition}**. Which one won?", **it),
    _KIND.AWARD_YEAR: lambda say, it: say("In which year did **{song}** win at the {award}?", **it),
    _KIND.DRAMA_YEAR: lambda say, it: say("In which year did **{drama}** first air?", **it),
    _KIND.RELEASE_YEAR: lambda say, it: say("In which year was **{song}** by {artists} released?", **it),
    _KIND.DRAMA_ENGLISH: lambda say, it: say("What is the drama **{drama}** called in English?", **it),
    _KIND.SONG_ENGLISH: lambda say, it: say("What is the song **{song}** called in English?", **it),
    _KIND.MISSING_WORD: lambda say, it: say("Which word is missing?\n**{clue}**", **it),
    _KIND.ODD_SINGER: lambda say, it: say("Which of these songs does **{artist}** NOT sing?", **it),
    _KIND.ODD_DRAMA: lambda say, it: say("Which of these songs is NOT from **{drama}**?", **it),
    _KIND.ODD_NETWORK: lambda say, it: say("Which of these dramas did NOT air on **{network}**?", **it),
    _KIND.FIRST_DRAMA: lambda say, _: say("Which of these dramas aired first?"),
    _KIND.LAST_DRAMA: lambda say, _: say("Which of these dramas aired last?"),
    _KIND.FIRST_SONG: lambda say, _: say("Which of these songs was released first?"),
    _KIND.LAST_SONG: lambda say, _: say("Which of these songs was released last?"),
    _KIND.NETWORK: lambda say, it: say("Which network aired **{drama}**?", **it),
    _KIND.LEADS_SONG: lambda say, it: say("**{leads}** star in a drama together. Which song is from it?", **it),
    _KIND.CHOSEONG_DRAMA: lambda say, it: say("Which drama hides behind these consonants?\n# {clue}", **it),
    _KIND.CHOSEONG_SONG: lambda say, it: say("Which drama song hides behind these consonants?\n# {clue}", **it),
}

_CLAIMS: Mapping[QuestionKind, _Sentence] = {
    _KIND.SONG_DRAMA: lambda say, it: say("**{song}** by {artists} is from **{option}**.", **it),
    _KIND.SONG_ARTIST: lambda say, it: say("**{song}** from {drama} is sung by **{option}**.", **it),
    _KIND.NETWORK: lambda say, it: say("**{drama}** aired on **{option}**.", **it),
    _KIND.AWARD_WINNER: lambda say, it: say("**{option}** won **{edition}**.", **it),
}
