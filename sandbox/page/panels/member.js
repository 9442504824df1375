// The member panel: how a person stands in a chat, and what can be done with them there.
import { bdi, fill, h } from '../dom.js';
import { avatar, nameOf, titleOf } from '../people.js';
import { registerPanel } from '../panels.js';
import { fullTime, untilTime } from '../when.js';
import { measuresOf } from './calllinks.js';
import { memberActs } from './memberacts.js';
import { choice, closing, facts, field, hint, refill, section, soon } from './parts.js';
import { PERMISSIONS, RIGHTS, STATUS, span } from './words.js';

const DONE = 'What the bot did to them and said to them';
const SHOWN = 10;

registerPanel({ id: 'member', title: 'Member', icon: 'person', order: 10, render });

function render(element, params, context) {
  const { store } = context;
  const chat = store.chat(params[0] || context.focused()?.chat);
  const user = params[1] && store.users.get(Number(params[1]));
  if (!chat) return void fill(element, hint('Open a chat first.'));
  if (!user) return pick(element, chat, context);
  const head = h('div', { class: 'member', data: { member: user.id } });
  const done = section(DONE, hint('Nothing yet.'));
  const acts = h('div', { class: 'acts' });
  fill(element, head, acts, done);
  let drawn = '';
  const draw = () => {
    if (!store.chat(chat.id)) return;
    const state = JSON.stringify([store.member(chat.id, user.id), store.users.get(user.id)]);
    if (state === drawn) return;
    drawn = state;
    drawHead(head, store.chat(chat.id), store.user(user.id), store);
    refill(acts, memberActs(store.chat(chat.id), store.user(user.id), context));
  };
  const measure = soon(() => drawMeasures(done, chat, user, context), 200);
  draw();
  measure();
  const ticking = setInterval(() => count(head, store), 500);
  return closing(store.on(`chat:${chat.id}`, draw), store.on('users', draw), () => clearInterval(ticking),
    store.on('event', (event) => event.kind === 'call' && measure()));
}

function pick(element, chat, context) {
  const list = choice('member', peopleOf(chat, context.store), '', { 'aria-label': 'Person' });
  list.addEventListener('change', () => context.openPanel('member', chat.id, list.value));
  fill(element, hint('Press a name or a picture in a chat, or choose somebody.'), field('Person', list));
}

function peopleOf(chat, store) {
  const known = [...store.users.values()].filter((user) => !user.is_bot);
  return [['', '…'], ...known.map((user) => [user.id, `${nameOf(user)} · ${STATUS[store.member(chat.id, user.id).status]}`])];
}

function drawHead(element, chat, user, store) {
  const member = store.member(chat.id, user.id);
  fill(element,
    h('div', { class: 'who' }, avatar(user.id, nameOf(user), { size: 'l' }),
      h('div', { class: 'who-text' }, h('strong', { class: 'who-name' }, bdi(nameOf(user))),
        h('span', { class: 'who-sub' }, bdi(user.username ? `@${user.username}` : `id ${user.id}`)),
        h('span', { class: 'who-sub' }, 'in ', bdi(titleOf(chat))))),
    chat.type === 'private' ? null : standing(member),
    facts(['Title', member.custom_title && bdi(member.custom_title)], ['Tag', member.tag && h('span', { data: { tag: member.tag } }, bdi(member.tag))],
      ['Joined', member.inside && member.joined_at ? fullTime(member.joined_at) : ''],
      ['Language', user.language_code], ['About', user.bio && bdi(user.bio)],
      ['Account', [user.is_bot && 'bot', user.is_premium && 'premium'].filter(Boolean).join(', ')], ['Id', String(user.id)],
      ['With the bot', user.is_bot ? '' : user.blocked ? 'blocked it' : user.started ? 'started it' : 'never wrote to it']),
    lists(member));
  count(element, store);
}

function standing(member) {
  const limited = ['restricted', 'kicked'].includes(member.status);
  const outside = member.status === 'restricted' && !member.inside ? ', and is not in the chat' : '';
  return h('p', { class: 'standing', data: { status: member.status } },
    h('span', { class: `pill ${member.status}` }, STATUS[member.status]), outside,
    limited ? h('span', { class: 'until', data: { until: member.until_date ?? 0 } }) : null);
}

/** Restrictions count down with the sandbox's clock. */
function count(element, store) {
  const shown = element.querySelector('[data-until]');
  if (!shown) return;
  const until = Number(shown.dataset.until);
  const left = until - store.now();
  if (until && left <= 0) return void store.refresh();
  const said = until ? `ends in ${span(left)} (${untilTime(until, store.now())})` : 'for ever';
  if (shown.textContent !== said) shown.textContent = said;
}

function lists(member) {
  const names = { restricted: PERMISSIONS, administrator: RIGHTS }[member.status];
  if (!names) return null;
  const known = Object.keys(names).filter((name) => name in member);
  return h('ul', { class: 'marks', data: { rights: member.status } }, known.map((name) => h('li', {
    class: member[name] ? 'yes' : 'no', data: { right: name, has: member[name] ? 'yes' : 'no' },
  }, names[name])));
}

async function drawMeasures(element, chat, user, context) {
  const calls = await measuresOf(chat.id, user.id, context);
  const lines = calls.slice(-SHOWN).reverse().map((call) => h('li', {}, h('button', {
    type: 'button', class: 'link', data: { act: 'open-call', call: call.n },
    on: { click: () => context.openPanel('calls', chat.id, 0, call.n) },
  }, call.method, call.ok ? '' : ' (refused)'), ' ', h('span', { class: 'muted' }, untilTime(call.at, context.store.now())),
  call.parameters?.text ? h('div', { class: 'muted' }, bdi(String(call.parameters.text).slice(0, 80))) : null));
  fill(element, h('h3', {}, DONE), lines.length ? h('ul', { class: 'plain' }, lines) : hint('Nothing yet.'));
}
