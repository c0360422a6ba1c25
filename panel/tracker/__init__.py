"""Somebody's own tracker of actions, a spreadsheet: its columns, its rows and what each cell means. Nothing is read
from a disk here, and no sentence repeats a cell: a row and a column say where to look."""
