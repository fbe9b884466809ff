(() => {
'use strict';
const root = document.documentElement, $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
root.classList.add('js');

// Colour scheme: automatic, light, dark.
const button = $('#theme'), names = {'': 'automatic', light: 'light', dark: 'dark'}, signs = {'': '◐', light: '☀', dark: '☾'};
const scheme = value => { value ? root.dataset.theme = value : delete root.dataset.theme; if (button) { button.textContent = signs[value]; button.setAttribute('aria-label', 'Colour scheme: ' + names[value]); } };
let chosen = ''; try { chosen = localStorage.getItem('dateline-scheme') || ''; } catch { /* A file opened from disk may have no storage. */ }
if (!(chosen in names)) chosen = '';
scheme(chosen);
if (button) button.onclick = () => { chosen = {'': 'light', light: 'dark', dark: ''}[chosen]; scheme(chosen); try { localStorage.setItem('dateline-scheme', chosen); } catch { /* As above. */ } };

// Long tables show their first rows; more on demand, and whatever a link points to.
const limits = new Map();
for (const table of $$('[data-more]')) {
  const rows = table.tBodies ? $$('tbody tr', table) : [...table.children], step = +table.dataset.more, more = document.createElement('button');
  let shown = step;
  more.type = 'button';
  const state = {filter: () => true, draw() {
    let n = 0;
    for (const row of rows) { const fits = state.filter(row); if (fits) n++; row.hidden = !fits || n > shown; }
    more.hidden = n <= shown; more.textContent = `Show more (${(n - shown).toLocaleString('en')} left)`;
    return n;
  }, reset() { shown = step; return state.draw(); }, all() { shown = Infinity; state.draw(); }};
  more.onclick = () => { const first = rows.find(r => r.hidden && state.filter(r)); shown += step * 5; state.draw(); if (first) { first.tabIndex = -1; first.focus(); } };
  limits.set(table, state);
  (table.closest('.table') || table).after(more);
  state.draw();
}
const reveal = row => { const state = limits.get(row.closest('table')); if (row.hidden && state) { state.filter = () => true; if (find) { find.value = ''; kind.value = ''; } state.draw(); row.hidden = false; } };
const find = $('#find'), kind = $('#kind'), found = $('#found');
const text = new WeakMap(), words = row => { let t = text.get(row); if (t === undefined) { t = row.textContent.toLowerCase(); text.set(row, t); } return t; };
const fits = (row, query) => query.every(w => words(row).includes(w));
const query = box => box.value.toLowerCase().split(/[\s,]+/).filter(Boolean);
if (find) {
  const state = limits.get($('#evidence'));
  const search = () => { const q = query(find), k = kind.value; state.filter = r => (!k || r.dataset.kind === k) && fits(r, q); const n = state.reset(); found.textContent = q.length || k ? `${n.toLocaleString('en')} found` : ''; };
  find.oninput = search; kind.onchange = search;
}
const go = () => { const row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1))); if (row && row.tagName === 'TR') { reveal(row); row.scrollIntoView({block: 'center'}); row.tabIndex = -1; row.focus({preventScroll: true}); } };
addEventListener('hashchange', go);

// Sides and words pick the marks.
for (const b of $$('#sides button')) b.onclick = () => { const on = b.getAttribute('aria-pressed') === 'false'; b.setAttribute('aria-pressed', on); $('#panels').classList.toggle('hide-' + b.dataset.side, !on); };
const pick = $('#pick');
const rowOf = mark => document.getElementById(mark.getAttribute('href').slice(1));
if (pick) pick.oninput = () => { const q = query(pick); for (const mark of $$('#panels svg a')) { const row = rowOf(mark); mark.classList.toggle('dim', q.length > 0 && !(row && fits(row, q))); } };

// What a mark says: its row's words, sentence and link, beside the pointer.
const tip = $('#tip');
let owner = null, timer = 0;
const copy = (node, css) => { const p = document.createElement('p'); if (css) p.className = css; if (node) p.append(...[...node.childNodes].map(n => n.cloneNode(true))); return p; };
const show = mark => {
  const row = rowOf(mark);
  if (!row) return;
  clearTimeout(timer);
  if (owner === mark && !tip.hidden) return;
  owner = mark;
  const cells = row.cells;
  tip.replaceChildren();
  if (mark.closest('#world')) {
    tip.append(copy(cells[0]));
    const counts = copy(null, 'small'); counts.textContent = `${cells[2].textContent} mentions, ${cells[3].textContent.trim()} figures`; tip.append(counts, ...[...cells[5].childNodes].map(n => n.cloneNode(true)));
  } else {
    const top = copy(cells[0], 'v'), line = document.createElement('p');
    line.append(...[...cells[1].childNodes].map(n => n.cloneNode(true)));
    const by = document.createElement('p'), strong = document.createElement('b');
    strong.textContent = cells[2].textContent.trim(); by.append(strong);
    const rest = [cells[3].textContent, cells[4].textContent].filter(Boolean).join(', '); if (rest) by.append(' · ' + rest);
    tip.append(top, line, by, ...[...cells[5].childNodes].map(n => n.cloneNode(true)));
    if (mark.dataset.n) { const p = copy(null, 'small'); p.textContent = `In ${mark.dataset.n} independent reports; the first is shown.`; tip.append(p); }
  }
  const jump = document.createElement('a'); jump.href = mark.getAttribute('href'); jump.textContent = 'Go to the row'; jump.className = 'small'; tip.append(jump);
  tip.hidden = false;
  const shape = mark.querySelector('use,circle,line') || mark, box = shape.getBoundingClientRect(), size = tip.getBoundingClientRect();
  const wide = root.clientWidth;
  let left = box.left + box.width / 2 - size.width / 2, top = box.bottom + 10;
  left = Math.max(8, Math.min(left, wide - size.width - 8));
  if (top + size.height > innerHeight - 8 && box.top - size.height - 10 > 50) top = box.top - size.height - 10;
  tip.style.left = left + scrollX + 'px'; tip.style.top = top + scrollY + 'px';
};
const hide = () => { clearTimeout(timer); timer = setTimeout(() => { tip.hidden = true; owner = null; }, 220); };
const marks = 'svg.chart a, #markers a';
for (const svg of $$('svg.chart, #markers')) {
  svg.addEventListener('pointerover', e => { const m = e.target.closest('a'); if (m && e.pointerType !== 'touch') show(m); });
  svg.addEventListener('pointerout', e => { if (e.pointerType !== 'touch') hide(); });
  svg.addEventListener('focusin', e => { const m = e.target.closest('a'); if (m && m.matches(':focus-visible')) show(m); });
  svg.addEventListener('focusout', hide);
  // The first tap shows the words, the link in them leads on.
  svg.addEventListener('click', e => { const m = e.target.closest('a'); if (m && e.pointerType === 'touch') { e.preventDefault(); show(m); } else { clearTimeout(timer); tip.hidden = true; owner = null; } });
  svg.addEventListener('keydown', e => {
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[e.key], m = e.target.closest('a');
    if (!step || !m) return;
    const all = $$('a', svg).filter(a => getComputedStyle(a).display !== 'none'), next = all[(all.indexOf(m) + step + all.length) % all.length];
    e.preventDefault(); e.stopPropagation(); m.setAttribute('tabindex', -1); next.setAttribute('tabindex', 0); next.focus(); show(next);
  });
}
tip.addEventListener('pointerenter', () => clearTimeout(timer));
tip.addEventListener('pointerleave', hide);
addEventListener('keydown', e => { if (e.key === 'Escape') { tip.hidden = true; owner = null; } });
document.addEventListener('pointerdown', e => { if (e.pointerType === 'touch' && !tip.contains(e.target) && !e.target.closest(marks)) { tip.hidden = true; owner = null; } });

// The map: marks keep their size while the view changes; labels stand where there is room.
const world = $('#world');
if (world) {
  const home = world.getAttribute('viewBox').split(' ').map(Number), dots = $$('#markers a').reverse(), labels = $('#labels'), scale = $('#scale');
  const all = [0, 180, 1000, 560], ns = 'http://www.w3.org/2000/svg';
  let view = [...home];
  const draw = () => {
    const box = world.getBoundingClientRect();
    if (!box.width) return;
    world.setAttribute('viewBox', view.map(v => +v.toFixed(4)).join(' '));
    const unit = 1 / Math.max(box.width / view[2], box.height / view[3]);  // Map units in a pixel.
    const seen = [view[0] + view[2] / 2 - box.width * unit / 2, view[1] + view[3] / 2 - box.height * unit / 2];
    const taken = [];
    labels.replaceChildren();
    for (const dot of dots) {
      const {x, y, r, name} = dot.dataset, circle = dot.firstElementChild, px = (x - seen[0]) / unit, py = (y - seen[1]) / unit;
      circle.setAttribute('r', r * unit);
      if (px < 4 || py < 10 || px > box.width - 4 || py > box.height - 4) continue;
      const long = name.length * 7.2 + 4, right = px + +r + 4 + long < box.width - 4, left = right ? px + +r + 4 : px - r - 4 - long;
      const spot = [left, py - 8, left + long, py + 7];
      if (left < 2 || taken.some(t => spot[0] < t[2] && spot[2] > t[0] && spot[1] < t[3] && spot[3] > t[1])) { taken.push([px - r, py - r, px + +r, py + +r]); continue; }
      taken.push(spot, [px - r * .7, py - r * .7, px + r * .7, py + r * .7]);
      const label = document.createElementNS(ns, 'text');
      label.textContent = name;
      label.setAttribute('transform', `translate(${seen[0] + (right ? left : px - r - 4) * unit} ${+y + 4.5 * unit}) scale(${unit})`);
      if (!right) label.setAttribute('text-anchor', 'end');
      labels.append(label);
    }
    // Kilometres along the middle parallel.
    const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * (view[1] + view[3] / 2) / 1000))), km = 40075 * Math.cos(lat) / 1000 * unit;
    const want = km * Math.min(140, box.width / 3), ten = 10 ** Math.floor(Math.log10(want)), nice = [5, 2, 1].find(m => m * ten <= want) * ten;
    scale.style.width = nice / km + 'px'; scale.textContent = nice >= 1 ? `${nice.toLocaleString('en')} km` : `${nice * 1000} m`;
  };
  const zoom = (factor, cx = view[0] + view[2] / 2, cy = view[1] + view[3] / 2) => {
    const wide = Math.min(Math.max(view[2] * factor, 1.2), 1000), f = wide / view[2];
    view = [cx - (cx - view[0]) * f, cy - (cy - view[1]) * f, wide, view[3] * f]; keep(); draw();
  };
  const keep = () => { view[0] = Math.min(Math.max(view[0], -view[2] / 2), 1000 - view[2] / 2); view[1] = Math.min(Math.max(view[1], -view[3] / 2), 1000 - view[3] / 2); };
  const point = e => { const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(world.getScreenCTM().inverse()); return [p.x, p.y]; };
  for (const b of $$('[data-zoom]')) b.onclick = () => { const z = b.dataset.zoom; if (z === 'in') zoom(.6); else if (z === 'out') zoom(1 / .6); else { view = z === 'world' ? [...all] : [...home]; draw(); } };
  // The page scrolls over the map; with Ctrl or a pinch the wheel zooms.
  world.addEventListener('wheel', e => { if (!e.ctrlKey && !e.metaKey) return; e.preventDefault(); zoom(e.deltaY > 0 ? 1.25 : .8, ...point(e)); }, {passive: false});
  world.addEventListener('dblclick', e => { e.preventDefault(); zoom(.5, ...point(e)); });
  let from = null;
  world.addEventListener('pointerdown', e => { if (e.target.closest('a') || e.pointerType === 'touch' && !e.isPrimary) return; from = point(e); world.setPointerCapture(e.pointerId); });
  world.addEventListener('pointermove', e => { if (!from) return; const p = point(e); view[0] -= p[0] - from[0]; view[1] -= p[1] - from[1]; keep(); draw(); });
  for (const end of ['pointerup', 'pointercancel']) world.addEventListener(end, () => { from = null; });
  addEventListener('keydown', e => { if (!e.target.closest || !e.target.closest('.mapbox')) return; if (e.key === '+' || e.key === '=') zoom(.6); else if (e.key === '-') zoom(1 / .6); else if (e.key === '0') { view = [...home]; draw(); } });
  // A mark reached with the keyboard comes into view.
  world.addEventListener('focusin', e => { const m = e.target.closest('#markers a'); if (!m || !m.matches(':focus-visible')) return; const {x, y} = m.dataset; if (x < view[0] || x > view[0] + view[2] || y < view[1] || y > view[1] + view[3]) { view[0] = x - view[2] / 2; view[1] = y - view[3] / 2; keep(); draw(); } });
  new ResizeObserver(draw).observe(world);
}
go();
})();
