"""The way from every older database to today's, one file a step: ``versions/<four digits>_<what it does>.py``.

A step that has been released is never changed. It names tables and columns itself, for the schema moves on.
"""
