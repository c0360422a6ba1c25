"""Playing a month: a sandbox workspace, the bot, and the people of a month file."""
