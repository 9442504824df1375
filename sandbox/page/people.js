// Names, initials and colours of people and chats; a name is shown isolated and can never be empty.
import { bdi, h } from './dom.js';
import { openPanel } from './panels.js';
import { store } from './store.js';

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f]/gu;
const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
export const HUES = 8;

export function nameOf(user) {
  const full = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return full.replace(INVISIBLE, '') ? full : `‹${user.id}›`;
}

/** The name for a sentence: without the marks that would turn the rest of it around. */
export function plainName(user) {
  return nameOf(user).replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '').trim() || `‹${user.id}›`;
}

export function titleOf(chat) {
  if (!chat) return '';
  if (chat.type === 'private') return nameOf(store.user(chat.id));
  return (chat.title ?? '').replace(INVISIBLE, '') ? chat.title : `‹${chat.id}›`;
}

/** Who a message is shown as coming from: {id, name, user?}. */
export function senderOf(message) {
  const { sender_chat: chat, from } = message;
  if (chat) return { id: chat.id, name: chat.title ?? String(chat.id), chat };
  if (from) return { id: from.id, name: nameOf(store.users.get(from.id) ?? from), user: from };
  return { id: message.chat.id, name: titleOf(message.chat) };
}

export const hueOf = (id) => Math.abs(Number(id)) % HUES;

/** One or two signs: of "07营-林晓-上海" the 林, of "May Lee" ML. */
export function initials(name) {
  const clean = name.replace(INVISIBLE, ' ').normalize('NFC');
  const parts = clean.split(/[\s\-_·|/.,]+/u).filter((part) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(part));
  const worded = parts.filter((part) => !/^\p{N}/u.test(part));
  const chosen = worded.length ? worded : parts;
  if (!chosen.length) return '?';
  const first = sign(chosen[0]);
  const latin = /^\p{Script=Latin}/u.test(first) && chosen[1] && /^\p{Script=Latin}/u.test(chosen[1]);
  return latin ? first + sign(chosen[1]) : first;
}

function sign(part) {
  const from = part.search(/[\p{L}\p{N}\p{Extended_Pictographic}]/u);
  const [{ segment }] = segments.segment(part.slice(Math.max(0, from)));
  const number = /^\p{N}{1,2}/u.exec(part.slice(Math.max(0, from)))?.[0];
  return number ?? (segment.replace(/\p{M}+/gu, '').toUpperCase().slice(0, 8) || '?');
}

export function avatar(id, name, { size = 'm', square = false } = {}) {
  return h('span', { class: `avatar ${size}${square ? ' square' : ''}`, 'aria-hidden': 'true', data: { hue: hueOf(id) } }, initials(name));
}

export function chatAvatar(chat, size) {
  return avatar(chat.id, titleOf(chat), { size, square: chat.is_forum });
}

/** A name that opens the member panel. */
export function nameButton(chat, sender, extra = '') {
  return h('button', { type: 'button', class: `name ${extra}`, data: { member: sender.id, hue: hueOf(sender.id), act: 'open-member' },
    on: { click: (event) => { event.stopPropagation(); openPanel('member', chat, sender.id); } } }, bdi(sender.name));
}

/** What stands beside a name: the title of an administrator, a tag, or that it is a bot. */
export function badgeOf(message) {
  if (message.from?.id === store.bot.id) return h('span', { class: 'badge bot' }, 'bot');
  const member = store.member(message.chat.id, message.from?.id);
  if (message.author_signature) return h('span', { class: 'badge title' }, bdi(message.author_signature));
  if (message.sender_tag) return h('span', { class: 'badge tag' }, bdi(message.sender_tag));
  if (member.custom_title) return h('span', { class: 'badge title' }, bdi(member.custom_title));
  if (member.status === 'creator') return h('span', { class: 'badge title' }, 'owner');
  if (member.status === 'administrator') return h('span', { class: 'badge title' }, 'admin');
  return message.sender_chat ? h('span', { class: 'badge' }, message.sender_chat.type) : null;
}

/** Those who can act in a chat, leaders first, those who are outside last. */
export function actors(chat) {
  if (!chat) return [];
  if (chat.type === 'private') return [store.user(chat.id)];
  const rank = { creator: 0, administrator: 1, member: 2, restricted: 2, left: 3, kicked: 4 };
  const inside = [...chat.people.values()].filter((member) => !store.user(member.user_id).is_bot);
  return inside.sort((a, b) => rank[a.status] - rank[b.status]).map((member) => store.user(member.user_id));
}
