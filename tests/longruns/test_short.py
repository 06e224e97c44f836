"""The long runs, short: that they still run, and still find nothing."""

from tests.longruns import daily_year


async def test_a_week_for_a_few_servers(capsys):
    assert await daily_year.run(days=10, servers=6, zones=6, seed=2)
    assert "sent" in capsys.readouterr().out
