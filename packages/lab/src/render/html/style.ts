/** Of the page: light and dark, wide and narrow. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#5b6570;--line:#d9dee3;--ground:#fff;--panel:#f6f8fa;--good:#1a7f37;--bad:#c5221f;--doubt:#8a5a00;
--document:#8250df;--script:#bf8700;--stylesheet:#1f6feb;--image:#1a7f37;--font:#a0522d;--fetch:#0b7285;--other:#6e7781;--task:#c5221f}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa5b1;--line:#30363d;--ground:#0d1117;--panel:#161b22;--good:#56d364;--bad:#ff7b72;--doubt:#e3b341;
--document:#bc8cff;--script:#e3b341;--stylesheet:#58a6ff;--image:#56d364;--font:#d2a679;--fetch:#39c5cf;--other:#8b949e;--task:#ff7b72}}
*{box-sizing:border-box}body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem;overflow-wrap:anywhere}h3{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.25rem 0}.dim{color:var(--dim)}.holds,.same,.less{color:var(--good)}.broken,.slower,.more{color:var(--bad)}.unknown,.noisy{color:var(--doubt)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);text-align:left;white-space:nowrap}
th{color:var(--dim);font-weight:600}td.name{white-space:normal;overflow-wrap:anywhere;min-width:12rem}
.film{display:flex;gap:.5rem;overflow-x:auto;padding-bottom:.5rem}.film figure{margin:0;flex:none}.film img{display:block;width:96px;border:1px solid var(--line);border-radius:4px}
figcaption{font-size:.8rem;color:var(--dim);text-align:center}
.waterfall{position:relative;border:1px solid var(--line);border-radius:6px;background:var(--panel);padding:.5rem 0;font-size:.8rem}
.waterfall .row{display:grid;grid-template-columns:minmax(7rem,16rem) 1fr;gap:.5rem;padding:0 .5rem;align-items:center}
.waterfall .label{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.track{position:relative;height:1.1rem}
.bar{position:absolute;top:.2rem;height:.7rem;min-width:2px;border-radius:2px}.mark{position:absolute;top:0;bottom:0;width:1px;background:var(--ink);opacity:.45}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.85rem}.legend i{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;margin-right:.35rem}
details{margin:.5rem 0}summary{cursor:pointer}
@media(max-width:40rem){.waterfall .row{grid-template-columns:6rem 1fr}body{padding:1rem .75rem 3rem}}
`
