"""The running machine: settings, clock, heartbeat, relay, Slack client, assembly, command line."""
