// Tables and charts. What is wider than the screen scrolls inside its own frame, which the keyboard reaches.

import { announce, fill, h, newId } from "../dom.js";
import { richText } from "./richtext.js";

/** A table block: its first row names the columns. */
export function table(block) {
  const settings = block.column_settings || [];
  const [head, ...rows] = block.rows;
  const made = h("table", {}, thead(head, settings), tbody(rows, settings));
  return scrolling(made);
}

/** A data_table: as many rows at a time as the app says. */
export function dataTable(block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size || rows.length;
  const pages = Math.ceil(rows.length / size);
  const body = h("tbody");
  const settings = head.map((_, index) => ({ is_wrapped: true, align: isNumeric(rows, index) ? "right" : "left" }));
  const where = h("span", { class: "soft" });
  const show = (page) => {
    const from = page * size;
    fill(
      body,
      rows.slice(from, from + size).map((row) => tr(row, settings, block.row_header_column_index)),
    );
    where.textContent = `Rows ${from + 1} to ${Math.min(from + size, rows.length)} of ${rows.length}`;
    return page;
  };
  show(0);
  const caption = block.caption && h("caption", {}, block.caption);
  const framed = scrolling(h("table", {}, caption, thead(head, settings), body), block.caption);
  return pages < 2 ? framed : h("div", {}, framed, pager(pages, where, show));
}

/** A data_visualization: its numbers as a table beneath its title, with a bar to each where that helps the eye. */
export function chart(block) {
  const { chart: drawn } = block;
  const series = drawn.segments ? [{ name: "Value", data: drawn.segments }] : drawn.series || [];
  const axes = drawn.axis_config || {};
  const points = series.flatMap((one) => one.data);
  const labels = new Set([...(axes.categories || []), ...points.map((point) => point.label)]);
  const most = Math.max(0, ...points.map((point) => Math.abs(point.value)));
  const rows = [...labels].map((label) => chartRow(label, series, most));
  const names = [axes.x_label || "Label", ...series.map((one) => one.name)];
  const head = h(
    "tr",
    {},
    names.map((name) => h("th", { scope: "col" }, name)),
  );
  const about = h("span", { class: "soft" }, [` ${drawn.type} chart`, axes.y_label].filter(Boolean).join(", "));
  const caption = h("caption", {}, block.title, about);
  const table = h("table", { class: "chart" }, caption, h("thead", {}, head), h("tbody", {}, rows));
  return scrolling(table, block.title);
}

function chartRow(label, series, most) {
  const values = series.map((one) => one.data.find((point) => point.label === label)?.value);
  const cells = values.map((value) => amount(value, most));
  return h("tr", {}, h("th", { scope: "row" }, label), cells);
}

/** "Table: Name, Amount": what tells one table from another for those who hear it. */
function columns(made) {
  const names = [...made.querySelectorAll("thead tr > *")].map((one) => one.textContent).filter(Boolean);
  return ["Table", names.join(", ")].filter(Boolean).join(": ").slice(0, 100);
}

/** A frame that scrolls, by keyboard too, and says what it holds. No landmark: a conversation may have many. */
export function scrolling(made, label = columns(made)) {
  return h("div", { class: "table-frame", role: "group", "aria-label": label, tabindex: "0" }, made);
}

function thead(row, settings) {
  return h(
    "thead",
    {},
    h(
      "tr",
      {},
      row.map((one, index) => cell("th", one, settings[index], "col")),
    ),
  );
}

function tbody(rows, settings) {
  return h(
    "tbody",
    {},
    rows.map((row) => tr(row, settings)),
  );
}

function tr(row, settings, header = -1) {
  return h(
    "tr",
    {},
    row.map((one, index) =>
      cell(index === header ? "th" : "td", one, settings[index], index === header ? "row" : null),
    ),
  );
}

function cell(tag, one, setting, scope) {
  const align = setting?.align && setting.align !== "left" ? `cell-${setting.align}` : "";
  const kept = setting?.is_wrapped ? "" : "cell-kept";
  const inside = content(one);
  const named = tag === "th" && inside !== ""; // an empty corner heads no column
  return h(named ? "th" : "td", { class: `${align} ${kept}`.trim() || null, scope: named ? scope : null }, inside);
}

function content(one) {
  if (one.type === "rich_text") return richText(one);
  return one.type === "raw_number" ? one.text || Number(one.value).toLocaleString("en-GB") : one.text;
}

function isNumeric(rows, index) {
  return rows.every((row) => !row[index] || row[index].type === "raw_number");
}

function amount(value, most) {
  if (value === undefined) return h("td", {}, "–");
  const bar = h("span", { class: "chart-bar", "aria-hidden": "true" });
  bar.style.width = `${most ? (Math.abs(value) / most) * 6 : 0}rem`;
  return h("td", {}, h("span", { class: "chart-number" }, value.toLocaleString("en-GB")), bar);
}

function pager(pages, where, show) {
  let page = 0;
  const step = (by) => {
    page = show(page + by);
    back.setAttribute("aria-disabled", String(page === 0));
    on.setAttribute("aria-disabled", String(page === pages - 1));
    announce(where.textContent);
  };
  const turn = (by) => () => {
    if (page + by >= 0 && page + by < pages) step(by);
  };
  const back = h(
    "button",
    { type: "button", id: newId("turn"), "aria-disabled": "true", on: { click: turn(-1) } },
    "Earlier rows",
  );
  const on = h("button", { type: "button", id: newId("turn"), on: { click: turn(1) } }, "More rows");
  return h("div", { class: "table-pager" }, back, on, where);
}
