"""People: what they can do in the workspace, and what they see happen."""
