// The open chats side by side: opened, closed, moved, one of them in focus.
import { address, change, column } from './address.js';
import { Column } from './column.js';
import { fill, h, icon } from './dom.js';
import { actors } from './people.js';
import { store } from './store.js';

const open = new Map();
let element;

export const isOpen = (chat) => address.columns.some((one) => one.chat === Number(chat));

/** {chat, thread, actor, view} of the column in focus, null when none is open. */
export function focused() {
  const spec = address.columns[address.focus];
  return spec ? { ...spec } : null;
}

/** `newColumn`: always another column; `beside`: another one unless the chat is open already. */
export function openChat(chat, { thread = 0, actor = 0, view = 'all', newColumn = false, beside = false, message = null } = {}) {
  const id = Number(chat);
  const here = address.columns.findIndex((one) => one.chat === id && one.thread === thread && (!actor || one.actor === actor));
  const columns = [...address.columns];
  let focus = address.focus;
  if (here >= 0 && !newColumn) focus = here;
  else {
    const made = column(id, { thread, actor: actor || usualActor(id), view });
    if (newColumn || beside || !columns.length) focus = columns.push(made) - 1;
    else columns[focus] = made;
  }
  change({ columns, focus, at: 'column', message }, { step: true });
}

/** The one who acts at first: the person of a private chat, the owner of a group. */
function usualActor(id) {
  const chat = store.chat(id);
  if (!chat || chat.type === 'private') return id;
  return store.member(id, chat.owner).inside ? chat.owner : actors(chat)[0]?.id ?? chat.owner;
}

/** Go to a message, in a column that shows its chat if there is one. */
export function showMessage(chat, id) {
  const message = { chat: Number(chat), id: Number(id) };
  const here = address.columns.findIndex((one) => one.chat === message.chat);
  if (here < 0) return openChat(chat, { message, beside: innerWidth > 900 });
  change({ focus: here, at: 'column', message }, { step: true });
  open.get(address.columns[here].key)?.jump(message.id);
  return undefined;
}

export function setColumn(key, fields) {
  change({ columns: address.columns.map((one) => (one.key === key ? { ...one, ...fields } : one)) });
}

export function focusColumn(key) {
  const at = address.columns.findIndex((one) => one.key === key);
  if (at >= 0 && at !== address.focus) change({ focus: at });
}

export function closeColumn(key) {
  const columns = address.columns.filter((one) => one.key !== key);
  change({ columns, at: columns.length ? address.at : 'list' }, { step: true });
}

export function moveColumn(key, step) {
  const columns = [...address.columns];
  const from = columns.findIndex((one) => one.key === key);
  const to = from + step;
  if (to < 0 || to >= columns.length) return;
  columns.splice(to, 0, ...columns.splice(from, 1));
  change({ columns, focus: to });
}

/** On a phone: the next column instead of moving this one. */
export function stepColumn(step) {
  const count = address.columns.length;
  change({ focus: (address.focus + step + count) % count });
}

export function startColumns() {
  element = document.getElementById('columns');
  address.watch(draw);
  store.on('chats', () => { if (address.columns.some((spec) => !spec.actor && store.chat(spec.chat))) draw(); });
  store.on('reload', () => { for (const one of open.values()) one.close(); open.clear(); element.replaceChildren(); draw(); });
  draw();
}

/** An address may leave out who acts. */
function settle() {
  for (const spec of address.columns) if (!spec.actor && store.chat(spec.chat)) spec.actor = usualActor(spec.chat) ?? 0;
}

function draw() {
  settle();
  const wanted = new Set(address.columns.map((one) => one.key));
  for (const [key, one] of open) if (!wanted.has(key)) { one.close(); open.delete(key); }
  address.columns.forEach((spec, at) => {
    const known = open.get(spec.key);
    if (known?.fits(spec)) known.update(spec);
    else {
      known?.close();
      open.set(spec.key, new Column(spec));
    }
    const shown = open.get(spec.key);
    shown.element.classList.toggle('focused', at === address.focus);
    shown.element.dataset.column = at;
    if (element.children[at] !== shown.element) element.insertBefore(shown.element, element.children[at] ?? null);
  });
  while (element.children.length > address.columns.length) element.lastElementChild.remove();
  element.dataset.count = address.columns.length;
  bringForward();
  if (!address.columns.length) fill(element, welcome());
  const message = address.message;
  if (message) open.get(address.columns.find((one) => one.chat === message.chat)?.key)?.select(message.id);
}

let forward = '';

/** The column that came into focus is scrolled to where it can be seen. */
function bringForward() {
  const key = address.columns[address.focus]?.key ?? '';
  if (key === forward) return;
  forward = key;
  const shown = open.get(key)?.element;
  if (shown && element.scrollWidth > element.clientWidth) requestAnimationFrame(() => shown.scrollIntoView({ inline: 'nearest', block: 'nearest', behavior: 'smooth' }));
}

function welcome() {
  return h('div', { class: 'welcome' }, h('img', { src: '/page/icon.svg', alt: '', width: '72', height: '72' }),
    h('h1', {}, 'A Telegram of our own'),
    h('p', {}, 'Choose a chat to look at it and to act as any of its members. ', h('span', { class: 'not-phone-inline' }, 'Hold Ctrl, or press ', icon('columns', 16), ', to put another beside it.')));
}
