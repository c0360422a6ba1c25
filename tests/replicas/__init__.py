"""Three bots on one PostgreSQL, none of them the leader."""
