"""What is remembered: tables, the unit of work, the outbox, the audit log, encrypted fields, migrations."""
