"""views.*: modals and home tabs."""

from __future__ import annotations

from sandbox import views
from sandbox.errors import SlackError, invalid_arguments
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.triggers import Trigger
from sandbox.web_api.methods import Args, method

OPENED = ("duplicate_external_id", "exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id", "view_too_large")
CHANGED = ("duplicate_external_id", "hash_conflict", "view_too_large")


@method("views.open", errors=OPENED)
def open_view(slack: Slack, args: Args) -> Json:
    """Open a modal; spends the trigger."""
    view = views.read_view(args.given.get("view"), "modal")
    trigger = _trigger(slack, args)
    return {"view": views.show(slack, views.open_modal(slack, trigger.user, view, trigger.channel))}


@method("views.push", errors=(*OPENED, "not_found", "push_limit_reached"))
def push_view(slack: Slack, args: Args) -> Json:
    """Push a modal; the trigger must come from a modal."""
    view = views.read_view(args.given.get("view"), "modal")
    trigger = _trigger(slack, args)
    if trigger.view_id is None:
        raise SlackError("not_found")
    return {"view": views.show(slack, views.push(slack, trigger.user, view))}


@method("views.update", errors=(*CHANGED, "not_found"))
def update_view(slack: Slack, args: Args) -> Json:
    """Replace the content of an open view."""
    view = views.read_view(args.given.get("view"))
    found = views.find(slack, args.text("view_id"), args.text("external_id"))
    if view["type"] != found.type:
        raise invalid_arguments(f"unsupported type: {view['type']} [json-pointer:/view/type]")
    return {"view": views.show(slack, views.update(slack, found, view, args.text("hash")))}


@method("views.publish", errors=(*CHANGED, "not_enabled"))
def publish_view(slack: Slack, args: Args) -> Json:
    """Show a person's home tab."""
    user = slack.world.users.get(args.need("user_id"))
    if not slack.config.home_tab:
        raise SlackError("not_enabled")
    if user is None or user.is_bot:
        raise invalid_arguments("invalid user_id [json-pointer:/user_id]")
    view = views.read_view(args.given.get("view"), "home")
    return {"view": views.show(slack, views.publish(slack, user.id, view, args.text("hash")))}


def _trigger(slack: Slack, args: Args) -> Trigger:
    return slack.triggers.use(args.need("trigger_id"))
