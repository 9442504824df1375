// The story that is told: what happens, what the bot did and decided, and why; held up, stepped and paced here.
import { bdi, fill, h } from '../dom.js';
import { registerPanel } from '../panels.js';
import { clockTime } from '../when.js';
import { button, choice, closing, field, hint, row, soon } from './parts.js';

const STATES = { none: 'No story is told', playing: 'Playing', waiting: 'Time to read', paused: 'Held up', done: 'The end', failed: 'Went wrong' };
const KINDS = { happens: 'happens', did: 'the bot', decided: 'decided', why: 'why', checked: 'checked', failed: 'failed' };
const PACES = [[0.25, '¼'], [0.5, '½'], [1, '1'], [2, '2'], [4, '4'], [8, '8']].map(([value, label]) => [value, `pace ×${label}`]);

registerPanel({ id: 'story', title: 'Story', icon: 'book', order: 5, render });

function render(element, params, context) {
  const { store, api } = context;
  const head = h('div', { class: 'story-head', role: 'status' });
  const list = h('ol', { class: 'story', 'aria-label': 'What was told' });
  const pace = choice('pace', PACES, 1, { 'aria-label': 'Pace' });
  pace.addEventListener('change', () => api.do('story_pace', { pace: Number(pace.value) }).catch((error) => context.toast(error.message, { bad: true })));
  const hold = button('story-pause', 'Pause', context, () => api.do(told.paused ? 'story_resume' : 'story_pause'));
  const next = button('story-next', 'Next step', context, () => api.do('story_next'));
  const controls = row(hold, next, pace);
  let told = { version: -1, state: 'none', steps: [], lines: [] };
  fill(element, h('div', { class: 'story-top' }, head, controls), list);

  const drawFace = () => {
    const over = ['none', 'done', 'failed'].includes(told.state);
    fill(head, h('strong', {}, bdi(told.title || 'Story')), h('span', { class: 'pill', data: { story: told.state } },
      told.paused && told.busy ? 'Held up after this step' : STATES[told.state] ?? told.state),
    told.steps.length ? h('span', { class: 'muted' }, `step ${told.step} of ${told.steps.length}`) : null,
    told.state === 'none' ? hint('`make demo` tells one here. Without it, act by hand.') : null,
    told.state === 'done' ? hint('It is over; go on by hand: everybody can be acted as.') : null);
    controls.hidden = over;
    hold.textContent = told.paused ? 'Go on' : 'Pause';
    hold.dataset.act = told.paused ? 'story-resume' : 'story-pause';
    pace.value = String(told.pace ?? 1);
    for (const step of list.children) step.classList.toggle('now', Number(step.dataset.step) === told.step);
  };
  const load = soon(async () => {
    told = await api.look('story');
    list.replaceChildren();
    for (const line of told.lines) add(list, line, told, context);
    drawFace();
    list.lastElementChild?.scrollIntoView({ block: 'end' });
  });
  const heard = (event) => {
    if (event.kind !== 'story') return;
    const { kind, number, at, line, ...face } = event;
    if (!told.steps.length || (face.version ?? 0) > told.version + 1) return void load();
    told = { ...told, ...face };
    if (line) follow(list, () => add(list, line, told, context));
    drawFace();
  };
  load();
  return closing(store.on('event', heard), store.on('reload', load), newestFirstSeen(element));
}

/** On a phone the panel may be filled while it is hidden: whoever comes to it sees the newest line. */
function newestFirstSeen(pane) {
  let shown = false;
  const sizes = new ResizeObserver(() => {
    if (pane.clientHeight && !shown) pane.scrollTop = pane.scrollHeight;
    shown = pane.clientHeight > 0;
  });
  sizes.observe(pane);
  return () => sizes.disconnect();
}

/** Stay at the end if one was there. */
function follow(list, fn) {
  const pane = list.closest('.panel-body');
  const atEnd = pane && pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120;
  fn();
  if (atEnd) pane.scrollTop = pane.scrollHeight;
}

function add(list, line, told, context) {
  stepOf(list, line.step, told).lastElementChild.append(shown(line, context));
}

function stepOf(list, number, told) {
  const there = list.querySelector(`[data-step="${number}"]`);
  if (there) return there;
  const step = told.steps.find((one) => one.number === number);
  const made = h('li', { class: 'step', data: { step: number } }, h('h3', {}, step ? clockTime(step.at) : '', ' ', h('span', { class: 'muted' }, `step ${number}`)),
    h('ul', { class: 'plain' }));
  list.append(made);
  return made;
}

function shown(line, context) {
  const words = [h('span', { class: `told ${line.kind}` }, KINDS[line.kind] ?? line.kind), h('span', { class: 'told-text' }, bdi(line.text))];
  const leads = line.chat && line.message_id;
  return h('li', { class: 'line', data: { line: line.id, kind: line.kind } }, leads
    ? h('button', { type: 'button', class: 'line-body', data: { act: 'show-line' }, title: 'Show the message',
      on: { click: () => context.showMessage(line.chat, line.message_id) } }, words)
    : h('div', { class: 'line-body' }, words));
}
