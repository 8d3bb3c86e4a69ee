"""`python -m crawler`, the same as the console script."""

from crawler.cli import main

main()
