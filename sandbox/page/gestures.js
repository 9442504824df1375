// What a press on a message does: tools beside it, the menu by right click, long press, Enter or a tap.
import { h, iconButton } from './dom.js';

const INSIDE = 'button, .spoiler, .text-link';
const touch = matchMedia('(hover: none)');

/** Listens on the list for all its rows; `itemOf(key)` is the item of a row. */
export function listen(body, itemOf, hooks) {
  const found = (event) => {
    const row = event.target.closest?.('.msg:not(.service)');
    return row ? { row, item: itemOf(Number(row.dataset.key)) } : {};
  };
  const tools = (event) => {
    const { row, item } = found(event);
    if (item && !touch.matches) equip(row, item, hooks);
  };
  body.addEventListener('pointerover', tools);
  body.addEventListener('focusin', tools);
  body.addEventListener('contextmenu', (event) => {
    const { item } = found(event);
    if (!item || getSelection().toString()) return;
    event.preventDefault();
    hooks.menu(item, point(event));
  });
  body.addEventListener('keydown', (event) => {
    const { row, item } = found(event);
    if (!item || event.target !== row || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    hooks.menu(item, row.querySelector('.bubble'));
  });
  body.addEventListener('dblclick', (event) => {
    const { item } = found(event);
    if (item && !item.messages.at(-1).deleted && !event.target.closest(INSIDE)) hooks.reply(item.messages.at(-1));
  });
  body.addEventListener('click', (event) => {
    const { item } = found(event);
    if (item && touch.matches && event.target.closest('.bubble') && !event.target.closest(INSIDE)) hooks.menu(item, point(event));
  });
}

const point = (event) => ({ left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY });

function equip(row, item, hooks) {
  const line = row.querySelector('.bubble-line');
  if (!line || line.querySelector('.row-tools')) return;
  line.append(h('div', { class: 'row-tools' },
    iconButton('more', 'More', 'message-menu', (event) => hooks.menu(item, event.currentTarget))));
}

/** Arrow keys go from message to message, End to the newest one. */
export function walk(event, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = document.activeElement?.closest?.('.msg');
  if (event.key === 'End') list.toBottom();
  if (!step || (document.activeElement !== list.element && document.activeElement !== row)) return;
  event.preventDefault();
  const next = row ? (step > 0 ? row.nextElementSibling : row.previousElementSibling) : list.body.lastElementChild;
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}
