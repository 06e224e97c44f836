"""/ostawards and /osttop as members use them."""


async def test_a_ceremony_shows_its_winner_and_flips_through_the_years(stage):
    result = await stage.ann.slash(stage.channel, "ostawards", award="멜뮤", year=2017)
    page = result.response.embeds[0]
    assert page.title == "Melon Music Awards 2017"
    assert "I Will Go to You Like the First Snow" in page.fields[0].value
    await stage.ann.click(stage.channel.last_message, label="2018 →")
    assert stage.channel.last_message.embeds[0].title == "Melon Music Awards 2018"


async def test_without_options_the_newest_year_is_shown(stage):
    result = await stage.ann.slash(stage.channel, "ostawards")
    assert str(stage.bot.get_cog("Awards").ceremonies.newest_year) in result.response.embeds[0].title


async def test_an_unknown_award_is_answered_privately(stage):
    result = await stage.ann.slash(stage.channel, "ostawards", award="qqxxzz")
    assert result.ephemeral


async def test_years_are_suggested_for_the_chosen_award(stage):
    choices = await stage.ann.autocomplete(stage.channel, "ostawards", "year", "201", award="melon")
    years = [choice["value"] for choice in choices]
    assert 2017 in years
    assert all(2010 <= year <= 2019 for year in years)


async def test_the_most_awarded_come_with_a_picture_and_open_their_cards(stage):
    result = await stage.ann.slash(stage.channel, "osttop")
    page = result.response.embeds[0]
    assert page.image.url
    assert "I Will Go to You Like the First Snow" in page.description.splitlines()[0]
    await stage.ann.select(stage.channel.last_message, values=["song:i-will-go-to-you-like-the-first-snow"])
    card = stage.channel.last_message
    assert card.embeds[0].author.name == "Award-winning OST"
    assert card.attachments == []


async def test_a_period_that_is_none_is_explained(stage):
    result = await stage.ann.slash(stage.channel, "osttop", period="@everyone")
    assert result.ephemeral
    assert "@everyone" not in result.response.content


async def test_the_top_switches_to_dramas_of_a_decade(stage):
    await stage.ann.slash(stage.channel, "osttop", period="2010s")
    await stage.ann.click(stage.channel.last_message, label="Dramas")
    assert stage.channel.last_message.embeds[0].title == "Most-awarded dramas · the 2010s"
