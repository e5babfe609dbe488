"""How long a stand waits before it does something by itself, in seconds; imports nothing."""

CLEAR_AFTER_S = 20.0
"""A drawing nobody touches is cleared after this long, unless told otherwise."""
LEAST_CLEAR_AFTER_S, MOST_CLEAR_AFTER_S = 3.0, 600.0
COUNTDOWN_S = 10.0
"""The last of these seconds are counted down."""
DEMO_AFTER_S = 6.0
"""On an empty canvas the stand then shows how it is done."""
DEMO_STAYS_S = 4.0
