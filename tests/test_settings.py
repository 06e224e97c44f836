"""Settings: typed, all mistakes told at once, the token never shown."""

import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings, settings_of

EXAMPLE = Path(__file__).resolve().parents[1] / ".env.example"
KEYS = {one.metadata["key"] for one in settings_of()}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for key in KEYS:
        monkeypatch.delenv(key, raising=False)
    monkeypatch.chdir(tmp_path)


def as_written(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_the_example_names_every_setting_with_its_default():
    shown = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE.read_text("utf-8"), re.MULTILINE))
    assert set(shown) == KEYS
    defaults = Settings()
    for one in settings_of():
        assert shown[one.metadata["key"]] == as_written(getattr(defaults, one.name))


def test_the_example_is_read_as_it_stands(tmp_path):
    (tmp_path / ".env").write_text(re.sub("^#(?=[A-Z])", "", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert load_settings() == Settings()


def test_the_environment_goes_before_the_file(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("OSTINATO_LOG_LEVEL=ERROR\nOSTINATO_LOG_FORMAT=json\n")
    monkeypatch.setenv("OSTINATO_LOG_LEVEL", "DEBUG")
    settings = load_settings()
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")


def test_every_wrong_key_is_named_at_once_and_no_value_is_repeated(monkeypatch):
    wrong = {
        "OSTINATO_LOG_LEVEL": "loud-7531",
        "OSTINATO_LOG_FORMAT": "xml-7531",
        "OSTINATO_SHARD_COUNT": "none-7531",
        "OSTINATO_MESSAGE_CONTENT": "maybe-7531",
    }
    for key, value in wrong.items():
        monkeypatch.setenv(key, value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert {problem.split(":")[0] for problem in raised.value.problems} == set(wrong)
    assert "7531" not in str(raised.value)


def test_what_no_path_can_hold_is_refused_before_anything_is_opened(tmp_path):
    (tmp_path / ".env").write_text("OSTINATO_LOG_FILE=bot\0.log\nOSTINATO_BACKUP_FOLDER=back\0ups\n")
    with pytest.raises(SettingsError) as raised:
        load_settings(tmp_path / ".env")
    assert [problem.split(":")[0] for problem in raised.value.problems] == [
        "OSTINATO_LOG_FILE",
        "OSTINATO_BACKUP_FOLDER",
    ]


@pytest.mark.parametrize(
    ("count", "ids", "problem"),
    [("", "0", "needs OSTINATO_SHARD_COUNT"), ("2", "0,2", "between 0 and"), ("2", "0,x", "OSTINATO_SHARD_IDS")],
)
def test_shards_have_to_fit(monkeypatch, count, ids, problem):
    monkeypatch.setenv("OSTINATO_SHARD_COUNT", count)
    monkeypatch.setenv("OSTINATO_SHARD_IDS", ids)
    with pytest.raises(SettingsError, match=problem):
        load_settings()


def test_shards_that_fit_are_taken(monkeypatch):
    monkeypatch.setenv("OSTINATO_SHARD_COUNT", "4")
    monkeypatch.setenv("OSTINATO_SHARD_IDS", "0, 3")
    assert load_settings().shard_ids == (0, 3)


def test_the_token_is_kept_without_spaces_and_out_of_every_text(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "  a.secret.token\n")
    settings = load_settings()
    assert settings.discord_token.get_secret_value() == "a.secret.token"
    assert "secret" not in repr(settings) + str(settings)


def test_an_empty_setting_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "")
    monkeypatch.setenv("OSTINATO_SHARD_COUNT", "")
    assert load_settings() == Settings()
