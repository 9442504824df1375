// One call of the bot in the log: a line, and unfolded everything about it.
import { bdi, h } from '../dom.js';
import { nameOf, titleOf } from '../people.js';
import { fullTime } from '../when.js';
import { button, facts, row } from './parts.js';

const LONG = 20_000;

export function line(call, at, { store }) {
  const chat = store.chat(at.chat);
  return [
    h('span', { class: 'call-at' }, fullTime(call.at).split(', ').at(-1)),
    h('span', { class: 'call-method' }, call.method),
    h('span', { class: 'call-about' }, at.user ? bdi(nameOf(store.user(at.user))) : null, at.user && chat ? ' · ' : null,
      chat ? bdi(titleOf(chat)) : null, at.messages.length ? ` #${at.messages.slice(0, 3).join(' #')}` : null),
    h('span', { class: 'call-time' }, milliseconds(call.latency)),
    call.ok ? null : h('span', { class: 'call-error' }, `${call.error_code} ${call.description}`),
    call.note ? h('span', { class: 'call-error' }, `by a failure rule: ${call.note}`) : null,
  ];
}

const milliseconds = (seconds) => (seconds < 0.01 ? `${(seconds * 1000).toFixed(1)} ms` : `${Math.round(seconds * 1000)} ms`);

export function details(call, at, context) {
  return h('div', { class: 'call-details' },
    row(at.messages.slice(0, 5).map((id) => button('show-message', `Show message ${id}`, context,
      () => context.showMessage(at.chat, id), { class: 'small' })),
    at.user && at.chat ? button('open-member', 'Show member', context, () => context.openPanel('member', at.chat, at.user), { class: 'small' }) : null),
    facts(['Call', `${call.n}, ${fullTime(call.at)}`], ['Answered after', milliseconds(call.latency)],
      ['Error', call.ok ? '' : `${call.error_code}: ${call.description}`], ['Failure rule', call.note]),
    h('h4', {}, 'Parameters'), code(call.parameters, 'parameters'),
    call.ok ? [h('h4', {}, 'Result'), code(call.result, 'result')] : null);
}

function code(value, part) {
  const written = JSON.stringify(value ?? null, null, 2);
  const shown = written.length > LONG ? `${written.slice(0, LONG)}\n…` : written;
  return h('pre', { class: 'code', data: { part }, tabindex: '0', 'aria-label': part, dir: 'ltr' }, shown);
}
