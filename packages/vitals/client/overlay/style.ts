/**
 * The panel grows away from the corner of the window that it hangs on: nothing in it moves. With `contain: layout` it would hang on the button instead, outside
 * of the window. As a constructed sheet it needs no exception from a Content-Security-Policy.
 */
export const OVERLAY_STYLE = `
:host { all: initial; position: fixed; inset: auto 12px 12px auto; z-index: 2147483647;
  font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color-scheme: light dark; }
button { font: inherit; cursor: pointer; color: inherit; border: 1px solid; border-radius: 6px; padding: 2px 0; width: 12ch;
  background: light-dark(#fff, #16181d); color: light-dark(#1b1f24, #e6e8eb); border-color: light-dark(#8a919b, #6b7280); }
button:focus-visible { outline: 2px solid light-dark(#0b57d0, #8ab4f8); outline-offset: 2px; }
button.broken { border-color: light-dark(#b3261e, #f2b8b5); color: light-dark(#b3261e, #f2b8b5); }
section { position: fixed; inset: 12px 12px auto auto; width: min(560px, calc(100vw - 50px)); max-height: 80vh;
  overflow: auto; border: 1px solid light-dark(#8a919b, #6b7280); border-radius: 8px; padding: 10px 12px;
  background: light-dark(#fff, #16181d); color: light-dark(#1b1f24, #e6e8eb); }
section[hidden] { display: none; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 1px 8px 1px 0; font-weight: normal; vertical-align: top; }
td:nth-child(2), td:nth-child(3) { text-align: right; white-space: nowrap; }
td:nth-child(4) { overflow-wrap: anywhere; }
tr.broken td, tr.broken th { color: light-dark(#b3261e, #f2b8b5); }
p { margin: 8px 0 0; }
@media (max-width: 560px) {
  tr { display: grid; grid-template-columns: 1fr 9ch 16ch; }
  td:nth-child(4) { grid-column: 1 / -1; padding-left: 2ch; }
  td:nth-child(4):empty { display: none; }
}
`
