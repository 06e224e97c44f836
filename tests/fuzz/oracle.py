"""What no answer may be, whatever was asked: too long, loud, forged, or somebody else's business."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.ui import text as limits

MESSAGE, LATER, UPDATE_LATER, UPDATE, SUGGESTIONS, FORM = 4, 5, 6, 7, 8, 9
NOBODY = {"parse": []}
_ROWS_MAX, _TEXT_INPUT = 5, 4

# Texts of ours hold "evil" nowhere: where Discord would act on it, it came through as it was typed.
_ACTED_ON = re.compile(
    r"""@everyone|@here
    | (?<!\\)<(?:@[!&]?123456789012345678|\#123456789012345678|/evil:|t:0:R|a?:evil:|id:customize)
    | (?<!\\)(?:\*\*|__|~~|\|\||`)evil
    | (?<!\\)\]\(<?https://evil | (?<![\\])https://evil | <https://evil
    | ^\#\ evil | ^>+\ evil | ^-\#?\ evil""",
    re.VERBOSE | re.MULTILINE,
)
# What only this program itself could have put there: an object's insides, a traceback, a file.
_INSIDE = re.compile(r"<class '|object at 0x|Traceback \(most|root:x:0|\.py\"|sqlite3?\.|sqlalchemy|MARK-the-bots-own")


def problems(world: Any, done: Any) -> Iterator[str]:
    """Everything that is wrong with what came of an event."""
    yield from done.complaints
    if not done.answered:
        yield "there was no answer"
    if len(done.requests) > 2:
        yield f"{len(done.requests)} requests"
    for request in done.requests:
        body = request.json or {}
        yield from _wrong(body)
        yield from _told(world, done, json.dumps(body, ensure_ascii=False))


def _wrong(body: dict[str, Any]) -> Iterator[str]:
    kind, data = (body["type"], body.get("data") or {}) if "type" in body else (MESSAGE, body)
    if kind == SUGGESTIONS:
        yield from _suggestions(data["choices"])
    elif kind == FORM:
        yield from _form(data)
    elif kind in (MESSAGE, UPDATE):
        yield from _message(data)


def _message(data: dict[str, Any]) -> Iterator[str]:
    if data.get("allowed_mentions") != NOBODY and (data.get("content") or data.get("embeds")):
        yield f"may mention: {data.get('allowed_mentions')}"
    yield from _too_long("content", data.get("content") or "", limits.CONTENT_MAX)
    rendered, plain = [data.get("content") or ""], []
    for embed in data.get("embeds") or []:
        fields = embed.get("fields", [])
        rendered += [embed.get("title", ""), embed.get("description", "")]
        rendered += [text for field in fields for text in (field["name"], field["value"])]
        plain += [embed.get("footer", {}).get("text", ""), embed.get("author", {}).get("name", "")]
        yield from _embed(embed, fields)
    for text in rendered:
        if found := _ACTED_ON.search(text):
            yield f"{found.group()!r} came through in {text!r}"
    plain += [text for one in controls(data) for text in _words(one)]
    for text in rendered + plain:
        if re.search("[\u202a-\u202e\u2066-\u2069\x00]", text):
            yield f"invisible signs in {text!r}"
    yield from _components(data.get("components") or [])


def _embed(embed: dict[str, Any], fields: list[dict[str, Any]]) -> Iterator[str]:
    total = 0
    parts = [("title", embed.get("title", ""), limits.EMBED_TITLE_MAX)]
    parts.append(("description", embed.get("description", ""), limits.EMBED_DESCRIPTION_MAX))
    parts.append(("footer", embed.get("footer", {}).get("text", ""), limits.EMBED_FOOTER_MAX))
    parts.append(("author", embed.get("author", {}).get("name", ""), limits.EMBED_AUTHOR_MAX))
    parts += [("field's name", field["name"], limits.EMBED_FIELD_NAME_MAX) for field in fields]
    parts += [("field's value", field["value"], limits.EMBED_FIELD_VALUE_MAX) for field in fields]
    for name, text, longest in parts:
        total += len(text)
        yield from _too_long(name, text, longest)
    if total > limits.EMBED_TOTAL_MAX or len(fields) > limits.EMBED_FIELDS_MAX:
        yield f"an embed of {total} characters and {len(fields)} fields"
    if not all(field["name"].strip() and field["value"].strip() for field in fields):
        yield "an empty field"


def _components(rows: list[dict[str, Any]]) -> Iterator[str]:
    if len(rows) > _ROWS_MAX:
        yield f"{len(rows)} rows of components"
    ids = []
    for one in controls({"components": rows}):
        yield from _too_long("label", one.get("label") or "", limits.BUTTON_LABEL_MAX)
        yield from _too_long("placeholder", one.get("placeholder") or "", limits.SELECT_PLACEHOLDER_MAX)
        yield from _too_long("custom_id", one.get("custom_id") or "", limits.CUSTOM_ID_MAX)
        ids += [one["custom_id"]] if one.get("custom_id") else []
        options = one.get("options") or []
        yield from _suggestions([{"name": option["label"], "value": option["value"]} for option in options])
        for option in options:
            yield from _too_long("option's description", option.get("description") or "", limits.SELECT_DESCRIPTION_MAX)
    if len(set(ids)) < len(ids):
        yield f"the same custom_id twice: {ids}"


def _suggestions(choices: list[dict[str, Any]]) -> Iterator[str]:
    if len(choices) > limits.CHOICES_MAX:
        yield f"{len(choices)} choices"
    for choice in choices:
        if (
            not 1 <= len(str(choice["name"])) <= limits.CHOICE_NAME_MAX
            or not 1 <= len(str(choice["value"])) <= limits.CHOICE_VALUE_MAX
        ):
            yield f"a choice that Discord refuses: {choice}"
    if len({str(choice["value"]) for choice in choices}) < len(choices):
        yield f"the same choice twice: {choices}"


def _form(data: dict[str, Any]) -> Iterator[str]:
    yield from _too_long("form's title", data["title"], limits.MODAL_TITLE_MAX)
    yield from _too_long("custom_id", data["custom_id"], limits.CUSTOM_ID_MAX)
    for label in data["components"]:
        yield from _too_long("field's label", label.get("label", ""), limits.TEXT_INPUT_LABEL_MAX)
        placeholder = label.get("component", {}).get("placeholder") or ""
        yield from _too_long("field's placeholder", placeholder, limits.TEXT_INPUT_PLACEHOLDER_MAX)


def _too_long(name: str, text: str, longest: int) -> Iterator[str]:
    if len(text) > longest:
        yield f"{name} of {len(text)} characters: {text[:80]!r}"


def controls(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every button and menu of a message."""
    for row in data.get("components") or []:
        yield from row.get("components", [])


def _words(one: dict[str, Any]) -> list[str]:
    options = [
        text for option in one.get("options") or [] for text in (option["label"], option.get("description") or "")
    ]
    return [one.get("label") or "", one.get("placeholder") or "", *options]


def _told(world: Any, done: Any, said: str) -> Iterator[str]:
    """Nothing of the program's insides, of another server, or of another member; what was sent may be echoed."""
    if found := _INSIDE.search(said):
        yield f"{found.group()!r} in {said[:400]}"
    for mark in world.scene.marks(done.event.who):
        if mark in said and mark not in done.sent:
            yield f"{mark!r} is somebody else's: {said[:600]}"
