#include "evidence/report/sheet.hpp"

namespace sca::evidence {

const char* const page_sheet = R"(
:root { color-scheme: light; --ink: #222; --faint: #5c5c5c; --line: #ddd; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 80rem; color: var(--ink); background: #fff;
  font: 15px/1.45 system-ui, 'DejaVu Sans', sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
nav ul { columns: 2; padding-left: 1.2rem; margin: .3rem 0; }
a { color: #005a8e; }
code { font: .92em 'DejaVu Sans Mono', Consolas, monospace; overflow-wrap: anywhere; }
ul.answer { list-style: none; padding: 0; }
ul.answer li { margin: .15rem 0; }
figure { margin: 0 0 1.5rem; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); }
.origin { color: var(--faint); font-size: .85rem; margin: .2rem 0 .8rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; }
th, td { padding: .2rem .55rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
td.right, th.right { text-align: right; font-variant-numeric: tabular-nums; }
td.right { white-space: nowrap; }
thead th { border-bottom: 2px solid var(--faint); }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible { outline: 2px solid #005a8e; }
th button::after { content: ' \2195'; color: #aaa; }
th[aria-sort=ascending] button::after { content: ' \2191'; color: var(--ink); }
th[aria-sort=descending] button::after { content: ' \2193'; color: var(--ink); }
.verdict { font-weight: 600; }
.good { color: #00603f; } .against { color: #a84a00; } .open { color: #6b4c9a; }
@page { margin: 14mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav, th button::after { display: none; }
  .scroll { overflow: visible; }
  table { font-size: 7.5pt; width: 100%; }
  thead { display: table-header-group; }
  tr, figure { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
)";

const char* const page_script = R"(
for (const button of document.querySelectorAll('th button')) {
  button.addEventListener('click', () => {
    const th = button.parentElement, head = th.parentElement;
    const body = th.closest('table').tBodies[0];
    const column = [...head.children].indexOf(th);
    const sign = th.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    const number = text => { const x = parseFloat(text.replace(/^[^0-9+.-]+/, '')); return isNaN(x) ? null : x; };
    const value = row => row.cells[column].textContent.trim();
    const empty = text => text === '' || text === '-' || text === '\u2212';
    const numeric = th.classList.contains('right');
    const order = (a, b) => {
      const p = value(a), q = value(b);
      if (empty(p) || empty(q)) return empty(p) - empty(q);
      const x = number(p), y = number(q);
      if (numeric && x !== null && y !== null) return sign * (x - y);
      return sign * p.localeCompare(q, 'en', { numeric: true });
    };
    body.append(...[...body.rows].sort(order));
    for (const other of head.children) other.setAttribute('aria-sort', 'none');
    th.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
  });
}
)";

}  // namespace sca::evidence
