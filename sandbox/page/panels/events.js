// The list of events: who came, went, was appointed or restricted, asked to join, pressed a button.
import { bdi, fill, h } from '../dom.js';
import { nameOf, titleOf } from '../people.js';
import { registerPanel } from '../panels.js';
import { fullTime } from '../when.js';
import { choice, closing, field, hint } from './parts.js';
import { STATUS } from './words.js';

const SORTS = {
  members: ['member', 'tag', 'permissions', 'blocked', 'user'],
  requests: ['join_request', 'join_answer'],
  presses: ['press', 'answered'],
  tools: ['clock', 'armed', 'settings', 'snapshot', 'restored', 'reset', 'refused'],
};
const LABELS = [['all', 'everything'], ['members', 'members'], ['requests', 'requests to join'], ['presses', 'presses'], ['tools', 'tools']];
const KEPT = 400;

registerPanel({ id: 'events', title: 'Events', icon: 'bell', order: 30, render });

function render(element, params, context) {
  const sorts = choice('event-kind', LABELS, params[0] ?? 'all');
  sorts.addEventListener('change', () => context.openPanel('events', sorts.value));
  const kinds = SORTS[params[0]] ?? Object.values(SORTS).flat();
  const list = h('ol', { class: 'events', 'aria-label': 'Events, the newest first' });
  const empty = hint('Nothing has happened yet.');
  fill(element, field('Show', sorts), empty, list);
  const add = (event) => {
    if (!kinds.includes(event.kind) || list.querySelector(`[data-event="${event.n}"]`)) return;
    list.prepend(item(event, context));
    while (list.children.length > KEPT) list.lastElementChild.remove();
    empty.hidden = true;
  };
  const load = () => context.api.look('happened', { kinds: kinds.join(','), tail: KEPT }).then((events) => {
    list.replaceChildren();
    events.forEach(add);
  }).catch(() => fill(empty, 'The sandbox does not answer.'));
  load();
  const learn = () => {
    for (const one of list.querySelectorAll('[data-unknown]')) one.textContent = nameOf(context.store.user(one.dataset.unknown));
  };
  return closing(context.store.on('users', learn), context.store.on('event', (event) => add({ ...event, n: event.number })), context.store.on('reload', load));
}

function item(event, context) {
  const lead = leadsTo(event, context);
  const words = [h('span', { class: 'event-at' }, fullTime(event.at)), h('span', { class: 'event-text' }, sentence(event, context.store))];
  return h('li', { class: 'event', data: { event: event.n, kind: event.kind } },
    lead ? h('button', { type: 'button', class: 'event-line', data: { act: 'open-event' }, on: { click: lead } }, words)
      : h('div', { class: 'event-line' }, words));
}

function leadsTo(event, context) {
  if (event.kind === 'press') return () => context.showMessage(event.chat, event.message_id);
  if (event.chat && event.user) return () => context.openPanel('member', event.chat, event.user);
  return null;
}

const SENTENCES = {
  member: (event, name, place) => [name(event.user), `: ${STATUS[event.from.status]} → ${standing(event.to)}`, place,
    event.by === event.user ? '' : [', by ', name(event.by)]],
  tag: (event, name, place) => [name(event.user), event.tag ? [' has the tag ', bdi(event.tag)] : ' has no tag any more', place],
  permissions: (event, name, place) => ['What members may do has changed', place],
  blocked: (event, name) => [name(event.user), event.blocked ? ' blocked the bot' : ' unblocked the bot'],
  user: (event) => [`Account ${event.id} is called `, bdi(nameOf(event))],
  join_request: (event, name, place) => [name(event.user), ' asks to join', place],
  join_answer: (event, name, place) => [name(event.by), event.approved ? ' let in ' : ' turned away ', name(event.user), place],
  press: (event, name, place) => [name(event.user), ' pressed ', event.button ? ['“', bdi(event.button), '”'] : h('code', {}, event.data ?? ''), place],
  answered: (event, name) => [name(event.user), event.text ? [' was told: ', bdi(event.text)] : '’s press was answered'],
  refused: (event) => ['Refused: ', bdi(event.error ?? '')],
  clock: (event) => [event.rate ? `The clock runs ×${event.rate} from ` : 'The clock stands at ', fullTime(event.now)],
  armed: (event) => [event.n ? `The next ${event.n} calls of ${event.method} go wrong: ${event.mode}` : 'Nothing goes wrong any more'],
  settings: (event) => Object.entries(event).filter(([key]) => ['flood', 'privacy', 'times'].includes(key)).map(([key, value]) => ({
    flood: `Limits on speech are ${value ? 'on' : 'off'}`, privacy: `Privacy mode is ${value ? 'on' : 'off'}`,
    times: `Each update is delivered ${value}×` }[key])),
  snapshot: (event) => [`Put aside as “${event.name}”`],
  restored: (event) => [`Brought back: “${event.name}”`],
  reset: () => ['The world is empty'],
};

function sentence(event, store) {
  const chat = store.chat(event.chat);
  const name = (id) => bdi(nameOf(store.user(id)), store.users.has(Number(id)) ? {} : { data: { unknown: id } });
  return SENTENCES[event.kind](event, name, chat ? [' in ', bdi(titleOf(chat))] : '');
}

function standing(member) {
  if (!member.until_date) return STATUS[member.status];
  return `${STATUS[member.status]} until ${fullTime(member.until_date)}`;
}
