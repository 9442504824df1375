// The log of Bot API calls: what the bot asked, what it was told, how long it took, which message it concerns.
import { fill, h } from '../dom.js';
import { titleOf } from '../people.js';
import { registerPanel } from '../panels.js';
import { chatOf, knowPresses, messagesOf, newest, notePress, userOf } from './calllinks.js';
import { details, line } from './callrow.js';
import { button, check, choice, closing, field, hint, row, setOptions, soon, text, ticked } from './parts.js';

const FIRST = 200;
const SHOWN = 300;

registerPanel({ id: 'calls', title: 'Calls', icon: 'log', order: 20, render });

/** params: the chat, the message and the call to show; 0 is any. */
function render(element, params, context) {
  const [chat, message, wanted] = [0, 1, 2].map((at) => Number(params[at]) || 0);
  const log = { calls: [], tail: FIRST, message, wanted, context };
  const filters = filtersOf(log, chat);
  const list = h('ol', { class: 'calls', 'aria-label': 'Calls, the newest first' });
  const more = button('more-calls', 'Earlier calls', context, async () => { log.tail *= 4; await load(log); draw(); });
  const said = hint('');
  const draw = () => drawList(log, filters, list, said, more);
  filters.watch(draw);
  fill(element, message ? only(chat, message, context) : null, filters.shown, said, list, more);
  const renew = soon(async () => { await load(log); draw(); }, 120);
  knowPresses().then(() => load(log)).then(() => { draw(); reveal(list, wanted); }).catch(() => fill(said, 'The sandbox does not answer.'));
  return closing(context.store.on('event', (event) => {
    if (event.kind === 'press') notePress(event);
    if (event.kind === 'call') renew();
  }), context.store.on('reload', renew));
}

function only(chat, message, context) {
  return row(h('p', { class: 'hint' }, `Calls that concern message ${message}`), button('all-calls', 'All calls', context,
    () => context.openPanel('calls')), button('show-message', 'Show message', context, () => context.showMessage(chat, message)));
}

async function load(log) {
  const last = log.calls.at(-1)?.n ?? 0;
  const fetched = await newest(log.tail);
  log.more = fetched.length === log.tail;
  log.fresh = fetched.filter((call) => call.n > last).length;
  log.calls = fetched;
}

function filtersOf(log, chat) {
  const { store } = log.context;
  const method = text('call-method', { type: 'search', placeholder: 'any method', list: 'call-methods', 'aria-label': 'Method' });
  const methods = h('datalist', { id: 'call-methods' });
  const places = () => [[0, 'any chat'], ...[...store.chats.values()].map((one) => [one.id, titleOf(one)])];
  const chats = choice('call-chat', places(), chat, { 'aria-label': 'Chat' });
  const errors = check('call-errors', 'errors only');
  const words = text('call-text', { type: 'search', placeholder: 'text in it', 'aria-label': 'Text in the call' });
  return {
    shown: h('div', { class: 'filters' }, row(method, chats), row(words, errors), methods),
    watch: (fn) => [method, chats, errors, words].forEach((one) => one.addEventListener('input', soon(fn, 60))),
    fits: (call) => (!method.value || call.method.toLowerCase().includes(method.value.trim().toLowerCase()))
      && (!Number(chats.value) || chatOf(call, store) === Number(chats.value))
      && (!ticked(errors) || !call.ok)
      && (!log.message || messagesOf(call).includes(log.message))
      && (!words.value || JSON.stringify(call).toLowerCase().includes(words.value.trim().toLowerCase())),
    know: () => {
      setOptions(chats, places());
      const seen = [...new Set(log.calls.map((call) => call.method))].sort();
      methods.replaceChildren(...seen.map((name) => h('option', { value: name })));
    },
  };
}

/** Rows stay as they are while they are the same calls, so that what is unfolded stays unfolded. */
function drawList(log, filters, list, said, more) {
  filters.know();
  const fitting = log.calls.filter(filters.fits).slice(-SHOWN).reverse();
  const known = new Map([...list.children].map((item) => [Number(item.dataset.call), item]));
  list.replaceChildren(...fitting.map((call) => known.get(call.n) ?? item(call, log)));
  const failed = fitting.filter((call) => !call.ok).length;
  fill(said, fitting.length ? `${fitting.length} calls${failed ? `, ${failed} refused` : ''}, the newest first` : 'No call fits.');
  more.hidden = !log.more;
}

function item(call, log) {
  const { context } = log;
  const at = { chat: chatOf(call, context.store), messages: messagesOf(call), user: userOf(call) };
  const box = h('li', { class: `call ${call.ok ? 'ok' : 'bad'}`, data: { call: call.n, method: call.method, ok: call.ok ? 'yes' : 'no' } });
  const head = h('button', { type: 'button', class: 'call-line', data: { act: 'call-details' }, 'aria-expanded': 'false' }, line(call, at, context));
  head.addEventListener('click', () => {
    const open = head.getAttribute('aria-expanded') === 'true';
    head.setAttribute('aria-expanded', String(!open));
    if (open) box.lastElementChild.remove();
    else box.append(details(call, at, context));
    if (!open && at.messages.length && !narrow()) context.showMessage(at.chat, at.messages[0]);
  });
  box.append(head);
  return box;
}

/** On a phone the message would cover the log; there a button leads to it. */
const narrow = () => matchMedia('(max-width: 760px)').matches;

function reveal(list, wanted) {
  const found = wanted && list.querySelector(`[data-call="${wanted}"]`);
  if (!found) return;
  found.firstElementChild.click();
  found.scrollIntoView({ block: 'center' });
}
