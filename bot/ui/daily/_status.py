"""What admins see: the answer to setup, status, the queue and the exclusions; and what a server is told of trouble."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import discord

from bot.domain.catalog import Catalog, Kind, Song
from bot.domain.daily.delivery import Post, State
from bot.domain.daily.schedule import Entry, Mode, Plan, Schedule
from bot.domain.daily.tags import Tagging
from bot.domain.daily.trouble import Health, Trouble
from bot.ui import names
from bot.ui.components import Choice, Components, custom_id, menu
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import ROSE, SIGN
from bot.ui.text import EMBED_DESCRIPTION_MAX, SELECT_OPTIONS_MAX, escape, fit_lines

from ._pick import role_mention
from ._words import days_name, moment, outcome, pool_name, remedy

_UNTAGGED = Tagging()


@dataclass(frozen=True, slots=True)
class Standing:
    """A schedule as status shows it: with the last posts, the permissions that I lack now, and the tag of posts."""

    plan: Plan
    recent: Sequence[Entry]
    missing: tuple[str, ...] = ()
    tagging: Tagging = _UNTAGGED


@dataclass(frozen=True, slots=True)
class Notes:
    """What an admin should know of the chosen channel.

    ``advice`` names permissions that are not needed, but would help; ``not_news`` says that publishing was asked for
    where it cannot be done.
    """

    advice: tuple[str, ...] = ()
    tagging: Tagging = _UNTAGGED
    not_news: bool = False


def set_up(plan: Plan, card: Reply, notes: Notes, say: Language) -> Reply:
    """Confirms the setup: when the first post comes, and what it will be (``card``)."""
    text = [say("Set. The next OST of the day comes to {channel} on {when}. It will look like this:",
                channel=f"<#{plan.schedule.setup.channel_id}>", when=moment(plan.open))]  # fmt: skip
    text += [f"-# {note}" for note in _notes(notes, plan.schedule, say)]
    text.append(card.content or "")
    return Reply("\n".join(text), card.embed)


def _notes(notes: Notes, schedule: Schedule, say: Language) -> Iterator[str]:
    if notes.advice:
        yield say("With {permissions} I could also tell, after a crash, whether a post arrived.",
                  permissions=names.permissions(notes.advice, say))  # fmt: skip
    if notes.tagging.name:
        tag = escape(notes.tagging.name)
        yield (
            say("Posts get the tag **{tag}**.", tag=tag)
            if schedule.setup.tag_id
            else say("The forum asks for a tag, so posts get **{tag}**.", tag=tag)
        )
    if notes.not_news:
        yield say("Only announcement channels can be published, so this will not be.")


def status(catalog: Catalog, standing: Standing, say: Language) -> Reply:
    """The schedule, its next post, how it does, and the last posts with links."""
    plan = standing.plan
    schedule = plan.schedule
    embed = discord.Embed(title=f"🗓️ {say('OST of the day')}", colour=ROSE)
    embed.description = _terms(catalog, standing, say)
    embed.add_field(name=say("Next"), value=_next(catalog, plan, say), inline=False)
    embed.add_field(name=say("Health"), value=_health(standing, say), inline=False)
    if standing.recent:
        lines = [_past(catalog, schedule, entry, say) for entry in standing.recent]
        embed.add_field(name=say("Lately"), value=fit_lines(lines, 1024, say("… and {count} more")), inline=False)
    return Reply(embed=embed)


def _terms(catalog: Catalog, standing: Standing, say: Language) -> str:
    schedule = standing.plan.schedule
    setup, timing = schedule.setup, schedule.agenda.timing
    when = f"{timing.at:%H:%M} · {timing.zone.key} · {days_name(timing.days, say)}"
    lines = [f"<#{setup.channel_id}>", when, escape(pool_name(catalog, setup.pool, say))]
    if standing.tagging.name:
        lines.append(say("Posts get the tag **{tag}**.", tag=escape(standing.tagging.name)))
    if setup.role_id:
        lines.append(say("Pings {role}", role=role_mention(setup.role_id, everyone=setup.role_id == schedule.guild_id)))
    if setup.opens_thread:
        lines.append(say("Opens a thread under each pick"))
    if setup.publishes:
        lines.append(say("Published to the servers that follow"))
    hours = setup.grace.total_seconds() / 3600
    lines.append(say("Posted up to {hours} h late if need be", hours=f"{hours:g}"))
    return "\n".join(lines)


def _next(catalog: Catalog, plan: Plan, say: Language) -> str:
    if plan.schedule.mode is not Mode.ON:
        return say("Paused. `/dailypick resume` starts it again.")
    if plan.open.state is State.CLAIMED:
        return say("It is being posted right now.")
    chosen = plan.open.choice and catalog.songs.get(plan.open.choice.song_key)
    return moment(plan.open) + (f"\n{_song(catalog, chosen, say)}" if chosen else "")


def _health(standing: Standing, say: Language) -> str:
    health, channel_id = standing.plan.schedule.health, standing.plan.schedule.setup.channel_id
    if health.trouble:
        return f"⚠️ {remedy(health.trouble, standing.missing, channel_id, say)}"
    if standing.missing:
        return f"⚠️ {remedy(Trouble.NO_PERMISSION, standing.missing, channel_id, say)}"
    if standing.tagging.impossible:
        return f"⚠️ {remedy(Trouble.TAG_REQUIRED, (), channel_id, say)}"
    if standing.tagging.lost:
        return f"⚠️ {_tag_lost(standing.tagging, say)}"
    return "✅ " + say("All is well.")


def _tag_lost(tagging: Tagging, say: Language) -> str:
    if tagging.name is None:
        return say(
            "The chosen tag is gone, or I may not use it now, so posts get none. `/dailypick setup` chooses another."
        )
    return say(
        "The chosen tag is gone, or I may not use it now, so posts get **{tag}**. `/dailypick setup` chooses another.",
        tag=escape(tagging.name),
    )


def _past(catalog: Catalog, schedule: Schedule, entry: Entry, say: Language) -> str:
    post = entry.post
    song = catalog.songs.get(post.choice.song_key) if post.choice else None
    title = _song(catalog, song, say) if song else ""
    if post.state is not State.SENT:
        return f"`{post.local_date}` ⏭️ {outcome(entry, say)}"
    link = f"https://discord.com/channels/{schedule.guild_id}/{entry.channel_id}/{post.message_id}"
    return f"`{post.local_date}` [{title or say('post')}]({link}){_note(entry, say)}"


def _note(entry: Entry, say: Language) -> str:
    """What trouble left out of a post that is there."""
    if entry.trouble is Trouble.ROLE_GONE:
        return f" · {remedy(entry.trouble, (), entry.channel_id or 0, say)}"
    return " · " + say("I could not publish it or open its thread.") if entry.trouble else ""


def _song(catalog: Catalog, song: Song, say: Language) -> str:
    return escape(f"{names.title(song, say)} · {names.title(catalog.drama_of(song), say)}")


def trouble_notice(schedule: Schedule, health: Health, missing: tuple[str, ...], say: Language) -> Reply:
    """Told to the server once, or to an admin, who may have several: so it links to the channel."""
    what = remedy(health.trouble, missing, schedule.setup.channel_id, say) if health.trouble else ""
    told = say("The OST of the day could not be posted. {what}", what=what)
    return Reply(f"{told}\n{_signature(schedule)}`/dailypick status`")


def is_trouble_notice(message: dict[str, Any], schedule: Schedule) -> bool:
    """Whether a message, as Discord's API gives it, is such a notice about this schedule."""
    _, _, last_line = str(message.get("content", "")).rpartition("\n")
    return last_line.startswith(_signature(schedule))


def _signature(schedule: Schedule) -> str:
    link = f"https://discord.com/channels/{schedule.guild_id}/{schedule.setup.channel_id}"
    return f"-# {link} · "


def paused(say: Language) -> Reply:
    return Reply(say("Paused. `/dailypick resume` starts it again."))


def resumed(post: Post, say: Language) -> Reply:
    return Reply(say("The daily pick goes on: the next comes on {when}.", when=moment(post)))


def skipped(closed: Post, following: Post, say: Language) -> Reply:
    return Reply(
        say("The pick of {day} is skipped. The next comes on {when}.", day=closed.local_date, when=moment(following))
    )


def switched_off(say: Language) -> Reply:
    return Reply(say("The daily pick is off. `/dailypick setup` brings it back, with no song repeated."))


def queue(catalog: Catalog, wishes: Sequence[tuple[date | None, str]], say: Language) -> Reply:
    """What is queued, by the order in which it comes; a menu takes out."""
    if not wishes:
        return Reply(say("Nothing is queued. `/dailypick queue` with a song puts one in."))
    known = [(day, song) for day, key in wishes if (song := catalog.songs.get(key))]
    lines = [f"`{day or say('next post')}` {_song(catalog, song, say)}" for day, song in known]
    embed = discord.Embed(title=say("Queued"), colour=ROSE)
    embed.description = fit_lines(lines, EMBED_DESCRIPTION_MAX, say("… and {count} more"))
    choices = dict.fromkeys((day, song.key) for day, song in known)
    options = [
        Choice(
            f"{day or say('next post')} · {names.title(catalog.songs[key], say)}",
            f"{day or ''}:{key}",
            emoji=SIGN[Kind.SONG],
        )
        for day, key in choices
    ]
    return Reply(embed=embed, components=Components([
        menu(say("Take one out"), custom_id("unqueue"), options[:SELECT_OPTIONS_MAX])
    ]))  # fmt: skip


def exclusions(catalog: Catalog, keys: Sequence[str], say: Language) -> Reply:
    """What is excluded; a menu takes a song back in."""
    known = [song for key in keys if (song := catalog.songs.get(key))]
    if not known:
        return Reply(say("No song is excluded. `/dailypick exclude` with a song leaves it out."))
    embed = discord.Embed(title=say("Excluded"), colour=ROSE)
    lines = [_song(catalog, song, say) for song in known]
    embed.description = fit_lines(lines, EMBED_DESCRIPTION_MAX, say("… and {count} more"))
    options = [Choice(names.title(song, say), song.key, emoji=SIGN[Kind.SONG]) for song in known[:SELECT_OPTIONS_MAX]]
    return Reply(embed=embed, components=Components([menu(say("Take one back in"), custom_id("unexclude"), options)]))
