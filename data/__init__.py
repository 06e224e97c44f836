"""The catalog's source text: ``awards.toml``, ``artists.toml``, ``dramas/<key>.toml`` and ``known_dramas.csv``.

SOURCES.md says where the facts come from and how to add one.
"""
