"""The command line: results on stdout, logs and progress on stderr, exit codes 0, 1, 2 and 130 as the contract says.

Ring 3. One module for each group of commands; `main` is the console script.
"""

import gc

gc.disable()  # nothing that imports make is garbage; to look through it again and again takes a tenth of the start

from crawler.cli.main import app, main  # noqa: E402 (see above)

gc.freeze()  # nor ever will be
gc.enable()

__all__ = ["app", "main"]
