/** The styles of the panel, for a shadow root of its own. */
export const devtoolsCss = `
:host {
  color-scheme: light dark;
  --ground: #fbfbfd; --raised: #fff; --sunken: #f0f1f6; --line: #dfe1ea;
  --ink: #1c2030; --muted: #5d6478; --accent: #4b50d6; --hover: #eef0fa;
  --good: #0b7a53; --good-soft: #d8f3e7; --busy: #8a5a00; --busy-soft: #fdefc9;
  --bad: #b3261e; --bad-soft: #fde3e0; --idle: #5d6478; --idle-soft: #e8eaf1;
  --info: #2452b8; --info-soft: #dfe9fd;
  --shadow: 0 -8px 32px rgb(20 24 50 / 16%), 0 0 0 1px rgb(20 24 50 / 6%);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  all: initial;
}
@media (prefers-color-scheme: dark) {
  :host {
    --ground: #12141d; --raised: #191c28; --sunken: #0d0f16; --line: #2a2e3f;
    --ink: #e7e9f3; --muted: #9aa1b8; --accent: #a3a7ff; --hover: #1f2333;
    --good: #5fd6a5; --good-soft: #12352a; --busy: #f0c060; --busy-soft: #3a2d10;
    --bad: #ff938a; --bad-soft: #431d1b; --idle: #9aa1b8; --idle-soft: #262a3a;
    --info: #8fb4ff; --info-soft: #1a2b50;
    --shadow: 0 -8px 32px rgb(0 0 0 / 50%), 0 0 0 1px rgb(255 255 255 / 7%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
.dock {
  position: fixed; inset: auto 0 0; z-index: 99999; pointer-events: none;
  color: var(--ink); font: 12px/1.5 ui-sans-serif, system-ui, sans-serif;
}
.dock[data-open="false"][data-position^="top"] { inset: 0 0 auto; }
.dock > * { pointer-events: auto; }
button, input, select { font: inherit; color: inherit; }
button { cursor: pointer; border: 0; background: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.toggle {
  position: absolute; display: inline-flex; align-items: center; gap: 7px; bottom: 14px;
  padding: 7px 12px; border-radius: 999px; background: var(--raised); color: var(--accent);
  font-weight: 650; box-shadow: 0 2px 10px rgb(20 24 50 / 18%), 0 0 0 1px var(--line);
}
.dock[data-position$="left"] .toggle { left: 14px; }
.dock[data-position$="right"] .toggle { right: 14px; }
.dock[data-position^="top"] .toggle { bottom: auto; top: 14px; }
.dock[data-open="true"] .toggle {
  inset: 6px auto auto 8px; z-index: 1; height: 30px; padding: 0 8px; border-radius: 7px;
  background: none; box-shadow: none;
}
.toggle:hover { background: var(--hover); }
.toggle i { width: 8px; height: 8px; border-radius: 50%; background: var(--idle); }
.toggle i[data-status="connected"] { background: var(--good); }
.toggle i[data-status$="connecting"] { background: var(--busy); animation: pulse 1s infinite alternate; }
.toggle i[data-status="suspended"], .toggle i[data-status="closed"] { background: var(--bad); }
@keyframes pulse { to { opacity: 0.3; } }
.panel {
  display: flex; flex-direction: column; height: min(46vh, 440px); min-height: 240px;
  overflow: hidden; border-radius: 12px 12px 0 0; background: var(--ground); box-shadow: var(--shadow);
}
header {
  display: flex; align-items: center; gap: 4px; min-height: 42px; padding: 0 8px 0 132px;
  background: var(--raised);
}
.tabs { display: flex; gap: 2px; flex: 1; overflow-x: auto; align-self: stretch; }
.tabs button { padding: 0 11px; color: var(--muted); font-weight: 550; border-bottom: 2px solid transparent; }
.tabs button:hover { color: var(--ink); }
.tabs button[aria-selected="true"] { color: var(--ink); border-color: var(--accent); }
.tools { display: flex; gap: 4px; }
.tools button {
  min-width: 58px; padding: 4px 10px; border-radius: 7px; color: var(--muted);
  box-shadow: inset 0 0 0 1px var(--line);
}
.tools button:hover { color: var(--ink); background: var(--hover); }
.tools button[aria-pressed="true"] { color: var(--busy); background: var(--busy-soft); box-shadow: none; }
.strip { position: relative; flex: none; height: 5px; overflow: hidden; background: var(--sunken); }
.strip i { position: absolute; inset-block: 0; min-width: 2px; background: var(--idle); }
i[data-tone="good"] { background: #22b07d; }
i[data-tone="busy"] { background: #f2b233; }
i[data-tone="bad"] { background: #e5544a; }
.view { flex: 1; overflow: auto; overscroll-behavior: contain; }
.bar {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 6px;
  padding: 8px 12px; background: var(--ground); border-bottom: 1px solid var(--line);
}
input, select {
  height: 28px; padding: 0 9px; border: 1px solid var(--line); border-radius: 7px;
  background: var(--raised); min-width: 0; max-width: 180px;
}
input::placeholder { color: var(--muted); opacity: 1; }
.sum { margin-left: auto; color: var(--muted); font-variant-numeric: tabular-nums; }
.empty { margin: 0; padding: 28px 12px; text-align: center; color: var(--muted); }
ol { margin: 0; padding: 0; list-style: none; }
.rows > li { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 32px; }
.row { width: 100%; padding: 5px 12px; text-align: left; align-items: center; column-gap: 12px; row-gap: 3px; }
button.row:hover, button.row[aria-expanded="true"] { background: var(--hover); }
.event-row {
  display: grid;
  grid-template-columns: 84px minmax(130px, 170px) minmax(90px, 150px) 48px 60px minmax(0, 1fr);
}
.event-row .words { grid-column: 4 / -1; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; color: var(--muted); }
.connection-row, .request-row { display: flex; }
.grow { flex: 1; min-width: 0; color: var(--muted); overflow-wrap: anywhere; }
.preview { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; font: 11px/1.6 var(--mono); }
time, .number { color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap; }
.number { text-align: right; }
.bytes { color: var(--ink); }
.name { font-weight: 620; overflow-wrap: anywhere; }
.name[data-delivery]::before {
  content: ""; display: inline-block; width: 7px; height: 7px; margin-right: 7px; border-radius: 2px;
  background: var(--accent);
}
.name[data-delivery="latest"]::before { border-radius: 50%; background: #22b07d; }
.name[data-delivery="volatile"]::before { border-radius: 50%; background: var(--idle); }
em {
  margin-left: 6px; padding: 0 5px; border-radius: 4px; font-style: normal; font-weight: 500;
  font-size: 11px; background: var(--idle-soft); color: var(--idle);
}
.room { font: 11px/1.6 var(--mono); color: var(--muted); overflow-wrap: anywhere; }
.words, .room { min-width: 0; }
.chips { display: flex; flex-wrap: wrap; gap: 4px; min-width: 0; margin: 0; color: var(--muted); }
.chip, .pill {
  padding: 1px 7px; border-radius: 999px; font-size: 11px; line-height: 17px; white-space: nowrap;
  background: var(--idle-soft); color: var(--idle);
}
.chip b { font-weight: 620; color: var(--ink); }
.chip { overflow: hidden; text-overflow: ellipsis; max-width: 100%; }
.chip[data-kind="stale"] { background: var(--busy-soft); color: var(--busy); }
.chip[data-kind="fetched"] { background: var(--info-soft); color: var(--info); }
.chip[data-kind="patched"] { background: var(--good-soft); color: var(--good); }
.chip[data-kind="failed"] { background: var(--bad-soft); color: var(--bad); }
.pill { font-weight: 600; }
.pill[data-tone="good"] { background: var(--good-soft); color: var(--good); }
.pill[data-tone="busy"] { background: var(--busy-soft); color: var(--busy); }
.pill[data-tone="bad"] { background: var(--bad-soft); color: var(--bad); }
.details {
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px 20px;
  padding: 8px 12px 12px; background: var(--sunken);
}
pre {
  margin: 0; padding: 8px 10px; overflow: auto; max-height: 260px; border-radius: 7px;
  background: var(--raised); font: 11px/1.55 var(--mono);
}
.note { margin: 0; color: var(--muted); }
dl { margin: 0 0 8px; }
dl div { display: flex; gap: 10px; }
dt { flex: none; width: 64px; color: var(--muted); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 12px; text-align: left; font-weight: 400; border-bottom: 1px solid var(--line); }
thead th { position: sticky; top: 0; background: var(--ground); color: var(--muted); font-size: 11px; }
tbody th { font-weight: 620; }
.epoch { font: 11px/1.6 var(--mono); color: var(--muted); }
@media (max-width: 760px) {
  .panel { height: 62vh; }
  header { flex-wrap: wrap; padding: 6px 8px 0 132px; }
  .tabs { order: 1; flex: 0 0 calc(100% + 124px); height: 34px; margin-left: -124px; }
  .tools { margin-left: auto; padding-bottom: 2px; }
  .sum { margin-left: 0; flex-basis: 100%; }
  input, select { flex: 1 1 90px; }
  .event-row { grid-template-columns: auto 1fr auto auto; }
  .event-row .room { grid-row: 2; grid-column: 2 / -1; }
  .event-row .name { min-width: 0; }
  .event-row time { grid-row: 1; }
  .event-row .words, .event-row .chips { grid-column: 1 / -1; }
  .connection-row, .request-row { flex-wrap: wrap; }
  .connection-row .grow, .request-row .grow { flex-basis: 100%; order: 1; }
  .details { grid-template-columns: minmax(0, 1fr); }
  thead { position: absolute; clip-path: inset(50%); }
  table, tbody { display: block; }
  tbody tr { display: flex; flex-wrap: wrap; gap: 2px 12px; padding: 8px 12px; border-bottom: 1px solid var(--line); }
  tbody th, td { padding: 0; border: 0; }
  tbody th { flex-basis: 100%; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--muted); }
}
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important; }
}
`;
