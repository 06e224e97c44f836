"""What can go wrong for a person, as facts. ``bot.ui.errors`` writes the sentences.

UserError
├── NotFound        nothing matches what was typed
├── Gone            a button points at something the catalog no longer has
├── Outdated        a button of another version of the bot
├── NotAPeriod      neither a year nor a decade
├── NotAllowed      the member lacks a permission
├── TooFast         a cooldown is running
└── OnlyInServer    the command needs a server
"""

from dataclasses import dataclass
from datetime import datetime

from .catalog import Kind


class UserError(Exception):
    """A mistake or a limit that its user can understand and act on."""


@dataclass
class NotFound(UserError):
    """``nearest`` are (kind, key) of at most three entities that come close."""

    text: str
    nearest: tuple[tuple[Kind, str], ...] = ()


@dataclass
class Gone(UserError):
    key: str


@dataclass
class Outdated(UserError):
    custom_id: str


@dataclass
class NotAPeriod(UserError):
    text: str


@dataclass
class NotAllowed(UserError):
    permission: str


@dataclass
class TooFast(UserError):
    retry_at: datetime


class OnlyInServer(UserError):
    pass
