// What can be done with a message as the acting member: answer, react, edit, delete, pin, look behind it.
import { h } from './dom.js';
import { showHistory } from './history.js';
import { closeMenu, openMenu, toast } from './overlays.js';
import { openPanel } from './panels.js';
import { USUAL, given } from './reactions.js';
import { isService } from './service.js';
import { store } from './store.js';
import { textOf } from './summary.js';

export function messageMenu(item, anchor, spec, hooks) {
  const message = item.messages.at(-1);
  const id = message.message_id;
  const gone = message.deleted;
  const author = message.author === spec.actor;
  openMenu(anchor, [
    gone || isService(message) ? null : reactionRow(message, spec, hooks),
    gone ? null : { icon: 'reply', text: 'Reply', act: 'menu-reply', run: () => hooks.reply(message) },
    author && !gone && textOf(message) ? { icon: 'edit', text: 'Edit', act: 'menu-edit', run: () => hooks.edit(message) } : null,
    !textOf(message) ? null : { icon: 'copy', text: 'Copy text', act: 'menu-copy', run: () => navigator.clipboard?.writeText(textOf(message)).then(() => toast('Copied'), () => toast('Not copied', { bad: true })) },
    spec.private || gone || isService(message) ? null : { icon: 'pin', text: 'Pin', act: 'menu-pin', run: () => hooks.do('pin', { message_id: id, by: spec.actor }) },
    message.history && spec.view === 'all' ? { icon: 'history', text: 'Earlier versions', act: 'menu-history', run: () => showHistory(message) } : null,
    { icon: 'log', text: 'Bot API calls', act: 'menu-calls', run: () => openPanel('calls', spec.chat, id) },
    gone ? null : { icon: 'trash', text: deletion(spec, author), act: 'menu-delete', bad: true, run: () => { for (const one of item.messages) if (!one.deleted) hooks.do('delete', { message_id: one.message_id, by: spec.actor }); } },
    h('p', { class: 'menu-note' }, `#${id}`),
  ], { label: 'Message' });
}

function deletion(spec, author) {
  const admin = /creator|administrator/.test(store.member(spec.chat, spec.actor).status);
  return author ? 'Delete' : admin ? 'Delete as admin' : 'Delete';
}

function reactionRow(message, spec, hooks) {
  const mine = given(message, spec.actor);
  return h('div', { class: 'reaction-row', role: 'group', 'aria-label': 'React' }, USUAL.map((emoji) => h('button', {
    type: 'button', class: `reaction-pick${mine.includes(emoji) ? ' mine' : ''}`, 'aria-label': `React ${emoji}`, data: { act: 'react-pick', emoji },
    on: { click: () => { closeMenu(); hooks.react(message, mine.includes(emoji) ? '' : emoji); } } }, emoji)));
}
