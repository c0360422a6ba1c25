// What every control has in common.

/** The attributes that tie a field to its label, its hints and itself when drawn anew. */
export function named({ id, label, describedby, key }) {
  return { id, "aria-label": label, "aria-describedby": describedby, data: { key } };
}

/** `listener` after a pause without calls; `now()` calls it at once, `not()` never. */
export function after(pause, listener) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(listener, pause);
  };
  later.not = () => clearTimeout(timer);
  later.now = () => {
    clearTimeout(timer);
    listener();
  };
  return later;
}
