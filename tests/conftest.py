"""Hypothesis without deadlines: CI machines stall, and speed is measured in bench/ alone."""

from hypothesis import settings

settings.register_profile("plain", deadline=None)
settings.load_profile("plain")
