"""Watch government work reports: fetch politely, extract, version, compare, alert."""

__version__ = "0.1.0"
