// What is being made to fail, in words.

import { shortDay, timeOf } from "../when.js";

const SENTENCES = {
  latency: (rule) => `Answers to ${calls(rule)} take ${seconds(rule)} longer`,
  lost: (rule) => `Slack carries out ${calls(rule)}, but the answer is lost`,
  reset: (rule) => `The connection breaks at ${calls(rule)}, and nothing is done`,
  ratelimited: (rule) => `Slack answers ${calls(rule)} with “too many requests, wait ${seconds(rule)}”`,
  error: (rule) => `Slack answers ${calls(rule)} with the error ${rule.code}`,
  http: (rule) => `Slack answers ${calls(rule)} with HTTP ${rule.status}`,
  html: (rule) => `Slack answers ${calls(rule)} with a web page instead of data`,
  delay: (rule) => `${envelopes(rule)} reach the app ${seconds(rule)} late`,
  never: (rule) => `${envelopes(rule)} do not reach the app`,
  ack_lost: (rule) => `${envelopes(rule)} are acknowledged, but Slack does not hear it`,
  twice: (rule) => `${envelopes(rule)} reach the app twice`,
  reorder: (rule) => `${envelopes(rule)} reach the app in the wrong order`,
  outage: () => "Slack is down: no call is answered and no socket can be opened",
};
const ENVELOPES = { slash_commands: "Slash commands", interactive: "Presses and forms", events_api: "Events" };

function calls(rule) {
  return rule.method === "*" ? "every call" : rule.method;
}

function envelopes(rule) {
  return rule.method === "*" ? "Envelopes" : ENVELOPES[rule.method] || rule.method;
}

function seconds(rule) {
  return rule.seconds === 1 ? "1 second" : `${rule.seconds} seconds`;
}

/** "(only the next one)" and the like, and when it is over. */
function howLong({ times, after, ends }) {
  const only = times === 1 ? " (only the next one)" : times ? ` (only the next ${times})` : "";
  const later = after ? `, after ${after} more` : "";
  return `${only}${later}.${ends ? ` ${endsAt(new Date(ends * 1000).toISOString())}` : ""}`;
}

function endsAt(moment) {
  return `It ends by itself on ${shortDay(moment)} at ${timeOf(moment)}.`;
}

/** A rule as a sentence; one of a kind that this page does not know yet by its name. */
export function ruleInWords(rule) {
  const words = SENTENCES[rule.kind];
  return (words ? words(rule) : `${rule.kind}: ${calls(rule)}`) + howLong(rule);
}

/** Everything in force, a sentence each. A rule that has struck as often as it should is over. */
export function inForce(config, connections) {
  const found = (config.faults || []).filter((rule) => rule.times !== 0).map(ruleInWords);
  if (config.socket_mode === false) found.push("Socket Mode is switched off: the app can't connect.");
  if (config.token_error) found.push(`Every call is refused with ${config.token_error}.`);
  if (connections.ghosts?.length) found.push("There is a ghost connection: its share of the envelopes is lost.");
  if (connections.half_open?.length) found.push("A socket is half-open: it looks open, but nothing gets through it.");
  return found;
}
