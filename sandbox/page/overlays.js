// What lies over the page for a moment: toasts, menus, dialogs.
import { bdi, fill, h, icon } from './dom.js';

const LONGEST = 6500;

/** A short word at the edge, e.g. what a press was answered or why something was refused. */
export function toast(text, { bad = false, to = '', place = document.getElementById('toasts') } = {}) {
  const box = h('div', { class: `toast${bad ? ' bad' : ''}`, role: bad ? 'alert' : 'status', data: { toast: bad ? 'refused' : 'told' } },
    to ? h('span', { class: 'toast-to' }, '→ ', bdi(to)) : null, h('span', { class: 'toast-text', dir: 'auto' }, text));
  box.addEventListener('click', () => box.remove());
  place.append(box);
  while (place.children.length > 3) place.firstElementChild.remove();
  setTimeout(() => box.remove(), Math.min(LONGEST, 2600 + text.length * 60));
  return box;
}

/** A modal dialog; resolves with what the pressed button stands for, null when it is left. */
export function dialog({ title = '', body = [], buttons = [['OK', true]], wide = false, data = {} }) {
  return new Promise((resolve) => {
    const box = h('dialog', { class: `dialog${wide ? ' wide' : ''}`, data, 'aria-label': title || 'Message' });
    const end = (value) => { resolve(value); box.close(); box.remove(); };
    fill(box, title ? h('h2', {}, bdi(title)) : null, h('div', { class: 'dialog-body' }, body),
      h('div', { class: 'dialog-buttons' }, buttons.map(([text, value], at) => h('button', {
        type: 'button', class: at === buttons.length - 1 ? 'button main' : 'button', data: { act: `dialog-${at}` },
        on: { click: () => end(typeof value === 'function' ? value() : value) } }, text))));
    box.addEventListener('cancel', (event) => { event.preventDefault(); end(null); });
    box.addEventListener('click', (event) => { if (event.target === box) end(null); });
    document.body.append(box);
    box.showModal();
  });
}

let menu = null;

/** The focus goes back to where it was, unless it has already gone elsewhere. */
export function closeMenu() {
  if (!menu) return;
  const { veil, before } = menu;
  menu = null;
  const within = veil.contains(document.activeElement);
  veil.remove();
  if (within) before?.focus?.({ preventScroll: true });
}

/** A menu at a point or under an element: [{text, icon, act, run, bad, on}] and elements as they are. */
export function openMenu(anchor, items, { label = 'Menu', wide = false } = {}) {
  closeMenu();
  const before = document.activeElement;
  const box = h('div', { class: `menu${wide ? ' wide' : ''}`, role: 'menu', 'aria-label': label, tabindex: '-1' },
    items.filter(Boolean).map((item) => (item instanceof Node ? item : entry(item))));
  const veil = h('div', { class: 'veil', data: { act: 'close-menu' } }, box);
  veil.addEventListener('click', (event) => { if (event.target === veil) closeMenu(); });
  veil.addEventListener('contextmenu', (event) => { if (event.target === veil) { event.preventDefault(); closeMenu(); } });
  veil.addEventListener('keydown', (event) => keys(event, box));
  document.body.append(veil);
  menu = { veil, before };
  place(box, anchor);
  (box.querySelector('input') ?? box.querySelector('button:not(:disabled)') ?? box).focus({ preventScroll: true });
  return box;
}

function entry(item) {
  return h('button', { type: 'button', role: 'menuitem', class: `menu-item${item.bad ? ' bad' : ''}`, disabled: Boolean(item.off),
    data: { act: item.act, ...item.data }, on: { click: () => { closeMenu(); item.run(); } } },
  item.icon ? icon(item.icon, 18) : item.sign ?? null, h('span', { class: 'menu-text' }, item.text),
  item.on ? icon('check', 16) : item.hint ? h('span', { class: 'menu-hint' }, item.hint) : null);
}

function keys(event, box) {
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    closeMenu();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...box.querySelectorAll('button:not(:disabled), input')];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
}

function place(box, anchor) {
  const at = anchor instanceof Element ? anchor.getBoundingClientRect() : anchor;
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
  const below = at.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, Math.min(at.top - height - 4, innerHeight - height - 8)) : below;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}
