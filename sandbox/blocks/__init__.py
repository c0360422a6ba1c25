"""Block Kit as tables: what may be shown where, and how long it may be. Pure: no clock, no state, no network."""

from sandbox.blocks.layout import HOME, MESSAGE, MODAL
from sandbox.blocks.normal import normal_blocks, normal_view
from sandbox.blocks.rules import Problem
from sandbox.blocks.surfaces import check_blocks, check_message, check_view, text_length, view_too_large

__all__ = [
    "HOME",
    "MESSAGE",
    "MODAL",
    "Problem",
    "check_blocks",
    "check_message",
    "check_view",
    "normal_blocks",
    "normal_view",
    "text_length",
    "view_too_large",
]
