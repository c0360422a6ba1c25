"""A form is one dataclass: it draws its questions, reads the answers into itself and names its errors.

@dataclass
class MoveMeeting(Form):
    name = "panels.move"
    title = "Move a meeting"
    new_day: date = ask(Day("New date"))
    reason: str | None = ask(Text("Why", optional=True))
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from commands.kit.about import About
from commands.kit.blocks import Block
from commands.kit.errors import Outdated
from commands.kit.fields import ELEMENT, Choices, Field
from commands.kit.views import modal

SEARCHED = ("external_select", "multi_external_select")  # their choices are not in the view


class WrongAnswers(Exception):
    """Answers that can't be taken, by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = problems


def ask(field: Field, default: Any = dataclasses.MISSING) -> Any:
    """A question, as a dataclass field. `default`: the answer when the form is drawn without the question."""
    if default is not dataclasses.MISSING:
        return dataclasses.field(default=default, metadata={"ask": field}, kw_only=True)
    return dataclasses.field(metadata={"ask": field}, kw_only=True)


@dataclasses.dataclass
class Form:
    """Base of every form. Subclasses are dataclasses whose fields are made with `ask`."""

    name: ClassVar[str]  # the view's callback_id
    title: ClassVar[str]
    submit: ClassVar[str] = "Save"

    @classmethod
    def questions(cls) -> dict[str, Field]:
        """The questions by name, in order."""
        return {f.name: f.metadata["ask"] for f in dataclasses.fields(cls) if "ask" in f.metadata}

    @classmethod
    def draw(
        cls,
        about: About,
        *,
        initial: Mapping[str, Any] | None = None,
        choices: Mapping[str, Choices] | None = None,
        before: Sequence[Block] = (),
        beside: Mapping[str, Sequence[Block]] | None = None,
        without: Sequence[str] = (),
        fields: Mapping[str, Field] | None = None,
        title: str | None = None,
    ) -> Block:
        """The modal. `before`: blocks above the questions; `beside`: blocks shown just above one question
        (last month's answer, say); `without`: questions left out; `fields`, `title`: worded anew."""
        blocks = list(before)
        for name, field in cls.questions().items():
            if name in without:
                continue
            blocks += (beside or {}).get(name, ())
            field = (fields or {}).get(name, field)
            blocks.append(field.block(name, (initial or {}).get(name), (choices or {}).get(name)))
        return modal(title or cls.title, blocks, about, name=cls.name, submit=cls.submit, close="Cancel")

    @classmethod
    def read(cls, view: Block) -> Self:
        """The answers in a submitted view; raises WrongAnswers. A question that was not drawn keeps its default; one
        that has none is missing from an older release's form only: raises Outdated."""
        drawn = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        state = view["state"]["values"]
        answers: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, field in cls.questions().items():
            if name not in drawn:
                continue
            answers[name], wrong = _read(field, drawn[name], next(iter(state.get(name, {}).values()), {}))
            if wrong:
                problems[name] = wrong
        if problems:
            raise WrongAnswers(problems)
        if any(f.name not in answers and f.default is dataclasses.MISSING for f in dataclasses.fields(cls)):
            raise Outdated
        form = cls(**answers)
        problems = form.check()
        if problems:
            raise WrongAnswers(_where_asked(problems, list(drawn)))
        return form

    @classmethod
    def keeps(cls, view: Block) -> bool:
        """Whether what was typed may be kept for its writer until it is saved. A form whose words are stored nowhere
        says no."""
        return True

    def check(self) -> dict[str, str]:
        """What is wrong between the answers, by field. Nothing, unless a form says otherwise."""
        return {}


def _read(field: Field, element: Block, state: dict[str, Any]) -> tuple[Any, str | None]:
    """The answer, and what is wrong with it: a client that was tampered with can send anything."""
    if element["type"] not in SEARCHED and not _chosen(state) <= offered_by(element).keys():
        return None, "Please choose from the list."
    try:
        answer = field.read(state)
    except ValueError:
        return None, "This can't be read. Please answer it once more."
    return answer, field.problem(answer)


def _chosen(state: dict[str, Any]) -> set[str]:
    one, several = state.get("selected_option"), state.get("selected_options") or []
    return {option["value"] for option in [one, *several] if option}


def offered_by(element: Block) -> dict[str, Block]:
    """The options of a menu, by value."""
    groups = [element, *element.get("option_groups", ())]
    return {option["value"]: option for group in groups for option in group.get("options", ())}


def emptied(view: Block, mark: object) -> Block:
    """The same form for the next entry: Slack keeps what was typed wherever a question has the same two ids, so
    the elements get others. `mark`: anything new, the id of what was saved last, say."""
    other = {"action_id": f"{ELEMENT}.{mark}"}
    asked = [block | {"element": block["element"] | other} if "element" in block else block for block in view["blocks"]]
    return view | {"blocks": asked}


def _where_asked(problems: Mapping[str, str], drawn: Sequence[str]) -> dict[str, str]:
    """The problems under questions that were drawn; Slack takes no others. What concerns none of them stands under the
    first."""
    asked = {name: said for name, said in problems.items() if name in drawn}
    return asked or {drawn[0]: " ".join(dict.fromkeys(problems.values()))}
