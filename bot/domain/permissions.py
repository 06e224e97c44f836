"""What the bot must be allowed to do in a channel, by Discord's names."""


def needed_to_post(*, in_thread: bool) -> tuple[str, ...]:
    """Of permissions: those that a card takes. In a thread, sending needs one of its own.

    https://docs.discord.com/developers/topics/threads#permissions
    """
    return "view_channel", "send_messages_in_threads" if in_thread else "send_messages", "embed_links"
