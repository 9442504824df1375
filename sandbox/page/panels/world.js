// The whole world put aside, brought back, emptied.
import { fill, h } from '../dom.js';
import { registerPanel } from '../panels.js';
import { button, closing, facts, folded, hint, row, section, soon, sure, text } from './parts.js';

registerPanel({ id: 'world', title: 'World', icon: 'history', order: 90, render });

function render(element, params, context) {
  const { store, api, toast } = context;
  const name = text('snapshot', { placeholder: 'a name for it', 'aria-label': 'Name of what is put aside' });
  const list = h('ul', { class: 'plain', 'aria-label': 'What was put aside' });
  const about = h('div');
  const kinds = h('ul', { class: 'marks' });
  const draw = soon(async () => {
    const [names, state] = await Promise.all([api.look('snapshots'), api.look('state', { messages: 0 })]);
    fill(about, facts(['People', String(state.users.length)], ['Chats', String(state.chats.length)], ['Calls', String(state.calls)],
      ['Updates that wait', String(state.updates.waiting)]));
    fill(kinds, state.updates.allowed.map((kind) => h('li', {}, kind)));
    fill(list, names.length ? names.map((one) => h('li', { class: 'row', data: { snapshot: one } }, h('span', { class: 'grow' }, one || '(no name)'),
      sure('restore', 'Bring back', 'Bring it back? What is now is lost.', context, () => api.do('restore', { name: one })))) : hint('Nothing yet.'));
  }, 200);
  fill(element, section('Now', about), folded('Updates the bot asked for', 'updates', kinds),
    section('Put aside', row(name, button('snapshot', 'Put aside', context, async () => {
      await api.do('snapshot', { name: name.value.trim() });
      toast('Put aside.');
    })), list, hint('People, chats and messages; not the clock and not the calls.')),
    section('Start over', row(sure('reset', 'Empty the world', 'Empty it? Everybody and everything goes.', context, () => api.do('reset')))));
  draw();
  return closing(store.on('event', draw), store.on('reload', draw));
}
