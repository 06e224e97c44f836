"""What a look-up shows: the cards of songs, dramas and artists, suggestions, and what comes with them."""

from ._choices import entity_choice
from ._entry import choice_name, nearest_label, not_found, with_others
from ._list import Listing, artist_card, drama_card, saved_list
from ._more import REPORT_MAX, REPORT_SOURCE_MAX, report_modal, reported, sources
from ._song import random_card, song_card, thumbnail_address

__all__ = [
    "REPORT_MAX",
    "REPORT_SOURCE_MAX",
    "Listing",
    "artist_card",
    "choice_name",
    "drama_card",
    "entity_choice",
    "nearest_label",
    "not_found",
    "random_card",
    "report_modal",
    "reported",
    "saved_list",
    "song_card",
    "sources",
    "thumbnail_address",
    "with_others",
]
