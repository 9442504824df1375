// What can be done with a person in a chat, in the name of whoever may do it.
import { h } from '../dom.js';
import { nameOf } from '../people.js';
import { button, check, choice, field, folded, hint, row, sure, text, ticked } from './parts.js';
import { PERMISSIONS, RIGHTS, SPANS, rightsOf } from './words.js';

/** Everything for this person in this chat, as it stands now. */
export function memberActs(chat, user, context) {
  const member = context.store.member(chat.id, user.id);
  if (user.id === context.store.bot.id) return hint('The bot is added and led in the chat’s panel.');
  const at = { chat: chat.id, user: user.id };
  if (chat.type === 'private') return [talking(user, context), naming(user, context)];
  const by = leaders(chat, context.store);
  return [
    row(...coming(member, at, chat, context)),
    member.status === 'creator' ? hint('Nobody removes or restricts the owner.') : [
      field('Done by', by), putting(member, at, by, context), limiting(member, at, by, context), leading(chat, member, at, by, context)],
    tagging(member, at, context), naming(user, context), talking(user, context),
  ];
}

/** The administrators of the chat, the owner first; what is done is done by one of them. */
export function leaders(chat, store) {
  const all = chat.members.filter((member) => ['creator', 'administrator'].includes(member.status) && member.user_id !== store.bot.id);
  all.sort((a, b) => (a.status === 'creator' ? -1 : b.status === 'creator' ? 1 : 0));
  return choice('by', all.map((member) => [member.user_id, nameOf(store.user(member.user_id))]));
}

const ends = (seconds, context) => (seconds ? Math.floor(context.store.now() + seconds) : 0);

function coming(member, at, chat, context) {
  const { api } = context;
  const acting = button('act-as', 'Act as', context, () => context.openChat(chat.id, { actor: at.user }));
  if (member.inside) return [acting, button('leave', 'Leave', context, () => api.do('leave', at))];
  return [acting, button('join', 'Join', context, async () => {
    const how = await api.do('join', at);
    if (how === 'requested') context.toast('Asked to join: a leader or the bot has to answer.');
  }), button('ask', 'Ask to join', context, () => api.do('join_request', at))];
}

function putting(member, at, by, context) {
  const long = choice('ban-span', SPANS);
  const banned = member.status === 'kicked';
  return folded('Remove', 'remove',
    row(member.inside ? button('kick', 'Remove, free to come back', context, () => context.api.do('kick', { ...at, by: Number(by.value) })) : null),
    banned ? row(button('unban', 'Lift the ban', context, () => context.api.do('unban', { ...at, by: Number(by.value) }))) : row(long,
      button('ban', 'Ban', context, () => context.api.do('ban', { ...at, by: Number(by.value), until: ends(Number(long.value), context) }), { class: 'danger' })));
}

function limiting(member, at, by, context) {
  const long = choice('restrict-span', SPANS, 3600);
  const boxes = Object.entries(PERMISSIONS).map(([name, label]) => [name, check(name, label, Boolean(member[name]))]);
  const send = (permissions, until) => context.api.do('restrict', { ...at, by: Number(by.value), permissions, until });
  const chosen = () => Object.fromEntries(boxes.map(([name, box]) => [name, ticked(box)]));
  const all = Object.fromEntries(Object.keys(PERMISSIONS).map((name) => [name, true]));
  return folded('Restrict', 'restrict', h('fieldset', { class: 'checks' }, h('legend', {}, 'May still'), boxes.map(([, box]) => box)),
    row(long, button('restrict', 'Restrict', context, () => send(chosen(), ends(Number(long.value), context))),
      member.status === 'restricted' ? button('lift', 'Lift', context, () => send(all, 0)) : null));
}

function leading(chat, member, at, by, context) {
  const title = text('title', { value: member.custom_title ?? '', maxlength: 16, placeholder: 'Title beside the name' });
  const usual = new Set(['can_manage_chat', 'can_delete_messages', 'can_restrict_members', 'can_invite_users', 'can_pin_messages']);
  const has = (name) => (member.status === 'administrator' ? Boolean(member[name]) : usual.has(name));
  const boxes = rightsOf(chat).map((name) => [name, check(name, RIGHTS[name], has(name))]);
  const anonymous = check('anonymous', 'stays anonymous', Boolean(member.is_anonymous));
  const send = () => context.api.do('promote', { ...at, by: Number(by.value), title: title.value, anonymous: ticked(anonymous),
    rights: boxes.filter(([, box]) => ticked(box)).map(([name]) => name) });
  return folded(member.status === 'administrator' ? 'Rights' : 'Promote', 'promote', field('Title', title),
    h('fieldset', { class: 'checks' }, h('legend', {}, 'May'), boxes.map(([, box]) => box), anonymous),
    row(button('promote', member.status === 'administrator' ? 'Save rights' : 'Promote', context, send),
      member.status === 'administrator'
        ? button('demote', 'Demote', context, () => context.api.do('demote', { ...at, by: Number(by.value) }), { class: 'danger' }) : null));
}

function tagging(member, at, context) {
  if (!member.inside) return null;
  const tag = text('tag', { value: member.tag ?? '', maxlength: 16, placeholder: 'none' });
  return folded('Tag', 'tag', row(tag, button('set-tag', 'Set tag', context, () => context.api.do('set_tag', { ...at, tag: tag.value }))));
}

function naming(user, context) {
  const first = text('first-name', { value: user.first_name });
  const last = text('last-name', { value: user.last_name ?? '', placeholder: 'none' });
  const name = text('username', { value: user.username ?? '', placeholder: 'none' });
  const send = () => context.api.do('user_rename', { user: user.id, first_name: first.value, last_name: last.value, username: name.value });
  return folded('Rename', 'rename', field('First name', first), field('Last name', last), field('Username', name),
    row(button('rename', 'Rename', context, send)), hint('Nothing tells the bot of it.'));
}

function talking(user, context) {
  const { api } = context;
  return folded('Private chat with the bot', 'private', row(
    button('open-private', 'Open beside', context, () => context.openChat(user.id, { actor: user.id, newColumn: true })),
    button('start', 'Press start', context, () => api.do('start', { user: user.id })),
    user.blocked ? button('unblock', 'Unblock the bot', context, () => api.do('unblock', { user: user.id }))
      : button('block', 'Block the bot', context, () => api.do('block', { user: user.id }))),
  row(sure('delete-account', 'Delete the account', 'Really? It cannot come back.', context, () => api.do('user_delete', { user: user.id }))));
}
