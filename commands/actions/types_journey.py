"""What the panel's own catalogue listens to, and the search for a kind of action in every form that asks for one."""

from __future__ import annotations

from functools import partial

from commands.actions import catalogue, catalogue_form, finding, lighter
from commands.actions.edit import EditAction
from commands.actions.enter import AddAction, ProposeAction
from commands.kit.headings import PANEL_ITSELF
from commands.kit.notices import NoticeKind
from commands.kit.service import Service


def register(service: Service) -> None:
    """Register it."""
    for form in (AddAction, ProposeAction, EditAction):
        service.search(f"{form.name}.type", finding.find)
    service.word("/panel", "catalogue", catalogue.open_list, "The catalogue of actions", under=PANEL_ITSELF)
    service.surface(catalogue.LIST, catalogue.view)
    service.search(catalogue.FIND, catalogue.find)
    service.button(catalogue.FIND, catalogue_form.open_form)
    service.button(catalogue.LEVER, catalogue.turn_page)
    for way in ("back", "next"):
        service.button(f"actions.types.page.{way}", catalogue.turn_page)
    service.button("actions.types.add", catalogue_form.open_add)
    service.button("actions.types.change", catalogue_form.open_form)
    service.form(catalogue_form.TypeForm, catalogue_form.save)
    service.button("actions.types.retire", catalogue_form.retire, once=True)
    service.button("actions.types.standard", catalogue_form.as_standard, once=True)
    service.button("actions.types.lighter", lighter.open_form)
    service.form(lighter.Lighter, lighter.answer)
    service.notice(NoticeKind(lighter.NOTICE, partial(lighter.notice, service)))
