"""Find dramas, songs and artists by what people type, in any script.

_names     every title, name and alias, in the forms that are compared, most awarded first
_lookup    from a key to the names that have it: whole, begun, within, mistyped, abbreviated
_query     what was typed: words, how much each counts, and what its keys write on the other keyboard
_match     which names a query meets, and how well
_rank      entities from names, words of different fields together, and the score
_index     SearchIndex, which is all the rest of the bot sees
"""

from ._index import Hit, SearchIndex

__all__ = ["Hit", "SearchIndex"]
