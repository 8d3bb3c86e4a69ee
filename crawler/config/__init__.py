"""The text of sources.yaml -> `crawler.options.Config`: every default, and every complaint with its line.

    read_document -> Node -> schema (keys, kinds) -> plain values -> cross-checks -> Config

Ring 1: pure; whoever calls reads the file and hands over the environment. The result is a whole, valid `Config` or a
`ConfigError` with all faults at once. Values of the environment and secrets never show in a fault.
"""

from crawler.config.parse import parse_config as parse_config
