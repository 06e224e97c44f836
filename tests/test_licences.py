"""Everything that is locked is listed with its licence, and none of it binds whoever runs the bot."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
BINDING = (
    "GPL",
    "AGPL",
    "SSPL",
    "Commons Clause",
    "General Public",
    "Proprietary",
    "BUSL",
    "not stated",
    "to be written",
)


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / ".ci" / "licences.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_is_what_the_packages_state(licences):
    assert licences.LIST.read_text("utf-8") == licences.table(), "run .ci/licences.py"


def test_everything_that_is_locked_is_listed(licences):
    assert list(licences.listed()) == list(licences.locked())


def test_no_licence_binds_whoever_runs_the_bot(licences):
    locked = licences.locked()
    binding = {
        name: licence
        for name, licence in licences.listed().items()
        if locked[name] == "bot" and any(word in licence for word in BINDING)
    }
    assert binding == {}
