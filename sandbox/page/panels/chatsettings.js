// A chat's title, what its members may do, slow mode, topics, invite links, and becoming a supergroup.
import { bdi, h } from '../dom.js';
import { fullTime } from '../when.js';
import { button, check, choice, field, folded, hint, number, row, sure, text, ticked } from './parts.js';
import { PERMISSIONS, SPANS } from './words.js';

const SLOW = [[0, 'off'], [10, '10 s'], [30, '30 s'], [60, '1 min'], [300, '5 min'], [900, '15 min'], [3600, '1 h']];

export function settingsPart(chat, context) {
  return [titlePart(chat, context), permissionsPart(chat, context), linksPart(chat, context), topicsPart(chat, context), upgradePart(chat, context)];
}

function titlePart(chat, context) {
  const title = text('chat-title', { value: chat.title ?? '', maxlength: 128, 'aria-label': 'Title of the chat' });
  return folded('Title', 'title', row(title, button('set-title', 'Rename', context, () => context.api.do('set_title', { chat: chat.id, title: title.value }))));
}

function permissionsPart(chat, context) {
  if (chat.type === 'channel') return null;
  const { api } = context;
  const may = new Set(chat.permissions);
  const boxes = Object.entries(PERMISSIONS).map(([name, label]) => [name, check(name, label, may.has(name))]);
  const chosen = () => Object.fromEntries(boxes.map(([name, box]) => [name, ticked(box)]));
  const slow = choice('slow-mode', SLOW, chat.slow_mode);
  return folded('What members may do', 'permissions', h('fieldset', { class: 'checks' }, h('legend', {}, 'Everybody may'), boxes.map(([, box]) => box)),
    row(button('set-permissions', 'Save', context, () => api.do('set_default_permissions', { chat: chat.id, permissions: chosen() }))),
    row(field('Slow mode', slow), button('set-slow-mode', 'Set', context, () => api.do('set_slow_mode', { chat: chat.id, seconds: Number(slow.value) }))));
}

function linksPart(chat, context) {
  const asks = check('by-request', 'has to be let in');
  const limit = number('member-limit', 0, { min: '0', max: '99999' });
  const ends = choice('link-span', SPANS);
  const make = () => context.api.do('invite_link', { chat: chat.id, by_request: ticked(asks), member_limit: Number(limit.value),
    expires: Number(ends.value) ? Math.floor(context.store.now() + Number(ends.value)) : 0 });
  return folded('Invite links', 'links', h('ul', { class: 'plain' }, chat.links.map((link) => h('li', { class: 'row', data: { link: link.invite_link } },
    h('code', { class: 'grow' }, bdi(link.invite_link)), h('span', { class: 'muted' }, about(link))))),
  chat.links.length ? null : hint('None yet.'),
  field('At most so many people (0: any number)', limit), field('Lasts', ends), asks, row(button('make-link', 'Make a link', context, make)));
}

function about(link) {
  return [link.is_revoked && 'revoked', link.creates_join_request && 'asks', link.member_limit && `${link.member_limit} people`,
    link.expire_date && `until ${fullTime(link.expire_date)}`].filter(Boolean).join(', ');
}

function topicsPart(chat, context) {
  if (!chat.is_forum) return null;
  const name = text('topic', { placeholder: 'name of the topic', maxlength: 128 });
  return folded('Topics', 'topics', h('ul', { class: 'plain' }, Object.entries(chat.topics).map(([id, topic]) => h('li', {}, button('open-topic', bdi(topic), context,
    () => context.openChat(chat.id, { thread: Number(id) }), { class: 'small' })))),
  row(name, button('create-topic', 'Make', context, () => context.api.do('topic_create', { chat: chat.id, name: name.value }))));
}

function upgradePart(chat, context) {
  if (chat.type !== 'group' || chat.migrated_to) return null;
  return folded('Become a supergroup', 'upgrade', hint('It gets a new id; the bot has to follow.'), row(
    sure('upgrade', 'Make it a supergroup', 'Do it? There is no way back.', context, async () => {
      const made = await context.api.do('upgrade', { chat: chat.id });
      await context.store.refresh();
      context.openChat(made.id);
    })));
}
