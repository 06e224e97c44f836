"""The facts behind an answer, each with the page that states it."""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.catalog import Catalog
from bot.domain.trivia.questions.question import Fact, Question, Ref, RefKind, Relation
from bot.ui.i18n import Language, language
from bot.ui.text import escape, link

from ._called import called, listed

_MOST = 3


def fact_lines(question: Question, catalog: Catalog, say: Language) -> list[str]:
    """What the catalog states about the answer, with a link to the source; at most three lines."""
    groups: dict[tuple[Ref, Relation], list[Fact]] = {}
    for fact in question.facts:
        groups.setdefault((fact.subject, fact.relation), []).append(fact)
    return [_line(facts, catalog, say) for facts in list(groups.values())[:_MOST]]


def _line(facts: Sequence[Fact], catalog: Catalog, say: Language) -> str:
    """Facts with the same subject and relation as one sentence."""
    first = facts[0]
    told = {
        "subject": escape(called(first.subject, catalog, say)),
        "object": escape(listed([fact.object for fact in facts], catalog, say)),
        "korean": escape(called(first.subject, catalog, language("ko"))),
        "english": escape(called(first.subject, catalog, language("en"))),
        "singers": escape(_singers(first.subject, catalog, say)),
    }
    text = _SENTENCES[first.relation](say, told)
    source = next((source for fact in facts for source in fact.sources), None)
    return f"{text} {link(say('Source'), source)}" if source else text


def _singers(ref: Ref, catalog: Catalog, say: Language) -> str:
    song = catalog.songs.get(ref.key) if ref.kind is RefKind.SONG else None
    return listed([Ref(RefKind.ARTIST, key) for key in song.artist_keys], catalog, say) if song else ""


_SENTENCES: Mapping[Relation, Callable[[Language, Mapping[str, str]], str]] = {
    Relation.SONG_OF_DRAMA: lambda say, it: say("**{subject}** ({singers}) is from **{object}**.", **it),
    Relation.SUNG_BY: lambda say, it: say("**{subject}** is sung by **{object}**.", **it),
    Relation.RELEASED_IN: lambda say, it: say("**{subject}** was released in **{object}**.", **it),
    Relation.AIRED_IN: lambda say, it: say("**{subject}** first aired in **{object}**.", **it),
    Relation.AIRED_ON: lambda say, it: say("**{subject}** aired on **{object}**.", **it),
    Relation.STARS: lambda say, it: say("**{subject}** stars {object}.", **it),
    Relation.TITLED: lambda say, it: say("**{korean}** is **{english}** in English.", **it),
    Relation.WON: lambda say, it: say("**{subject}** ({singers}) won **{object}**.", **it),
    Relation.NOMINATED: lambda say, it: say("**{subject}** ({singers}) was nominated for **{object}**.", **it),
}
