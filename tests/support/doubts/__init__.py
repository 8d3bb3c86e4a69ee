"""A made-up portal that goes wrong in all the ways portals do, and reports that are edited at large."""
