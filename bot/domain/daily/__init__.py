"""The daily pick, decided: no clock, no Discord, no storage; ``now`` and what was remembered come in as arguments.

Setting up
    times.py      "21h30", "밤 9시" → a time of day
    zones.py      "서울", "new york", KST → time zones to choose from; places.py is geography that CLDR lacks
    pools.py      which songs a server hears: award-winning, a decade, one artist…
    tags.py       which tag a forum's post gets: the chosen one, or what stands in for it
    schedule.py   one server's schedule, and what becomes of its open post when it changes
Choosing
    clock.py      which local dates are owed a post, and at which instant each is due
    order.py      which song comes next, so that none returns before its whole pool was heard
    story.py      why today: what facts.py defines and anniversaries.py and feats.py find, best first
Posting
    delivery.py   one post's life: due → claimed → sent / skipped / failed; its nonce; on time, late, too late
    recovery.py   THE RULE for a post whose sending was cut short: send again, adopt what is there, or keep silent
    trouble.py    what each kind of trouble means: try again, pause and tell once, or go on without

A walk through one post: ``Agenda.next_slot`` names the local date and its instant → ``choose`` the song →
``Post.claim`` (saved before anything is sent) → send with ``nonce_for`` → ``Post.sent``. An error goes through
``trouble_of`` and ``ruling_for``; a claim found after a crash through ``recover``.
"""
