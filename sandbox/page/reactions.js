// Reactions under a message: who gave them, given and taken back as the acting member.
import { h } from './dom.js';
import { plainName } from './people.js';
import { store } from './store.js';

export const USUAL = ['👍', '❤', '🔥', '😁', '🎉', '🙏', '👌', '🤔', '😢', '👎', '👏', '💯'];

export function given(message, user) {
  return (message.reactions?.[user] ?? []).map((reaction) => reaction.emoji ?? '◇');
}

function counted(message) {
  const totals = new Map();
  for (const [user, list] of Object.entries(message.reactions ?? {})) {
    for (const reaction of list) {
      const sign = reaction.emoji ?? '◇';
      totals.set(sign, [...(totals.get(sign) ?? []), Number(user)]);
    }
  }
  return totals;
}

export function reactionsOf(message, spec, hooks) {
  const totals = counted(message);
  if (!totals.size) return null;
  return h('div', { class: 'reactions' }, [...totals].map(([emoji, users]) => {
    const mine = users.includes(spec.actor);
    const names = users.map((user) => plainName(store.user(user))).join(', ');
    return h('button', { type: 'button', class: `reaction${mine ? ' mine' : ''}`, title: names, 'aria-pressed': String(mine), 'aria-label': `${emoji} ${users.length}: ${names}`,
      data: { act: 'react', emoji }, on: { click: () => hooks.react(message, mine ? '' : emoji) } }, h('span', {}, emoji), h('span', { class: 'count' }, String(users.length)));
  }));
}
