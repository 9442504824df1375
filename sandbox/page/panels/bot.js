// The bot in a chat: added, appointed with these rights, removed; and its privacy mode.
import { h } from '../dom.js';
import { leaders } from './memberacts.js';
import { button, check, field, folded, hint, row, sure, ticked, toggle } from './parts.js';
import { RIGHTS, STATUS, rightsOf } from './words.js';

export function botPart(chat, context) {
  const { store, api } = context;
  const bot = store.member(chat.id, store.bot.id);
  const by = leaders(chat, store);
  const at = () => ({ chat: chat.id, by: Number(by.value) });
  const leads = bot.status === 'administrator';
  const boxes = rightsOf(chat).map((name) => [name, check(name, RIGHTS[name], leads ? Boolean(bot[name]) : name !== 'can_promote_members')]);
  const chosen = () => boxes.filter(([, box]) => ticked(box)).map(([name]) => name);
  const rights = h('fieldset', { class: 'checks', data: { rights: 'bot' } }, h('legend', {}, 'The bot may'), boxes.map(([, box]) => box));
  return folded(`The bot: ${STATUS[bot.status]}`, 'bot', field('Done by', by), rights,
    row(bot.inside ? inside(leads, at, chosen, context) : outside(chat, at, chosen, context)),
    toggle('privacy', 'privacy mode', store.privacy, context, (on) => api.do('privacy', { enabled: on })),
    hint('Privacy mode holds where the bot is added from now on; an administrator reads everything.'));
}

function inside(leads, at, chosen, context) {
  const { api, store } = context;
  return [
    button('set-bot-rights', leads ? 'Save rights' : 'Make administrator', context, () => api.do('set_bot_rights', { ...at(), rights: chosen() })),
    leads ? button('demote-bot', 'Make member', context, () => api.do('demote', { ...at(), user: store.bot.id })) : null,
    sure('remove-bot', 'Remove the bot', 'Remove it?', context, () => api.do('remove_bot', at())),
  ];
}

function outside(chat, at, chosen, context) {
  const add = (admin) => () => context.api.do('add_bot', { ...at(), admin });
  return [
    chat.type === 'channel' ? null : button('add-bot', 'Add as member', context, add(null)),
    button('add-bot-admin', 'Add as administrator', context, () => context.api.do('add_bot', { ...at(), admin: chosen() }), { class: 'main' }),
  ];
}
