"""Why today, in words: one sentence for each kind of fact."""

from bot.domain.catalog import Catalog, Result, Song
from bot.domain.daily.facts import (
    AwardNight,
    Charted,
    Fact,
    FirstWinner,
    MostAwarded,
    Nomination,
    OnlyPrize,
    Premiere,
    Prize,
    Release,
    Scope,
    SweptNight,
    WinsInYear,
)
from bot.ui import names
from bot.ui.i18n import Language
from bot.ui.text import escape


def why(catalog: Catalog, song: Song, fact: Fact, say: Language) -> str:
    """The sentence for a fact about the song."""
    match fact:
        case AwardNight() | Premiere() | Release():
            return _anniversary(catalog, song, fact, say)
        case MostAwarded():
            return _most_awarded(catalog, fact, say)
        case FirstWinner():
            return _first_winner(catalog, fact, say)
        case WinsInYear() | SweptNight():
            return _several(catalog, fact, say)
        case _:
            return _plain(catalog, fact, say)


def _several(catalog: Catalog, fact: WinsInYear | SweptNight, say: Language) -> str:
    count = len(fact.edition_keys)
    if isinstance(fact, WinsInYear):
        return say("{count} awards in {year} alone.", count=count, year=fact.year)
    award = escape(names.title(catalog.awards[fact.award_key], say))
    return say("{count} prizes in one night, at the {award} in {year}.", count=count, award=award, year=fact.night.year)


def _plain(catalog: Catalog, fact: OnlyPrize | Prize | Nomination | Charted, say: Language) -> str:
    if isinstance(fact, Charted):
        return say.plural(
            "{count} month in Melon's monthly top 100.", "{count} months in Melon's monthly top 100.", fact.months
        )
    award = _award(catalog, fact.edition_key, say)
    match fact:
        case OnlyPrize():
            drama = escape(names.title(catalog.dramas[fact.drama_key], say))
            return say("The only award on record for a song of {drama}: {award}.", drama=drama, award=award)
        case Prize():
            return say("It won at the {award}.", award=award)
        case Nomination():
            return say("It was nominated at the {award}.", award=award)


def _anniversary(catalog: Catalog, song: Song, fact: AwardNight | Premiere | Release, say: Language) -> str:
    years = fact.years
    match fact:
        case AwardNight(edition_key, Result.WON):
            award = _award(catalog, edition_key, say)
            return say.plural(
                "{count} year ago today it won at the {award}.",
                "{count} years ago today it won at the {award}.",
                years,
                award=award,
            )
        case AwardNight(edition_key):
            award = _award(catalog, edition_key, say)
            return say.plural(
                "{count} year ago today it was up for a prize at the {award}.",
                "{count} years ago today it was up for a prize at the {award}.",
                years,
                award=award,
            )
        case Premiere():
            drama = escape(names.title(catalog.drama_of(song), say))
            return say.plural(
                "{count} year ago today {drama} premiered.",
                "{count} years ago today {drama} premiered.",
                years,
                drama=drama,
            )
        case Release():
            return say.plural(
                "{count} year ago today this song came out.", "{count} years ago today this song came out.", years
            )


def _most_awarded(catalog: Catalog, fact: MostAwarded, say: Language) -> str:
    count = len(fact.edition_keys)
    match fact.scope:
        case Scope.YEAR:
            return say("The most-awarded OST of {year} on record, with {count} awards.", year=fact.of, count=count)
        case Scope.DRAMA:
            drama = escape(names.title(catalog.dramas[fact.of], say))
            return say("The most-awarded song of {drama}: {count} awards on record.", drama=drama, count=count)
        case Scope.ARTIST:
            artist = escape(names.title(catalog.artists[fact.of], say))
            return say("{artist}'s most-awarded OST: {count} awards on record.", artist=artist, count=count)


def _first_winner(catalog: Catalog, fact: FirstWinner, say: Language) -> str:
    award = escape(names.title(catalog.awards[fact.award_key], say))
    year = catalog.editions[fact.edition_key].year
    if fact.first_ceremony:
        return say("The OST that won at the very first {award}, in {year}.", award=award, year=year)
    return say("The first OST on record to win at the {award}, in {year}.", award=award, year=year)


def _award(catalog: Catalog, edition_key: str, say: Language) -> str:
    """``2017 Melon Music Awards (Best OST)``."""
    edition = catalog.editions[edition_key]
    award = escape(f"{edition.year} {names.title(catalog.award_of(edition), say)}")
    category = names.category(edition, say)
    return f"{award} ({escape(category)})" if category else award
