"""What the listeners of rankings and other tools are called."""

from __future__ import annotations

from commands.cases import known, ppit, score, score_settings, scored, tool
from commands.kit.case_sections import CaseSection
from commands.kit.service import Service


def register(service: Service) -> None:
    """Register everything about scores, and their part of the record."""
    service.button("cases.score", score.open_form)
    service.form(score.Ranking, score.save)
    service.button("cases.score.more", score.open_more)
    service.form(score.ReadWith, score.save_more)
    service.button("cases.score.history", scored.open_history)
    service.button("cases.score.history.back", scored.turn_page)
    service.button("cases.score.history.next", scored.turn_page)
    service.button("cases.ppit", ppit.open_form)
    service.button("cases.ppit.add", ppit.open_another)
    service.form(ppit.PpitResult, ppit.save)
    service.button("cases.tool", tool.open_form)
    service.form(tool.ToolResult, tool.save)
    service.button("cases.scores.settings", score_settings.open_form)
    service.form(score_settings.ScoreNumbers, score_settings.save)
    service.case_part(known.part, CaseSection.EVIDENCE)
    service.case_part(scored.part, CaseSection.EVIDENCE, state=scored.state)
