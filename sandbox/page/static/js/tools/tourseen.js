// What the browser remembers of tours: which were seen, and where one goes on after a load of the page.

/** A browser may forbid a page to remember: then it offers again. */
export function remember(seat) {
  try {
    localStorage.setItem(`tour-seen:${seat}`, "yes");
  } catch {
    return;
  }
}

/** Where the tour goes on when the page has been loaded anew: once. */
export function resumeAt(place) {
  try {
    if (place) sessionStorage.setItem("tour-at", JSON.stringify(place));
    else sessionStorage.removeItem("tour-at");
  } catch {
    return;
  }
}

/** Where it was, if it was left for a load of the page. */
export function wasAt() {
  try {
    const place = JSON.parse(sessionStorage.getItem("tour-at"));
    sessionStorage.removeItem("tour-at");
    return place;
  } catch {
    return null;
  }
}

/** Whether this seat's tour was shown or refused. */
export function wasSeen(seat) {
  try {
    return localStorage.getItem(`tour-seen:${seat}`) !== null;
  } catch {
    return false;
  }
}
