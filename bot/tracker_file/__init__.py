"""A tracker from a file: an Excel workbook or a .csv, and the empty template."""

from bot.tracker_file.read import TrackerFileError, Workbook, read_tracker

__all__ = ["TrackerFileError", "Workbook", "read_tracker"]
