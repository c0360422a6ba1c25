"""The grammar of rich text: sections, lists, preformatted and quotes made of leaves."""

from __future__ import annotations

from sandbox.blocks.objects import BLOCK_ID
from sandbox.blocks.rules import Flag, Items, OneOf, Rule, Shape, Str, Typed, Whole

STYLE = Shape(
    {
        name: Flag()
        for name in (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        )
    }
)
BORDER = OneOf((0, 1))

LEAVES: dict[str, Rule] = {
    "text": Shape({"text": Str(least=1), "style": STYLE}, ("text",)),
    "link": Shape({"url": Str(3000, 1), "text": Str(), "unsafe": Flag(), "style": STYLE}, ("url",)),
    "emoji": Shape(
        {"name": Str(least=1), "unicode": Str(), "skin_tone": Whole(1, 6), "style": STYLE, "url": Str()}, ("name",)
    ),
    "user": Shape({"user_id": Str(least=1), "style": STYLE}, ("user_id",)),
    "usergroup": Shape({"usergroup_id": Str(least=1), "style": STYLE}, ("usergroup_id",)),
    "channel": Shape({"channel_id": Str(least=1), "style": STYLE}, ("channel_id",)),
    "team": Shape({"team_id": Str(least=1), "style": STYLE}, ("team_id",)),
    "broadcast": Shape({"range": OneOf(("here", "channel", "everyone")), "style": STYLE}, ("range",)),
    "date": Shape(
        {"timestamp": Whole(0), "format": Str(least=1), "url": Str(3000), "fallback": Str(), "style": STYLE},
        ("timestamp", "format"),
    ),
    "color": Shape({"value": Str(least=1), "style": STYLE}, ("value",)),
}
INLINE = Items(Typed(LEAVES))

SECTION = Shape({"elements": INLINE}, ("elements",))
PARTS: dict[str, Rule] = {
    "rich_text_section": SECTION,
    "rich_text_list": Shape(
        {
            "elements": Items(Typed({"rich_text_section": SECTION})),
            "style": OneOf(("bullet", "ordered")),
            "indent": Whole(0, 8),
            "offset": Whole(0),
            "border": BORDER,
        },
        ("elements", "style"),
    ),
    "rich_text_preformatted": Shape({"elements": INLINE, "border": BORDER, "language": Str()}, ("elements",)),
    "rich_text_quote": Shape({"elements": INLINE, "border": BORDER}, ("elements",)),
}

RICH_TEXT = Shape({"block_id": BLOCK_ID, "elements": Items(Typed(PARTS))}, ("elements",))
