"""/ost and the cards behind its buttons, as members use them."""


async def test_ost_answers_with_the_card_of_what_was_typed(stage):
    result = await stage.ann.slash(stage.channel, "ost", query="I Will Go to You Like the First Snow")
    assert not result.ephemeral
    card = result.response.embeds[0]
    assert card.title == "I Will Go to You Like the First Snow"
