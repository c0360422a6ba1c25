// The page's two ways to the server: looking (/_page) and acting (/_control), the same control API that tests use.

/** The server refused; `message` is the sentence to show. */
export class Refused extends Error {}

async function answer(response) {
  let said = null;
  try {
    said = await response.json();
  } catch {
    throw new Refused("The practice workspace gave an answer that can't be read. Reload the page.");
  }
  if (!response.ok) throw new Refused(said.error || "The practice workspace refused that.");
  return said;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("The practice workspace does not answer. It may have been ended where it was started.");
  }
  return answer(response);
}

/** GET /_page/<name> with a query. Raises Refused. */
export function look(name, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return ask(`/_page/${name}?${new URLSearchParams(given)}`);
}

/** POST /_control/<name> with a JSON body; what a person does comes back as an outcome. Raises Refused. */
export function act(name, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return ask(`/_control/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
}
