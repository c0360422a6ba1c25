"""For each method of the Web API the calls that show each error it claims, and one that goes through.

A case is a function from a Bench, whose methods set the scene, to the arguments of the call.
"""

from tests.sandbox.conformance import chats, conversations, facts, files, marks, surfaces
from tests.sandbox.conformance.bench import Bench, Cases

CASES: Cases = {**chats.CASES, **conversations.CASES, **facts.CASES, **files.CASES, **marks.CASES, **surfaces.CASES}

__all__ = ["CASES", "Bench"]
