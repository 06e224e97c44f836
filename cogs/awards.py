"""``/ostawards``: ceremonies year by year; ``/osttop``: who has won most."""

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.awards import ALL_TIME, Ceremonies, Ceremony, Contest, most_awarded, periods, years_of
from bot.domain.errors import Gone, UserError
from bot.ui import awards as ui
from bot.ui.components import chosen_value, number_of, on_press
from bot.ui.i18n import Language
from bot.ui.pictures import Painter
from bot.ui.replies import Reply, give, turn
from bot.ui.text import CHOICES_MAX

PLACES = 10


class Awards(commands.Cog):
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot
        self.ceremonies = Ceremonies(bot.catalog)
        self.painter = Painter()

    @app_commands.command(name=_("ostawards"), description=_("Winners and nominees of an award night"))
    @app_commands.rename(award=_("award"), year=_("year"))
    @app_commands.describe(award=_("An award: MAMA, 멜뮤, Golden Disc"), year=_("The year as the award counts it"))
    async def ostawards(self, interaction: Interaction, award: str | None = None, year: int | None = None) -> None:
        await give(interaction, self._page(self._asked(award, year), self.bot.language_of(interaction)))

    @ostawards.autocomplete("award")
    async def suggest_award(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        say = self.bot.language_of(interaction)
        return [
            app_commands.Choice(name=ui.award_choice(award, say), value=award.key)
            for award in self.ceremonies.suggest(typed)
        ]

    @ostawards.autocomplete("year")
    async def suggest_year(self, interaction: Interaction, typed: int | str) -> list[app_commands.Choice[int]]:
        chosen = getattr(interaction.namespace, "award", None)
        try:
            known = self.ceremonies.years(self.ceremonies.award(chosen).key if chosen else None)
        except UserError:  # an award that is only half typed, or none: the command itself will say so
            known = []
        years = [year for year in known if str(year).startswith(str(typed))]
        return [app_commands.Choice(name=str(year), value=year) for year in years[:CHOICES_MAX]]

    @on_press("ceremony")
    async def turn_year(self, interaction: Interaction, award_key: str, year: str) -> None:
        ceremony = self.ceremonies.at(award_key, number_of(year))
        await turn(interaction, self._page(ceremony, self.bot.language_of(interaction)))

    @on_press("ceremonies")
    async def change_award(self, interaction: Interaction, year: str) -> None:
        ceremony = self.ceremonies.at(chosen_value(interaction), number_of(year))
        await turn(interaction, self._page(ceremony, self.bot.language_of(interaction)))

    @app_commands.command(name=_("osttop"), description=_("The most-awarded songs, singers and dramas"))
    @app_commands.rename(what=_("what"), period=_("period"))
    @app_commands.describe(what=_("Songs if you say nothing"), period=_("A year or a decade: 2017, 2010s"))
    @app_commands.choices(
        what=[
            app_commands.Choice(name=_("Songs"), value=Contest.SONGS),
            app_commands.Choice(name=_("Singers"), value=Contest.ARTISTS),
            app_commands.Choice(name=_("Dramas"), value=Contest.DRAMAS),
        ]
    )
    async def osttop(self, interaction: Interaction, what: str = Contest.SONGS, period: str = ALL_TIME) -> None:
        await give(interaction, await self._top(Contest(what), period, self.bot.language_of(interaction)))

    @osttop.autocomplete("period")
    async def suggest_period(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        say = self.bot.language_of(interaction)
        known = [period for period in periods(self.ceremonies.years()) if period.startswith(typed)]
        return [app_commands.Choice(name=ui.period_name(period, say), value=period) for period in known[:CHOICES_MAX]]

    @on_press("top")
    async def change_contest(self, interaction: Interaction, what: str, period: str) -> None:
        if what not in set(Contest):
            raise Gone(what)
        await turn(interaction, await self._top(Contest(what), period, self.bot.language_of(interaction)))

    def _asked(self, award: str | None, year: int | None) -> Ceremony:
        if award is None:
            return self.ceremonies.greatest(year or self.ceremonies.newest_year)
        key = self.ceremonies.award(award).key
        return self.ceremonies.newest(key) if year is None else self.ceremonies.at(key, year)

    def _page(self, ceremony: Ceremony, say: Language) -> Reply:
        around, others = self.ceremonies.around(ceremony), self.ceremonies.in_year(ceremony.year)
        return ui.ceremony_page(self.bot.catalog, ceremony, around, others, say)

    async def _top(self, contest: Contest, period: str, say: Language) -> Reply:
        places = most_awarded(self.bot.catalog, contest, years_of(period), PLACES)
        picture = await self.painter.draw(ui.top_chart(places, say)) if places else None
        return ui.top_page(self.bot.catalog, contest, period, places, picture, say)


async def setup(bot: OstBot) -> None:
    cog = Awards(bot)
    await bot.add_cog(cog)
    bot.answer_presses(cog)
