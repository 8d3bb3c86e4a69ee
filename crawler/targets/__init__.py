"""Quantified targets in reports: found, normalised, compared and described. Ring 1."""

from crawler.targets.describe import describe, describe_change, describe_difference, describe_value
from crawler.targets.find import find_targets
from crawler.targets.match import compare_targets

__all__ = ["compare_targets", "describe", "describe_change", "describe_difference", "describe_value", "find_targets"]
