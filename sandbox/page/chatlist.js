// The list of chats: groups, forums with their topics, channels, private chats with the bot.
import { address } from './address.js';
import { isOpen, openChat } from './columns.js';
import { arrange, bdi, fill, h, icon, iconButton } from './dom.js';
import { openMenu } from './overlays.js';
import { openPanel, panelList, sign } from './panels.js';
import { chatAvatar, nameOf, titleOf } from './people.js';
import { pickPerson } from './picker.js';
import { oncePerFrame } from './steady.js';
import { store } from './store.js';
import { speakerOf, summary } from './summary.js';
import { choose, nextTheme, theme } from './theme.js';
import { clockTime, dayName, shortTime } from './when.js';

const THEME_ICON = { auto: 'auto', light: 'sun', dark: 'moon' };
let list;
let search = '';
const rows = new Map();
const soon = oncePerFrame(draw);

export function startChats() {
  const element = document.getElementById('chats');
  list = h('div', { class: 'chat-list', role: 'list' });
  const find = h('input', { type: 'search', class: 'field', placeholder: 'Search chats', 'aria-label': 'Search chats', data: { act: 'search-chats' },
    on: { input: () => { search = find.value.trim().toLowerCase(); soon(); } } });
  const style = iconButton(THEME_ICON[theme.chosen], 'Light or dark', 'theme', nextTheme, { data: { theme: theme.chosen } });
  theme.watch((name) => { fill(style, icon(THEME_ICON[name])); style.title = `Theme: ${name}`; style.dataset.theme = name; });
  fill(element,
    h('header', { class: 'chats-head' },
      h('div', { class: 'brand' }, h('strong', {}, 'Sandbox'), face()),
      iconButton('tools', 'Tools', 'tools', (event) => tools(event.currentTarget), { class: 'only-phone' }), style),
    h('label', { class: 'search' }, icon('search', 18), find), list,
    h('footer', { class: 'chats-foot' }, h('button', { type: 'button', class: 'button quiet', data: { act: 'new-private' },
      on: { click: (event) => openPrivate(event.currentTarget) } }, icon('plus', 18), 'Private chat with the bot')));
  for (const topic of ['chats', 'users', 'reload']) store.on(topic, soon);
  store.on('event', countUnread);
  address.watch(soon);
  draw();
}

function countUnread(event) {
  if (event.kind !== 'message') return;
  const chat = store.chat(event.chat);
  if (chat && !isOpen(event.chat)) chat.unread += 1;
}

/** The sandbox's own time, and whether it is heard. */
function face() {
  const shown = h('span', { class: 'face', data: { clock: '' } });
  const tick = () => {
    const now = store.now();
    shown.textContent = store.ready ? `${dayName(now, -1)}, ${clockTime(now)}` : '…';
  };
  setInterval(tick, 1000);
  store.on('clock', tick);
  tick();
  return shown;
}

function tools(anchor) {
  openMenu(anchor, [
    ...panelList().map((panel) => ({ sign: sign(panel, 18), text: panel.title, act: `open-panel-${panel.id}`, run: () => openPanel(panel.id) })),
    h('hr'),
    ...['auto', 'light', 'dark'].map((name) => ({ icon: THEME_ICON[name], text: `Theme: ${name}`, act: `theme-${name}`, on: theme.chosen === name, run: () => choose(name) })),
  ], { label: 'Tools' });
}

async function openPrivate(anchor) {
  const people = [...store.users.values()].filter((user) => !user.is_bot && user.id !== 777000);
  const user = await pickPerson(anchor, people, { title: 'Private chat of …' });
  if (user) openChat(user.id, { actor: user.id });
}

function draw() {
  for (const column of address.columns) if (store.chat(column.chat)) store.chat(column.chat).unread = 0;
  const all = [...store.chats.values()].filter((chat) => fits(chat)).sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
  const groups = all.filter((chat) => chat.type !== 'private');
  const privates = all.filter((chat) => chat.type === 'private' && (chat.last || isOpen(chat.id)));
  const focus = list.contains(document.activeElement) ? document.activeElement : null;
  for (const id of rows.keys()) if (typeof id === 'number' && !store.chat(id)) rows.delete(id);
  arrange(list, [...section('groups', 'Groups and channels', groups), ...section('privates', 'Private chats with the bot', privates),
    ...(groups.length + privates.length ? [] : [kept('nothing', search, () => h('p', { class: 'nothing' }, search ? 'No chat is called that.' : 'No chats yet. The tools make people and groups.'))])]);
  if (focus && document.activeElement !== focus) refocus(focus);
}

/** A row that was moved or made anew keeps the focus it had. */
function refocus(before) {
  const place = before.closest('[data-chat]')?.dataset.chat;
  list.querySelector(`[data-chat="${place}"] [data-act="${before.dataset.act}"]`)?.focus({ preventScroll: true });
}

/** The element made before, or a new one where what it shows has changed. */
function kept(key, sign, make) {
  const old = rows.get(key);
  if (old?.sign === sign) return old.element;
  const element = make();
  if (old?.element.isConnected) old.element.replaceWith(element);
  rows.set(key, { sign, element });
  return element;
}

const fits = (chat) => !search || `${titleOf(chat)} ${chat.username ?? ''}`.toLowerCase().includes(search);

function section(key, title, chats) {
  if (!chats.length) return [];
  return [kept(key, title, () => h('h2', { class: 'chat-section' }, title)), ...chats.map((chat) => kept(chat.id, signature(chat), () => h('div', { class: 'chat' }, row(chat), topics(chat))))];
}

function signature(chat) {
  const current = address.columns[address.focus];
  const { last } = chat;
  return JSON.stringify([titleOf(chat), last?.message_id, last && summary(last), last && speakerOf(last), last?.deleted, chat.unread, isOpen(chat.id), current?.chat === chat.id && current.thread,
    chat.topics, chat.migrated_to, last && shortTime(last.date, store.now()), address.zone]);
}

function row(chat) {
  const now = store.now();
  const last = chat.last;
  const who = last && chat.type !== 'private' ? speakerOf(last) : last?.from_bot ? nameOf(store.bot) : '';
  const open = address.columns[address.focus]?.chat === chat.id;
  const beside = () => openChat(chat.id, { newColumn: true });
  return h('div', { class: `chat-row${open ? ' current' : ''}${isOpen(chat.id) ? ' open' : ''}`, role: 'listitem', data: { chat: chat.id }, on: { contextmenu: (event) => rowMenu(event, chat, beside) } },
    h('button', { type: 'button', class: 'chat-open', title: titleOf(chat), data: { act: 'open-chat' }, 'aria-current': open ? 'true' : null, on: { click: (event) => openChat(chat.id, { newColumn: event.ctrlKey || event.metaKey }) } },
      chatAvatar(chat, 'l'),
      h('span', { class: 'chat-words' },
        h('span', { class: 'chat-top' }, bdi(titleOf(chat), { class: 'chat-title' }), marks(chat), last ? h('time', {}, shortTime(last.date, now)) : null),
        h('span', { class: 'chat-bottom' },
          h('span', { class: `chat-last${last?.deleted ? ' struck' : ''}`, dir: 'auto' }, who ? [h('b', {}, bdi(who)), ': '] : null, last ? bdi(summary(last)) : 'No messages yet'),
          chat.unread ? h('span', { class: 'unread', data: { unread: chat.unread }, 'aria-label': `${chat.unread} new` }, String(Math.min(chat.unread, 999))) : null))),
    iconButton('columns', 'Open in a new column', 'open-beside', beside, { class: 'beside not-phone' }));
}

/** By right click or a long press. */
function rowMenu(event, chat, beside) {
  event.preventDefault();
  const point = { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY };
  openMenu(point, [
    { icon: 'right', text: 'Open', act: 'row-open', run: () => openChat(chat.id) },
    { icon: 'columns', text: 'Open in a new column', act: 'row-beside', run: beside },
    { icon: 'copy', text: 'Copy the id', act: 'row-copy', hint: String(chat.id), run: () => navigator.clipboard?.writeText(String(chat.id)) },
  ], { label: titleOf(chat) });
}

function marks(chat) {
  if (chat.type === 'channel') return h('span', { class: 'mark' }, 'channel');
  if (chat.migrated_to) return h('span', { class: 'mark' }, 'moved');
  return chat.is_forum ? h('span', { class: 'mark' }, 'forum') : null;
}

function topics(chat) {
  if (!chat.is_forum) return null;
  const current = address.columns[address.focus];
  return h('div', { class: 'topics' }, Object.entries(chat.topics).map(([id, name]) => h('button', {
    type: 'button', class: `topic${current?.chat === chat.id && current.thread === Number(id) ? ' current' : ''}`, data: { chat: chat.id, topic: id, act: 'open-topic' },
    on: { click: (event) => openChat(chat.id, { thread: Number(id), newColumn: event.ctrlKey || event.metaKey }) } }, icon('hash', 15), bdi(name))));
}
