// What is to go wrong: the next calls, the limits on speech, updates that come twice.
import { fill, h } from '../dom.js';
import { nameOf, titleOf } from '../people.js';
import { registerPanel } from '../panels.js';
import { button, choice, closing, field, hint, number, row, section, setOptions, soon, text, toggle } from './parts.js';

const KINDS = {
  error: 'answer an error', drop_answer: 'do it, lose the answer', drop_before: 'lose the call', delay: 'answer late',
  http_body: 'answer a page of HTML',
};
const CODES = [[500, '500 Internal Server Error'], [502, '502 Bad Gateway'], [429, '429 Too Many Requests'], [400, '400 Bad Request'],
  [401, '401 Unauthorized'], [403, '403 Forbidden'], [404, '404 Not Found'], [409, '409 Conflict']];
const METHODS = ['*', 'sendMessage', 'deleteMessage', 'deleteMessages', 'restrictChatMember', 'banChatMember', 'editMessageText',
  'answerCallbackQuery', 'getChatMember', 'getUpdates', 'getMe'];
const HTML = '<html><body><h1>502 Bad Gateway</h1></body></html>';

registerPanel({ id: 'failures', title: 'Failures', icon: 'bolt', order: 50, render });

function render(element, params, context) {
  const { store, api } = context;
  const list = h('ul', { class: 'plain armed', 'aria-label': 'What is armed now' });
  const form = formOf(context);
  const flood = toggle('flood', 'Telegram’s limits on speech', store.flood, context, (on) => api.do('flood', { enabled: on }));
  const strict = toggle('strict-polling', 'slow down polls that ask for the same again', false, context,
    (on) => api.do('strict_polling', { enabled: on }));
  const times = choice('times', [[1, 'once'], [2, 'twice'], [3, 'three times']]);
  times.addEventListener('change', () => api.do('duplicate_updates', { times: Number(times.value) })
    .catch((error) => context.toast(error.message, { bad: true })));
  fill(element, section('Make calls fail', form),
    section('Armed now', list, row(button('fail-clear', 'Clear all', context, () => api.do('fail_clear')))),
    section('Limits', flood, strict), section('Updates', field('Each is delivered', times)));
  const draw = soon(async () => {
    const armed = await api.look('armed');
    fill(list, armed.rules.length ? armed.rules.map((rule) => h('li', { data: { armed: rule.method } }, said(rule, store))) : hint('Nothing.'));
    flood.querySelector('input').checked = armed.flood;
    strict.querySelector('input').checked = armed.strict_polling;
    times.value = String(armed.times);
  });
  draw();
  return closing(store.on('event', (event) => ['armed', 'settings', 'call', 'reset'].includes(event.kind) && draw()), store.on('reload', draw));
}

function said(rule, store) {
  const about = [rule.chat && `in ${titleOf(store.chat(rule.chat)) || rule.chat}`, rule.user && `about ${nameOf(store.user(rule.user))}`];
  const how = rule.mode === 'error' ? `${rule.code || (rule.retry_after ? 429 : 500)} ${rule.description}` : KINDS[rule.mode];
  const extra = [rule.retry_after && `retry after ${rule.retry_after} s`, rule.seconds && `${rule.seconds} s`];
  return [`next ${rule.n} of ${rule.method === '*' ? 'any method' : rule.method}`, ...about, how, ...extra].filter(Boolean).join(' · ');
}

function formOf(context) {
  const method = text('fail-method', { value: 'sendMessage', list: 'fail-methods', 'aria-label': 'Method, * is any' });
  const methods = h('datalist', { id: 'fail-methods' }, METHODS.map((name) => h('option', { value: name })));
  const n = number('fail-n', 1, { min: '1', max: '10000', 'aria-label': 'How many calls' });
  const mode = choice('fail-mode', Object.entries(KINDS));
  const code = choice('fail-code', CODES, 500);
  const description = text('fail-description', { placeholder: 'as Telegram says it' });
  const after = number('fail-retry-after', 3, { min: '1' });
  const seconds = number('fail-seconds', 5, { min: '0', step: 'any' });
  const chat = choice('fail-chat', [[0, 'any chat'], ...[...context.store.chats.values()].map((one) => [one.id, titleOf(one)])]);
  const user = choice('fail-user', [[0, 'anybody'], ...[...context.store.users.values()].map((one) => [one.id, nameOf(one)])]);
  const parts = { code: field('Code', code), description: field('Text', description), after: field('Retry after, s', after), seconds: field('Seconds', seconds) };
  const fit = () => {
    parts.code.hidden = !['error', 'http_body'].includes(mode.value);
    parts.description.hidden = mode.value !== 'error';
    parts.after.hidden = mode.value !== 'error' || code.value !== '429';
    parts.seconds.hidden = !['delay', 'http_body'].includes(mode.value);
  };
  mode.addEventListener('input', fit);
  code.addEventListener('input', fit);
  fit();
  const given = () => ({ method: method.value.trim() || '*', n: Number(n.value), mode: mode.value,
    chat: Number(chat.value) || null, user: Number(user.value) || null, ...details(parts, { code, description, after, seconds }, mode.value) });
  return [field('The next', row(n, h('span', {}, 'calls of'), method)), methods, field('In', chat), field('About', user), field('They', mode),
    Object.values(parts), row(button('fail-next', 'Arm', context, () => context.api.do('fail_next', given()), { class: 'main' }))];
}

function details(parts, inputs, mode) {
  const shown = (name) => !parts[name].hidden;
  return {
    code: shown('code') ? Number(inputs.code.value) : 0,
    description: shown('description') ? inputs.description.value : '',
    retry_after: shown('after') ? Number(inputs.after.value) : 0,
    seconds: shown('seconds') ? Number(inputs.seconds.value) : 0,
    body: mode === 'http_body' ? HTML : '',
  };
}
