"""`python -m bot` is `convenor`."""

from bot.cli import main

main()
