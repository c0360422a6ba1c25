"""Every limit of a message and of Block Kit: at the limit accepted, one over refused where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.blocks import HOME, MESSAGE, MODAL, check_blocks, check_view, text_length, view_too_large
from tests.sandbox.conftest import ask, modal, options, plain

Json = dict[str, Any]
Build = Callable[[int], Any]


def x(n: int) -> str:
    return "x" * n


def mrkdwn(n: int) -> Json:
    return {"type": "mrkdwn", "text": x(n)}


def p(n: int) -> Json:
    return plain(x(n))


def section(**fields: Any) -> Json:
    return {"type": "section", **fields}


def actions(**element: Any) -> Json:
    return {"type": "actions", "elements": [element]}


def button(**fields: Any) -> Json:
    return actions(**{"type": "button", "text": plain("Go"), "action_id": "a", **fields})


def select(**fields: Any) -> Json:
    return actions(type="static_select", action_id="a", **fields)


def many(n: int) -> list[Json]:
    return options(*(f"v{i}" for i in range(n)))


def option(**fields: Any) -> Json:
    return {"text": plain("One"), "value": "1", **fields}


def confirm(**fields: Any) -> Json:
    whole = {"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n"), **fields}
    return button(confirm=whole)


def image(**fields: Any) -> Json:
    return {"type": "image", "image_url": "https://example.org/i.png", "alt_text": "i", **fields}


def card(**fields: Any) -> Json:
    return {"type": "card", "title": plain("t"), **fields}


def task(number: int) -> Json:
    return {"type": "task_card", "task_id": str(number), "title": "t", "status": "complete"}


def container(**fields: Any) -> Json:
    return {"type": "container", "title": plain("t"), "child_blocks": [{"type": "divider"}], **fields}


def video(**fields: Any) -> Json:
    urls = {"thumbnail_url": "https://example.org/t.png", "video_url": "https://example.org/v"}
    return {"type": "video", "alt_text": "v", "title": plain("t"), **urls, **fields}


def listed(**fields: Any) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": [], "style": "bullet", **fields}]}


def point(label: str = "p") -> Json:
    return {"label": label, "value": 1}


def pie(n: int) -> Json:
    return {"type": "pie", "segments": [point()] * n}


def bars(series: int = 1, points: int = 1, **axes: str) -> Json:
    data = [{"name": str(i), "data": [point()] * points} for i in range(series)]
    return {"type": "bar", "series": data, "axis_config": {"categories": ["p"] * points, **axes}}


def chart(chart: Json) -> Json:
    return {"type": "data_visualization", "title": "t", "chart": chart}


def provider(**fields: Any) -> Json:
    return {"type": "auth_provider", "value": "v", "name": plain("n"), "is_connected": True, **fields}


def texted(**fields: Any) -> Json:
    return ask("b", **fields)


BLOCK_LIMITS: list[tuple[str, str, int, Build, str]] = [
    ("section text", MESSAGE, 3000, lambda n: section(text=mrkdwn(n)), "/text/text"),
    ("section fields", MESSAGE, 10, lambda n: section(fields=[mrkdwn(1)] * n), "/fields"),
    ("a section field", MESSAGE, 2000, lambda n: section(fields=[mrkdwn(n)]), "/fields/0/text"),
    ("header", MESSAGE, 150, lambda n: {"type": "header", "text": p(n)}, "/text/text"),
    ("context elements", MESSAGE, 10, lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}, "/elements"),
    ("a context text", MESSAGE, 3000, lambda n: {"type": "context", "elements": [mrkdwn(n)]}, "/elements/0/text"),
    (
        "actions elements",
        MESSAGE,
        25,
        lambda n: {"type": "actions", "elements": [{"type": "button", "text": plain("x")}] * n},
        "/elements",
    ),
    (
        "context_actions",
        MESSAGE,
        5,
        lambda n: {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain("x")}] * n,
        },
        "/elements",
    ),
    ("image alt", MESSAGE, 2000, lambda n: image(alt_text=x(n)), "/alt_text"),
    ("image title", MESSAGE, 2000, lambda n: image(title=p(n)), "/title/text"),
    ("image url", MESSAGE, 3000, lambda n: image(image_url=x(n)), "/image_url"),
    ("input label", MODAL, 2000, lambda n: {**ask("b"), "label": p(n)}, "/label/text"),
    ("input hint", MODAL, 2000, lambda n: {**ask("b"), "hint": p(n)}, "/hint/text"),
    ("markdown", MESSAGE, 12_000, lambda n: {"type": "markdown", "text": x(n)}, "/text"),
    ("button text", MESSAGE, 75, lambda n: button(text=p(n)), "/elements/0/text/text"),
    ("button value", MESSAGE, 2000, lambda n: button(value=x(n)), "/elements/0/value"),
    ("button url", MESSAGE, 3000, lambda n: button(url=x(n)), "/elements/0/url"),
    ("button label", MESSAGE, 75, lambda n: button(accessibility_label=x(n)), "/elements/0/accessibility_label"),
    ("option text", MESSAGE, 75, lambda n: select(options=[option(text=p(n))]), "/elements/0/options/0/text/text"),
    ("option value", MESSAGE, 150, lambda n: select(options=[option(value=x(n))]), "/elements/0/options/0/value"),
    (
        "option description",
        MESSAGE,
        75,
        lambda n: select(options=[option(description=p(n))]),
        "/elements/0/options/0/description/text",
    ),
    (
        "overflow url",
        MESSAGE,
        3000,
        lambda n: actions(type="overflow", options=[option(url=x(n))]),
        "/elements/0/options/0/url",
    ),
    ("select options", MESSAGE, 100, lambda n: select(options=many(n)), "/elements/0/options"),
    (
        "option groups",
        MESSAGE,
        100,
        lambda n: select(option_groups=[{"label": plain("g"), "options": many(1)}] * n),
        "/elements/0/option_groups",
    ),
    (
        "options in a group",
        MESSAGE,
        100,
        lambda n: select(option_groups=[{"label": plain("g"), "options": many(n)}]),
        "/elements/0/option_groups/0/options",
    ),
    (
        "group label",
        MESSAGE,
        75,
        lambda n: select(option_groups=[{"label": p(n), "options": many(1)}]),
        "/elements/0/option_groups/0/label/text",
    ),
    ("checkboxes", MESSAGE, 10, lambda n: actions(type="checkboxes", options=many(n)), "/elements/0/options"),
    ("radio buttons", MESSAGE, 10, lambda n: actions(type="radio_buttons", options=many(n)), "/elements/0/options"),
    ("overflow", MESSAGE, 5, lambda n: actions(type="overflow", options=many(n)), "/elements/0/options"),
    ("confirm title", MESSAGE, 100, lambda n: confirm(title=p(n)), "/elements/0/confirm/title/text"),
    ("confirm text", MESSAGE, 300, lambda n: confirm(text=p(n)), "/elements/0/confirm/text/text"),
    ("confirm yes", MESSAGE, 30, lambda n: confirm(confirm=p(n)), "/elements/0/confirm/confirm/text"),
    ("confirm no", MESSAGE, 30, lambda n: confirm(deny=p(n)), "/elements/0/confirm/deny/text"),
    (
        "placeholder",
        MESSAGE,
        150,
        lambda n: select(options=many(1), placeholder=p(n)),
        "/elements/0/placeholder/text",
    ),
    ("action_id", MESSAGE, 255, lambda n: button(action_id=x(n)), "/elements/0/action_id"),
    ("block_id", MESSAGE, 255, lambda n: {"type": "divider", "block_id": x(n)}, "/block_id"),
    ("min_length", MODAL, 3000, lambda n: texted(min_length=n), "/element/min_length"),
    ("max_length", MODAL, 3000, lambda n: texted(max_length=n), "/element/max_length"),
    ("initial_value", MODAL, 3000, lambda n: texted(initial_value=x(n)), "/element/initial_value"),
    ("initial within max", MODAL, 7, lambda n: texted(initial_value=x(n), max_length=7), "/element/initial_value"),
    ("file_input", MODAL, 10, lambda n: texted(type="file_input", max_files=n), "/element/max_files"),
    ("table rows", MESSAGE, 100, lambda n: {"type": "table", "rows": [[cell("")]] * n}, "/rows"),
    ("table cells", MESSAGE, 20, lambda n: {"type": "table", "rows": [[cell("")] * n]}, "/rows/0"),
    (
        "table columns",
        MESSAGE,
        20,
        lambda n: {"type": "table", "rows": [[cell("")]], "column_settings": [None] * n},
        "/column_settings",
    ),
    ("data_table rows", MESSAGE, 201, lambda n: {"type": "data_table", "rows": [[cell("")]] * n}, "/rows"),
    ("chart title", MESSAGE, 50, lambda n: {"type": "data_visualization", "title": x(n), "chart": pie(1)}, "/title"),
    ("chart segments", MESSAGE, 12, lambda n: chart(pie(n)), "/chart/segments"),
    ("chart series", MESSAGE, 12, lambda n: chart(bars(series=n)), "/chart/series"),
    (
        "chart label",
        MESSAGE,
        20,
        lambda n: chart({"type": "pie", "segments": [point(x(n))]}),
        "/chart/segments/0/label",
    ),
    ("axis label", MESSAGE, 50, lambda n: chart(bars(x_label=x(n))), "/chart/axis_config/x_label"),
    ("provider value", MESSAGE, 150, lambda n: provider(value=x(n)), "/value"),
    ("provider name", MESSAGE, 75, lambda n: provider(name=p(n)), "/name/text"),
    ("provider description", MESSAGE, 150, lambda n: provider(description=p(n)), "/description/text"),
    (
        "plan",
        MESSAGE,
        50,
        lambda n: {"type": "plan", "title": "p", "tasks": [task(i) for i in range(n)]},
        "/tasks",
    ),
    ("alert", MODAL, 200, lambda n: {"type": "alert", "text": p(n)}, "/text/text"),
    ("card title", MESSAGE, 150, lambda n: card(title=p(n)), "/title/text"),
    ("card subtitle", MESSAGE, 150, lambda n: card(subtitle=p(n)), "/subtitle/text"),
    ("card body", MESSAGE, 200, lambda n: card(body=p(n)), "/body/text"),
    ("card subtext", MESSAGE, 200, lambda n: card(subtext=p(n)), "/subtext/text"),
    ("card actions", MESSAGE, 3, lambda n: card(actions=[{"type": "button", "text": plain("x")}] * n), "/actions"),
    ("carousel", MESSAGE, 10, lambda n: {"type": "carousel", "elements": [card()] * n}, "/elements"),
    ("container", MESSAGE, 10, lambda n: container(child_blocks=[{"type": "divider"}] * n), "/child_blocks"),
    ("container title", MESSAGE, 150, lambda n: container(title=p(n)), "/title/text"),
    ("video alt", MESSAGE, 200, lambda n: video(alt_text=x(n)), "/alt_text"),
    ("video title", MESSAGE, 200, lambda n: video(title=p(n)), "/title/text"),
    ("video author", MESSAGE, 50, lambda n: video(author_name=x(n)), "/author_name"),
    ("video description", MESSAGE, 200, lambda n: video(description=p(n)), "/description/text"),
    ("video provider", MESSAGE, 50, lambda n: video(provider_name=x(n)), "/provider_name"),
    ("list indent", MESSAGE, 8, lambda n: listed(indent=n), "/elements/0/indent"),
    ("list border", MESSAGE, 1, lambda n: listed(border=n), "/elements/0/border"),
]


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


@pytest.mark.parametrize(("name", "surface", "limit", "build", "pointer"), BLOCK_LIMITS)
def test_a_blocks_limit(name: str, surface: str, limit: int, build: Build, pointer: str) -> None:
    assert check_blocks([build(limit)], surface) == []
    assert [problem.pointer for problem in check_blocks([build(limit + 1)], surface)] == [f"/blocks/0{pointer}"]


VIEW_LIMITS: list[tuple[str, int, Build, str]] = [
    ("title", 24, lambda n: modal(title=p(n)), "/view/title/text"),
    ("submit", 24, lambda n: modal(submit=p(n)), "/view/submit/text"),
    ("close", 24, lambda n: modal(close=p(n)), "/view/close/text"),
    ("private_metadata", 3000, lambda n: modal(private_metadata=x(n)), "/view/private_metadata"),
    ("callback_id", 255, lambda n: modal(callback_id=x(n)), "/view/callback_id"),
    ("external_id", 255, lambda n: modal(external_id=x(n)), "/view/external_id"),
    ("modal blocks", 100, lambda n: modal(*[{"type": "divider"}] * n), "/view/blocks"),
    ("home blocks", 100, lambda n: {"type": "home", "blocks": [{"type": "divider"}] * n}, "/view/blocks"),
]


@pytest.mark.parametrize(("name", "limit", "build", "pointer"), VIEW_LIMITS)
def test_a_views_limit(name: str, limit: int, build: Build, pointer: str) -> None:
    assert check_view(build(limit)) == []
    assert [problem.pointer for problem in check_view(build(limit + 1))] == [pointer]


TOGETHER: list[tuple[str, int, Build]] = [
    ("blocks of a message", 50, lambda n: [{"type": "divider"}] * n),
    (
        "markdown together",
        12_000,
        lambda n: [{"type": "markdown", "text": x(6000)}, {"type": "markdown", "text": x(n - 6000)}],
    ),
    (
        "tables together",
        10_000,
        lambda n: [{"type": "table", "rows": [[cell(x(n - 5))]]}, {"type": "table", "rows": [[cell(x(5))]]}],
    ),
    ("data tables", 20_000, lambda n: [{"type": "data_table", "rows": [[cell(x(n))], [cell("")]]}]),
    ("charts", 2, lambda n: [{"type": "data_visualization", "title": "t", "chart": pie(1)}] * n),
]


@pytest.mark.parametrize(("name", "limit", "build"), TOGETHER)
def test_a_limit_over_all_blocks(name: str, limit: int, build: Build) -> None:
    assert check_blocks(build(limit)) == []
    assert [problem.pointer for problem in check_blocks(build(limit + 1))] == ["/blocks"]


def test_a_view_of_250_kilobytes_is_the_largest() -> None:
    empty = len('{"blocks": ""}')
    assert not view_too_large({"blocks": x(250_000 - empty)})
    assert view_too_large({"blocks": x(250_001 - empty)})


def test_text_length_counts_every_text_in_blocks() -> None:
    fields = section(text=mrkdwn(3), fields=[mrkdwn(4), plain("55555")])
    assert text_length([fields, {"type": "markdown", "text": "12"}, button(text=plain("Go"))]) == 3 + 4 + 5 + 2 + 2


def test_homes_have_no_submit() -> None:
    view = {"type": HOME, "blocks": [], "submit": plain("Send")}
    assert [problem.message for problem in check_view(view)] == ["invalid additional property: submit"]
