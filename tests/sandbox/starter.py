"""A starter app as Bolt's own documentation has a newcomer write it. Run as a process of its own.

Only the client's address is not Slack's. With PORT it serves HTTP there, else it connects by Socket Mode.
"""

from __future__ import annotations

import os
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

NAME = os.environ.get("NAME", "starter")
FORM = {
    "type": "modal",
    "callback_id": "lunch",
    "title": {"type": "plain_text", "text": "Lunch"},
    "submit": {"type": "plain_text", "text": "Order"},
    "blocks": [
        {
            "type": "input",
            "block_id": "dish",
            "label": {"type": "plain_text", "text": "Dish"},
            "element": {"type": "plain_text_input", "action_id": "name"},
        },
        {
            "type": "input",
            "block_id": "place",
            "optional": True,
            "label": {"type": "plain_text", "text": "Where"},
            "element": {"type": "external_select", "action_id": "place", "min_query_length": 1},
        },
    ],
}

app = App(
    token=os.environ["SLACK_BOT_TOKEN"],
    signing_secret=os.environ["SLACK_SIGNING_SECRET"],
    client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
)


@app.message("hello")
def say_hello(message: dict[str, Any], say: Any) -> None:
    button = {"type": "button", "action_id": "click", "text": {"type": "plain_text", "text": "Click me"}}
    text = f"Hey there <@{message['user']}>! ({NAME})"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}, "accessory": button}
    say(text=text, blocks=[section])


@app.event("app_mention")
def say_which_attempt(say: Any, request: Any) -> None:
    say(f"attempt {request.headers.get('x-slack-retry-num', ['none'])[0]}")


@app.action("click")
def button_clicked(ack: Any, body: dict[str, Any], say: Any) -> None:
    ack()
    say(f"<@{body['user']['id']}> clicked the button")


@app.command("/lunch")
@app.shortcut("lunch")
def open_form(ack: Any, body: dict[str, Any], client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=FORM)


@app.command("/who")
def tell_who(ack: Any) -> None:
    ack(NAME)


@app.options("place")
def offer_places(ack: Any, payload: dict[str, Any]) -> None:
    ack(options=[{"text": {"type": "plain_text", "text": f"Café {payload['value']}"}, "value": payload["value"]}])


@app.view("lunch")
def order(ack: Any, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
    values = view["state"]["values"]
    dish = values["dish"]["name"]["value"]
    if len(dish) < 3:
        ack(response_action="errors", errors={"dish": "Say more than that"})
        return
    ack()
    place = (values["place"]["place"]["selected_option"] or {"value": "nowhere"})["value"]
    client.chat_postMessage(channel=body["user"]["id"], text=f"{dish} at {place}")


@app.event("app_home_opened")
def publish_home(event: dict[str, Any], client: WebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "Welcome home"}}]
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


if __name__ == "__main__":
    if "PORT" in os.environ:
        app.start(port=int(os.environ["PORT"]))
    else:
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()  # type: ignore[no-untyped-call]
