"""The rules of the field, pure: no clock, no input or output, no Slack, no database."""
