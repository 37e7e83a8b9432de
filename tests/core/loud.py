"""What is said in the test of the wire, by the server (loud_app) and as its readers expect it."""

STREAM = "town:1"
EVENTS, AT_ONCE = 2_400, 8
PORTION = 600  # events that are said without a pause: less than may wait for one reader
LENGTHS = (0, 7, 125, 126, 900, 1_200)  # around those at which a frame's head changes
LONG = 66_000


def text_of(number: int) -> str:
    """Return what is said with a number."""
    length = LENGTHS[number % len(LENGTHS)] if number % 97 else LONG
    return f"{number}-".ljust(length, "abcdefghijk"[number % 11])
