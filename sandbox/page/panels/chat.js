// The chat's panel: who is in it, who wants in, the bot's rights, what members may do, links and topics.
import { bdi, fill, h } from '../dom.js';
import { avatar, chatAvatar, nameOf, titleOf } from '../people.js';
import { registerPanel } from '../panels.js';
import { botPart } from './bot.js';
import { settingsPart } from './chatsettings.js';
import { button, choice, closing, field, folded, hint, refill, row, section, soon, text } from './parts.js';
import { KINDS, STATUS } from './words.js';

const SHOWN = 200;
const ORDER = { creator: 0, administrator: 1, restricted: 2, member: 3, kicked: 4, left: 5 };

registerPanel({ id: 'chat', title: 'Chat', icon: 'people', order: 8, render });

function render(element, params, context) {
  const { store } = context;
  const id = Number(params[0] || context.focused()?.chat || 0);
  if (!store.chat(id)) return void fill(element, hint('Open a chat first.'));
  if (store.chat(id).type === 'private') return void fill(element, hint('This is a private chat. Its person has a panel.'),
    row(button('open-member', 'Show person', context, () => context.openPanel('member', id, id))));
  const head = h('div', { class: 'who' });
  const asks = h('div', { class: 'acts' });
  const parts = h('div', { class: 'acts' });
  const members = membersPart(id, context);
  fill(element, head, asks, members.shown, parts);
  let drawn = '';
  const draw = soon(() => {
    const chat = store.chat(id);
    if (!chat) return;
    drawHead(head, chat);
    members.draw();
    const state = JSON.stringify([store.member(id, store.bot.id), { ...chat, members: 0, last: 0, unread: 0, last_id: 0 }, store.privacy]);
    if (state === drawn) return;
    drawn = state;
    fill(asks, chat.requests.length ? requests(chat, context) : null);
    refill(parts, comingPart(chat, context), botPart(chat, context), settingsPart(chat, context));
  }, 60);
  draw();
  return closing(store.on(`chat:${id}`, draw), store.on('users', draw), store.on('chats', draw));
}

function drawHead(element, chat) {
  const inside = chat.members.filter((member) => member.inside).length;
  fill(element, chatAvatar(chat, 'l'), h('div', { class: 'who-text' }, h('strong', { class: 'who-name' }, bdi(titleOf(chat))),
    h('span', { class: 'who-sub' }, `${chat.is_forum ? 'forum, ' : ''}${KINDS[chat.type]}, ${inside} inside`),
    h('span', { class: 'who-sub' }, bdi(chat.username ? `@${chat.username}` : String(chat.id)))));
}

function membersPart(id, context) {
  const { store } = context;
  const search = text('member-search', { type: 'search', placeholder: 'Search', 'aria-label': 'Search members' });
  const list = h('ul', { class: 'plain members', 'aria-label': 'Members' });
  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const chat = store.chat(id);
    const found = [...chat.members].sort((a, b) => ORDER[a.status] - ORDER[b.status])
      .map((member) => [member, store.user(member.user_id)])
      .filter(([, user]) => `${nameOf(user)} ${user.username ?? ''} ${user.id}`.toLowerCase().includes(wanted));
    fill(list, found.slice(0, SHOWN).map(([member, user]) => person(chat, member, user, context)),
      found.length > SHOWN ? hint(`and ${found.length - SHOWN} more: search for them`) : null, found.length ? null : hint('Nobody.'));
  };
  search.addEventListener('input', soon(draw, 60));
  return { shown: section('Members', search, list), draw };
}

function person(chat, member, user, context) {
  const sub = member.custom_title || member.tag;
  return h('li', {}, h('button', { type: 'button', class: 'person', data: { member: user.id, status: member.status, act: 'open-member' },
    on: { click: () => context.openPanel('member', chat.id, user.id) } },
  avatar(user.id, nameOf(user), { size: 's' }), h('span', { class: 'grow' }, bdi(nameOf(user)), sub ? h('span', { class: 'muted' }, ' ', bdi(sub)) : null),
  h('span', { class: `pill ${member.status}` }, STATUS[member.status])));
}

function requests(chat, context) {
  const answer = (user, approve) => context.api.do('answer_request', { chat: chat.id, user, approve });
  return section('Ask to join', h('ul', { class: 'plain' }, chat.requests.map((id) => h('li', { class: 'row', data: { request: id } },
    h('span', { class: 'grow' }, bdi(nameOf(context.store.user(id)))),
    button('approve', 'Let in', context, () => answer(id, true), { class: 'small' }),
    button('decline', 'Turn away', context, () => answer(id, false), { class: 'small' })))));
}

/** Somebody comes in: by themselves, brought by a member, by a link. */
function comingPart(chat, context) {
  const { store, api } = context;
  const outside = [...store.users.values()].filter((user) => !user.is_bot && !store.member(chat.id, user.id).inside);
  const who = choice('outsider', outside.map((user) => [user.id, nameOf(user)]));
  const inside = chat.members.filter((member) => member.inside && !store.user(member.user_id).is_bot);
  const by = choice('added-by', [[0, 'by themselves'], ...inside.map((member) => [member.user_id, `added by ${nameOf(store.user(member.user_id))}`])]);
  const links = chat.links.filter((link) => !link.is_revoked).map((link) => [link.invite_link, `by ${link.name || link.invite_link.slice(-8)}`]);
  const via = choice('via-link', [['', 'without a link'], ...links]);
  const join = async () => {
    const how = await api.do('join', { chat: chat.id, user: Number(who.value), added_by: Number(by.value) || null, via_link: via.value || null });
    context.toast(how === 'requested' ? 'Asked to join.' : 'Came in.');
  };
  if (!outside.length) return folded('Bring somebody in', 'coming', hint('Everybody is in. Make new people in the panel People.'));
  return folded('Bring somebody in', 'coming', field('Who', who), field('How', by), field('Link', via), row(
    button('chat-join', 'Come in', context, join),
    button('chat-ask', 'Ask to join', context, () => api.do('join_request', { chat: chat.id, user: Number(who.value), link: via.value || null }))));
}
