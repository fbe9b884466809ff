(() => {
'use strict';
const root = document.documentElement, $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
root.classList.add('js');
const button = $('#theme'), names = {'': 'automatic', light: 'light', dark: 'dark'}, signs = {'': '◐', light: '☀', dark: '☾'};
let chosen = ''; try { chosen = localStorage.getItem('dateline-scheme') || ''; } catch { /* A file opened from disk may have no storage. */ }
if (!(chosen in names)) chosen = '';
const scheme = value => { value ? root.dataset.theme = value : delete root.dataset.theme; button.textContent = signs[value]; button.setAttribute('aria-label', 'Colour scheme: ' + names[value]); };
scheme(chosen);
button.onclick = () => { chosen = {'': 'light', light: 'dark', dark: ''}[chosen]; scheme(chosen); try { localStorage.setItem('dateline-scheme', chosen); } catch { /* As above. */ } };

const article = $('#article'), tip = $('#tip'), hidden = new Set();
let timer = 0, owner = null;
for (const b of $$('#kinds button')) b.onclick = () => { const on = b.getAttribute('aria-pressed') === 'false'; tip.hidden = true; owner = null; b.setAttribute('aria-pressed', on); article.classList.toggle('hide-' + b.dataset.kind, !on); on ? hidden.delete(b.dataset.kind) : hidden.add(b.dataset.kind); };
const light = numbers => { for (const s of $$('.seg', article)) s.classList.toggle('on', numbers.length > 0 && s.dataset.x.split(' ').some(n => numbers.includes(n))); };
const show = seg => {
  clearTimeout(timer);
  if (owner === seg && !tip.hidden) return;
  owner = seg; tip.replaceChildren();
  const numbers = seg.dataset.x.split(' ').filter(n => { const s = document.getElementById('x' + n).closest('section'); return !hidden.has(s.id); });
  // The narrowest fact first: the word under the pointer before the statement around it.
  for (const n of numbers.reverse()) {
    const row = document.getElementById('x' + n), box = document.createElement('div'), head = document.createElement('p'), what = document.createElement('b'), rule = document.createElement('p');
    const kind = row.closest('section').id;
    box.className = 'fact'; what.textContent = `${{figures: 'figure', dates: 'date', places: 'place', entities: 'entity', claims: 'statement'}[kind]}: ${row.cells[1].textContent}`; what.className = kind;
    head.append(what); rule.className = 'small'; rule.textContent = `rule ${row.cells[3].textContent}, score ${row.cells[4].textContent}`;
    box.append(head, row.cells[2].firstElementChild.cloneNode(true), rule); tip.append(box);
  }
  if (!numbers.length) return;
  light([numbers[0]]);
  tip.hidden = false;
  const box = seg.getClientRects()[0], size = tip.getBoundingClientRect();
  let top = box.bottom + 8;
  const left = Math.max(8, Math.min(box.left, root.clientWidth - size.width - 8));
  if (top + size.height > innerHeight - 8 && box.top - size.height - 8 > 50) top = box.top - size.height - 8;
  tip.style.left = left + scrollX + 'px'; tip.style.top = top + scrollY + 'px';
};
const hide = () => { clearTimeout(timer); timer = setTimeout(() => { tip.hidden = true; owner = null; light([]); }, 200); };
article.addEventListener('pointerover', e => { const s = e.target.closest('.seg'); if (s) show(s); });
article.addEventListener('pointerout', hide);
article.addEventListener('focusin', e => { const s = e.target.closest('.seg'); if (s && s.matches(':focus-visible')) show(s); });
article.addEventListener('focusout', hide);
article.addEventListener('click', e => { const s = e.target.closest('.seg'); if (s && e.pointerType === 'touch') { e.preventDefault(); show(s); } });
tip.addEventListener('pointerenter', () => clearTimeout(timer));
tip.addEventListener('pointerleave', hide);
addEventListener('keydown', e => { if (e.key === 'Escape') { tip.hidden = true; owner = null; light([]); } });
})();
