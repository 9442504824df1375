// What a message points to: the one it answers, a quote, another chat, where it was forwarded from.
import { bdi, h, icon } from './dom.js';
import { hueOf, nameOf, senderOf, titleOf } from './people.js';
import { summary } from './summary.js';
import { store } from './store.js';

export function replyBlock(message, spec, hooks) {
  const { reply_to_message: original, quote, external_reply: external } = message;
  if (!original && !external) return null;
  if (original?.forum_topic_created) return null;
  if (spec.view === 'as' && store.timeline(spec.chat).get(original?.message_id)?.deleted) return gone();
  const from = original ? senderOf(original) : originOf(external.origin);
  const text = quote?.text ?? (original ? summary(original) : summary(external));
  return h('button', { type: 'button', class: `reply-block${quote ? ' quoted' : ''}`, data: { act: 'jump', hue: hueOf(from.id), reply: original?.message_id ?? '' }, disabled: !original,
    on: { click: (event) => { event.stopPropagation(); hooks.jump(original.message_id); } } },
  h('span', { class: 'reply-name' }, bdi(from.name), external?.chat ? [' · ', bdi(titleOf(external.chat))] : null), h('span', { class: 'reply-text', dir: 'auto' }, bdi(text)));
}

const gone = () => h('div', { class: 'reply-block' }, h('span', { class: 'reply-text' }, 'Deleted message'));

export function originOf(origin) {
  if (origin.type === 'user') return { id: origin.sender_user.id, name: nameOf(store.users.get(origin.sender_user.id) ?? origin.sender_user) };
  if (origin.type === 'hidden_user') return { id: origin.sender_user_name.length, name: origin.sender_user_name, hidden: true };
  const chat = origin.chat ?? origin.sender_chat;
  return { id: chat.id, name: titleOf(chat), signature: origin.author_signature };
}

export function forwardHead(message) {
  if (!message.forward_origin) return null;
  const from = originOf(message.forward_origin);
  return h('div', { class: 'forward', data: { hue: hueOf(from.id) } }, icon('right', 14), 'Forwarded from ', h('b', {}, bdi(from.name)),
    from.signature ? [' (', bdi(from.signature), ')'] : null, from.hidden ? h('span', { title: 'An account that hides itself in forwards' }, icon('lock', 12)) : null);
}
