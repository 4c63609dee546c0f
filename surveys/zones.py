"""The clocks that a respondent can choose from: those of the Kingdom first, then one for each hour
of the world that somebody at work may be in."""

from zoneinfo import ZoneInfo

ZONES = (
    "Europe/Amsterdam",
    "America/Kralendijk",
    "America/Curacao",
    "America/Aruba",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Athens",
    "Europe/Istanbul",
    "Atlantic/Azores",
    "America/Sao_Paulo",
    "America/Paramaribo",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Jakarta",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
)


def zone_of(name: str) -> ZoneInfo:
    """The clock of this name."""
    return ZoneInfo(name)


def told(name: str) -> str:
    """A clock as people call it: the city.

    >>> told("America/New_York")
    'New York'
    """
    return name.rpartition("/")[2].replace("_", " ")


CHOICES = [(name, told(name)) for name in ZONES]
