"""What Slack means by each refusal, and what an app does about it, in a sentence."""

from __future__ import annotations

from typing import Any

REFUSALS = {
    # who calls
    "not_authed": "The call carries no token; send it as `Authorization: Bearer …`.",
    "invalid_auth": "The token is not one of this workspace; take it from the app's installation here.",
    "not_allowed_token_type": "This takes the other kind of token; the app-level one only opens sockets.",
    "missing_scope": "The app lacks a scope that this needs; add it to the manifest and install again.",
    "token_revoked": "The app was removed or its token withdrawn; nothing works until it is installed again.",
    "token_expired": "The token's time is over; refresh it, or install the app again.",
    "invalid_ticket": "This socket address was used before or is too old; ask apps.connections.open for another.",
    "socket_mode_not_enabled": "Socket Mode is switched off for this app; switch it on, or use HTTP.",
    # the call itself
    "unknown_method": "There is no such method, or the sandbox does not play it; look at the spelling.",
    "invalid_json": "The body is not the JSON that its content type promises; nothing was read.",
    "json_not_object": "The body is JSON but no object; send the arguments by name.",
    "invalid_arguments": "An argument is missing or breaks a rule; the messages name it.",
    "invalid_limit": "The limit is not a number that this method allows.",
    "invalid_cursor": "The cursor is not one that this method gave out; begin again without one.",
    "invalid_types": "One of the conversation types asked for does not exist.",
    "invalid_ts_oldest": "The oldest moment is not a time stamp such as 1700000000.000100.",
    "invalid_ts_latest": "The latest moment is not a time stamp such as 1700000000.000100.",
    "ratelimited": "Too many calls in too short a time; wait the seconds of Retry-After before calling this again.",
    # Slack's own trouble
    "internal_error": "Slack failed and may have done part of it; look before doing it again.",
    "fatal_error": "Slack failed badly and may have done part of it; look before doing it again.",
    "request_timeout": "The body did not arrive in time; send it again.",
    "service_unavailable": "Slack is not to be had for the moment; try again later, more slowly each time.",
    # conversations and people
    "channel_not_found": "There is no such conversation, or it is private and the app is not in it.",
    "not_in_channel": "The app is not in this channel; have it invited, or answer the person another way.",
    "is_archived": "The channel is archived; nothing can be changed in it, so tell the person elsewhere.",
    "user_not_found": "There is no such person in this workspace; look the id up anew.",
    "users_not_found": "Nobody here has that address, or the account is deactivated.",
    "user_disabled": "The account is deactivated; take the person off the list.",
    "user_not_in_channel": "The person is not in that conversation, so nothing can be shown to them there.",
    "not_authorized": "Only whoever made the channel may do this to it; ask them.",
    "already_archived": "The channel is archived already; treat it as done.",
    "cant_archive_general": "The workspace's general channel can't be archived; take another.",
    "cant_leave_general": "Nobody leaves the workspace's general channel; take another.",
    "cant_kick_from_general": "Nobody is removed from the workspace's general channel; take another.",
    "cant_kick_self": "The app can't remove itself; it leaves.",
    "last_member": "The app is the last one in the channel; archive it instead.",
    "cant_invite": "That account is deactivated or a bot and can't be invited; take it off the list.",
    "ura_max_channels": "A single-channel guest is in a channel already and can be in no other; ask an administrator.",
    "name_taken": "A channel has that name already, perhaps an archived one; take another name.",
    "invalid_name_required": "The channel's name is empty or only signs; give it one.",
    "invalid_name_maxlength": "The channel's name is longer than 80 characters; shorten it.",
    "invalid_name_punctuation": "The channel's name is nothing but punctuation; use letters or digits.",
    "invalid_name_specials": "The channel's name has capitals, spaces or signs; use small letters, digits, - and _.",
    "too_long": "A topic or purpose is longer than 250 characters; shorten it.",
    "users_list_not_supplied": "No person was named; give one id or more.",
    "no_user": "No person was named; give one id or more.",
    "too_many_users": "More people than Slack takes in one call; make several.",
    "already_in_channel": "The person is in the channel already; treat it as done.",
    "cant_invite_self": "The app can't invite itself; it joins, or somebody invites it.",
    "cannot_dm_bot": "Bots can't be written to directly; take a person's id.",
    "method_not_supported_for_channel_type": "This can't be done in this kind of conversation; look at its type first.",
    "bot_not_found": "There is no such bot; there is only the app's own here.",
    # messages
    "no_text": "The message has nothing to show; give text or blocks, and always text for notifications.",
    "msg_too_long": "The text is beyond 40,000 characters; say less, or attach a file.",
    "msg_blocks_too_long": "The blocks hold more text than a message takes; say less, or send several messages.",
    "message_not_found": "There is no such message in this conversation, or only one person ever saw it.",
    "already_reacted": "The app's reaction is on this message already; nothing is left to do.",
    "no_reaction": "The app has no such reaction on this message, so there is none to take back.",
    "too_many_emoji": "The message has as many different reactions as it can carry.",
    "invalid_name": "That is no emoji's name; give it without colons, such as thumbsup.",
    "no_item_specified": "The call does not say which message; give its channel and its time stamp.",
    "already_pinned": "The message is pinned already; nothing is left to do.",
    "no_pin": "The message is not pinned, so there is no pin to take away.",
    "too_many_pins": "The channel has as many pins as it can carry; take one away first.",
    "thread_not_found": "There is no message that this thread could hang on.",
    "cant_update_message": "Only the app's own messages can be changed; post a new one.",
    "cant_delete_message": "Only the app's own messages can be deleted; leave this one.",
    "messages_tab_disabled": "The app's messages tab is off and takes nothing; switch it on in the manifest.",
    "as_user_not_supported": "A bot writes as itself; leave as_user away.",
    "markdown_text_conflict": "Markdown text stands alone; give it without text and blocks.",
    "is_inactive": "The channel is archived, so its messages stay as they are; post elsewhere.",
    "invalid_channel": "There is no such conversation to list for; look the id up anew.",
    "invalid_time": "The moment to post is no number of Unix seconds; give whole seconds.",
    "time_in_past": "The moment to post is over; post now, or name a later one.",
    "time_too_far": "The moment to post is more than 120 days ahead; keep it and schedule it later.",
    "restricted_too_many": "Too many messages are scheduled there for the same five minutes; spread them.",
    "invalid_scheduled_message_id": "No such message is waiting, or it goes within a minute and stays.",
    "invalid_blocks": "A block breaks a rule; the errors name the rule and the place.",
    "invalid_blocks_format": "The blocks are not a list, nor JSON text of one.",
    "invalid_attachments": "The attachments are not a list of objects, nor JSON text of one.",
    "too_many_attachments": "More than 100 attachments; use blocks.",
    "invalid_metadata_format": "Metadata needs an event_type and an event_payload that is an object.",
    "metadata_too_large": "The metadata is too large; keep the data at home and send a reference.",
    # files
    "file_not_found": "There is no such file, or its upload was never completed; upload it again.",
    "file_deleted": "The file was deleted; treat it as gone.",
    "file_upload_size_restricted": "The file is larger than Slack takes; send less, or several.",
    "snippet_too_large": "A snippet is at most a megabyte; send it as a plain file.",
    "alt_txt_too_large": "The description of the picture is longer than 1,000 characters; shorten it.",
    "channels_limit_exceeded": "The file is shared to more channels at once than Slack takes; share it in turn.",
    # views
    "invalid_view": "The view breaks a rule; the errors name the rule and the place.",
    "invalid_message": "The message breaks a rule; the errors name the rule and the place.",
    "view_too_large": "The view is beyond 250 kilobytes; show less, or a page at a time.",
    "not_found": "There is no such view, or it was closed meanwhile; open one when the person acts again.",
    "hash_conflict": "The view was changed since this hash was read; read and draw it anew, never just try again.",
    "duplicate_external_id": "Another view has this external_id already; make it unique for each view.",
    "push_limit_reached": "Three modals lie on each other and Slack allows no more; update the one on top.",
    "not_enabled": "The app's home tab is switched off; switch it on in the manifest.",
    "invalid_trigger_id": "That is no trigger id that Slack gave out; pass it on exactly as it came.",
    "expired_trigger_id": "Three seconds have passed since the person acted; open first, look things up afterwards.",
    "exchanged_trigger_id": "This trigger id has opened something already; each one opens one modal.",
    # answers
    "invalid_response_action": "The modal's answer is none of errors, update, push and clear; the person sees trouble.",
    "invalid_response_errors": "Errors are texts by the block_id of that modal's inputs; the person sees trouble.",
    "invalid_payload": "What came to the response URL is not a JSON object.",
    "no_such_url": "Slack never gave out this response URL; pass it on exactly as it came.",
    "expired_url": "The response URL is older than thirty minutes; post a message instead.",
    "used_url": "The response URL was used five times already; post a message instead.",
}

OUTCOMES = {
    "acked": "The app acknowledged in time.",
    "waiting": "It was sent, and the app has not acknowledged yet.",
    "timeout": "The app did not acknowledge in time, and the person was told; acknowledge first, work later.",
    "no_connection": "There was nobody to send it to, and the person was told; an event is told again later.",
    "refused": "The app's address did not take it, so the person was told that the app failed.",
    "opened": "The app connected; from now on this socket gets its share of what happens.",
    "closed": "The socket has ended; what was sent on it and not acknowledged is lost, but events are told again.",
    "late ack": "This acknowledgement came too late and counts for nothing; the person was told already.",
    "repeated or unknown ack": "This was acknowledged before, or never sent; it counts for nothing.",
    "not an acknowledgement": "The app said something on its socket that is no acknowledgement; it counts for nothing.",
    "gone while sending": "The socket ended as this was being sent, so nobody will acknowledge it.",
    "no answer": "The connection ended without an answer, and it may have been done; look before doing it again.",
    "down": "Slack is down; try again later, more slowly each time.",
}


def explain(code: str, answer: Any = None) -> str:
    """What a refusal's code or an envelope's outcome means; `answer` is the body or log entry with its particulars."""
    told = REFUSALS.get(code) or OUTCOMES.get(code) or "Slack refused this, with a word of its own."
    particulars = _particulars(answer) if isinstance(answer, dict) else []
    return " ".join([told, *particulars])


def _particulars(answer: dict[str, Any]) -> list[str]:
    """The scope that is needed, the messages of a validator, or why an envelope came to nothing."""
    notes = (answer.get("response_metadata") or {}).get("messages") or []
    told = [str(note).removeprefix("[ERROR] ") + "." for note in notes]
    if answer.get("needed"):
        told.append(f"Needed: {answer['needed']}.")
    if answer.get("why"):
        told.append(f"The app: {answer['why']}.")
    return told
