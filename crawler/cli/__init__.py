"""The command line: results on stdout, logs and progress on stderr, exit codes 0, 1, 2 and 130 as the contract says.

Ring 3. One module for each group of commands; `main` is the console script.
"""

from crawler.cli.main import app, main

__all__ = ["app", "main"]
