// The head of a column: which chat, who acts in it, what is shown to whom, where the column stands.
import { address, change } from './address.js';
import { closeColumn, moveColumn, openChat, setColumn, stepColumn } from './columns.js';
import { bdi, fill, h, icon, iconButton } from './dom.js';
import { openMenu } from './overlays.js';
import { openPanel } from './panels.js';
import { actors, chatAvatar, plainName, titleOf } from './people.js';
import { pickPerson } from './picker.js';
import { store } from './store.js';

export function drawHead(element, spec) {
  const chat = store.chat(spec.chat) ?? { id: spec.chat, type: 'private' };
  const key = [titleOf(chat), subtitle(chat, spec), spec.actor, spec.view, plainName(store.user(spec.actor)), address.columns.length, address.columns.findIndex((c) => c.key === spec.key)].join('|');
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  const many = address.columns.length > 1;
  fill(element,
    iconButton('back', 'All chats', 'back', () => change({ at: 'list' }, { step: true }), { class: 'only-phone' }),
    h('button', { type: 'button', class: 'head-open', data: { act: 'open-chat-panel' }, on: { click: () => openPanel(chat.type === 'private' ? 'member' : 'chat', ...(chat.type === 'private' ? [chat.id, chat.id] : [chat.id])) } },
      chatAvatar(chat, 'm'), h('span', { class: 'head-words' }, bdi(titleOf(chat), { class: 'head-title' }), h('small', {}, subtitle(chat, spec)))),
    h('div', { class: 'head-tools' },
      viewSwitch(spec),
      many ? iconButton('left', 'Next column to the left', 'column-before', () => stepColumn(-1), { class: 'only-phone' }) : null,
      many ? iconButton('right', 'Next column to the right', 'column-after', () => stepColumn(1), { class: 'only-phone' }) : null,
      iconButton('more', 'This column', 'column-menu', (event) => columnMenu(event.currentTarget, spec))));
}

function subtitle(chat, spec) {
  if (chat.type === 'private') return `private chat with ${plainName(store.bot)}`;
  const inside = [...(chat.people?.values() ?? [])].filter((member) => member.inside).length;
  const kind = chat.type === 'channel' ? 'subscriber' : 'member';
  const topic = spec.thread ? `${chat.topics?.[spec.thread] ?? 'Topic'} · ` : '';
  return `${topic}${inside} ${kind}${inside === 1 ? '' : 's'}`;
}

function viewSwitch(spec) {
  const as = spec.view === 'as';
  const name = plainName(store.user(spec.actor));
  return h('button', { type: 'button', class: `view-switch${as ? ' on' : ''}`, 'aria-pressed': String(as), data: { act: 'view', view: spec.view },
    title: as ? `Shows what ${name} sees; press to see all` : `Shows all, deleted messages too; press to see it as ${name}`,
    on: { click: () => setColumn(spec.key, { view: as ? 'all' : 'as' }) } }, icon('eye', 16), h('span', {}, as ? 'As member' : 'All'));
}

function columnMenu(anchor, spec) {
  const at = address.columns.findIndex((one) => one.key === spec.key);
  openMenu(anchor, [
    { icon: 'person', text: `Act as … (${plainName(store.user(spec.actor))})`, act: 'act-as', off: spec.private, run: () => switchActor(anchor, spec) },
    { icon: 'columns', text: 'The same chat beside it', act: 'duplicate', run: () => openChat(spec.chat, { thread: spec.thread, actor: spec.actor, newColumn: true }) },
    { icon: 'left', text: 'Move to the left', act: 'move-left', off: at <= 0, run: () => moveColumn(spec.key, -1) },
    { icon: 'right', text: 'Move to the right', act: 'move-right', off: at >= address.columns.length - 1, run: () => moveColumn(spec.key, 1) },
    { icon: 'close', text: 'Close the column', act: 'close-column', run: () => closeColumn(spec.key) },
  ], { label: 'Column' });
}

/** Choose who acts in a column, and with it through whose eyes it may be seen. */
export async function switchActor(anchor, spec) {
  const chat = store.chat(spec.chat);
  const people = actors(chat);
  const inside = new Set(people.map((user) => user.id));
  const strangers = [...store.users.values()].filter((user) => !inside.has(user.id) && !user.is_bot && user.id !== 777000);
  const note = (user) => { const { status } = store.member(spec.chat, user.id); return { creator: 'owner', administrator: 'admin', member: '' }[status] ?? status.replace('kicked', 'banned').replace('left', 'outside'); };
  const user = await pickPerson(anchor, [...people, ...strangers], { title: 'Act as …', note, chosen: spec.actor });
  if (user) setColumn(spec.key, { actor: user.id });
}
