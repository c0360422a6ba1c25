"""A Slack on your own machine: Web API, Socket Mode and people who press, in one process and in memory."""
