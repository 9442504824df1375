// The raid generator: so many newcomers, with such names, who say such a thing within so many seconds.
import { fill, h } from '../dom.js';
import { titleOf } from '../people.js';
import { registerPanel } from '../panels.js';
import { area, button, choice, closing, field, hint, number, row } from './parts.js';

registerPanel({ id: 'raid', title: 'Raid', icon: 'wave', order: 60, render });

function render(element, params, context) {
  const { store, api } = context;
  const groups = [...store.chats.values()].filter((chat) => chat.type !== 'private');
  const chat = choice('raid-chat', groups.map((one) => [one.id, titleOf(one)]), context.focused()?.chat);
  const n = number('raid-n', 10, { min: '1', max: '500' });
  const names = area('raid-names', { placeholder: 'one a line; without any: Raider 1, Raider 2, …' });
  const said = area('raid-text', { placeholder: 'what each of them says; {n} is their number; empty: nothing' });
  const seconds = number('raid-seconds', 5, { min: '0', step: 'any' });
  const came = h('p', { class: 'hint', role: 'status', data: { raid: '' } });
  let coming = { chat: 0, users: [] };
  const count = () => {
    const joined = coming.users.filter((user) => store.member(coming.chat, user).joined_at).length;
    if (coming.users.length) came.textContent = `${joined} of ${coming.users.length} newcomers have joined.`;
  };
  fill(element, field('Into', chat), field('How many', n), field('Names', names), field('Text', said),
    field('Within seconds of the sandbox’s clock', seconds),
    row(button('raid', 'Start the raid', context, async () => {
      const { users } = await api.do('raid', { chat: Number(chat.value), n: Number(n.value), seconds: Number(seconds.value),
        names: lines(names.value), text: said.value.trim() ? said.value : null });
      coming = { chat: Number(chat.value), users };
      count();
    }, { class: 'danger' })), came,
    hint('They are new accounts. Whoever is refused (banned, restricted, gone) stands in Events.'));
  return closing(store.on('event', count));
}

function lines(text) {
  const given = text.split('\n').map((line) => line.trim()).filter(Boolean);
  return given.length ? given : null;
}
