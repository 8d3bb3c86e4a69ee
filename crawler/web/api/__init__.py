"""The API for programs: what is stored as JSON, in the very values of the commands' `--json`; a few orders besides.

    doorkeeper (token, scope) -> parameters -> storage, as the commands ask it -> answers; errors are problem+json

An application of its own below `/api/v1`, so that its OpenAPI document names what is here and nothing else. Nothing is
put into words or numbers anew: `shapes` only describes what `storage.lines`, `crawler.wire` and the commands say.
"""
