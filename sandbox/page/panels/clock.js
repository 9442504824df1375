// The sandbox's clock: seen, stopped, sped up, moved on, set.
import { fill, h } from '../dom.js';
import { registerPanel } from '../panels.js';
import { fullTime, momentOf } from '../when.js';
import { button, choice, closing, field, hint, row, section, toggle } from './parts.js';

const RATES = [[1, '×1, as outside'], [60, '×60, a minute a second'], [3600, '×3600, an hour a second']];
const JUMPS = [[60, '+1 min'], [600, '+10 min'], [3600, '+1 h'], [86_400, '+1 day']];

registerPanel({ id: 'clock', title: 'Clock', icon: 'clock', order: 40, render });

function render(element, params, context) {
  const { store, api } = context;
  const now = h('output', { class: 'clock-now', 'aria-label': 'The sandbox’s time' });
  const rate = choice('rate', RATES, 1);
  rate.addEventListener('change', () => change(context, { rate: Number(rate.value) }));
  const frozen = toggle('freeze', 'stands still', store.clock.rate === 0, context, (on) => api.do('clock', { freeze: on }));
  const moment = h('input', { type: 'datetime-local', step: '1', class: 'field', data: { field: 'moment' }, 'aria-label': 'Time to set' });
  const face = () => {
    frozen.querySelector('input').checked = store.clock.rate === 0;
    if (store.clock.rate) setRate(rate, store.clock.rate);
  };
  const tick = () => {
    const said = fullTime(store.now());
    if (now.textContent !== said) now.textContent = said;
    now.dataset.now = String(Math.floor(store.now()));
  };
  fill(element, now, section('Speed', field('Runs', rate), frozen),
    section('Move on', row(JUMPS.map(([seconds, label]) => button(`jump-${seconds}`, label, context,
      () => api.do('clock', { jump_seconds: seconds })))), hint('What is due by then happens at once.')),
    section('Set', row(moment, button('set-clock', 'Set', context, () => set(moment, context))),
      hint('In the zone of this page, as the time above. Restrictions, deadlines and the bot follow the sandbox’s clock.')));
  face();
  tick();
  const ticking = setInterval(tick, 250);
  return closing(store.on('clock', face), store.on('clock', tick), () => clearInterval(ticking));
}

function setRate(list, rate) {
  if (![...list.options].some((option) => Number(option.value) === rate)) list.append(h('option', { value: String(rate) }, `×${rate}`));
  list.value = String(rate);
}

function change({ api, toast }, fields) {
  return api.do('clock', fields).catch((error) => toast(error.message, { bad: true }));
}

function set(moment, { api, toast }) {
  const seconds = momentOf(moment.value);
  if (!Number.isFinite(seconds)) return void toast('Choose a day and a time first.', { bad: true });
  return api.do('clock', { set: seconds });
}
