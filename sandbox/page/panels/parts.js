// The small parts every panel is made of: sections, fields, buttons that act and say what went wrong.
import { Refused } from '../api.js';
import { fill, h, put } from '../dom.js';

const SURE_MS = 4000;

export function section(title, ...children) {
  return h('section', { class: 'part' }, h('h3', {}, title), ...children);
}

/** A section that is folded until somebody needs it. */
export function folded(title, name, ...children) {
  return h('details', { class: 'part', data: { part: name } }, h('summary', {}, title), ...children);
}

/** Fill anew, but what was unfolded stays so, and what somebody is typing or choosing stays typed and chosen. */
export function refill(element, ...children) {
  const open = new Set([...element.querySelectorAll('details[open]')].map((part) => part.dataset.part));
  const kept = new Map([...element.querySelectorAll('[data-touched]')].map((input) => [keyOf(input), input]));
  fill(element, ...children);
  for (const part of element.querySelectorAll('details')) part.open = open.has(part.dataset.part);
  for (const input of element.querySelectorAll('[data-field]')) if (kept.has(keyOf(input))) keep(input, kept.get(keyOf(input)));
  element.oninput = ({ target }) => { target.dataset.touched = ''; };
}

const keyOf = (input) => `${input.closest('[data-part]')?.dataset.part}/${input.dataset.field}`;

function keep(input, old) {
  if (input.type === 'checkbox') input.checked = old.checked;
  else if (input.tagName !== 'SELECT' || [...input.options].some((option) => option.value === old.value)) input.value = old.value;
  input.dataset.touched = '';
}

/** What is being sent is no longer somebody's unfinished input. */
function settled(from) {
  for (const input of from.closest('.part')?.querySelectorAll('[data-touched]') ?? []) delete input.dataset.touched;
}

export function row(...children) {
  return h('div', { class: 'row' }, ...children);
}

export function field(label, input) {
  return h('label', { class: 'labelled' }, h('span', {}, label), input);
}

export function text(name, props = {}) {
  return h('input', { type: 'text', class: 'field', autocomplete: 'off', data: { field: name }, ...props });
}

export function number(name, value, props = {}) {
  return h('input', { type: 'number', class: 'field short', inputmode: 'numeric', data: { field: name }, value: String(value), ...props });
}

export function area(name, props = {}) {
  return h('textarea', { class: 'field', rows: 3, data: { field: name }, ...props });
}

/** options: [[value, label], …] */
export function choice(name, options, value = '', props = {}) {
  const list = h('select', { class: 'field', data: { field: name }, ...props });
  setOptions(list, options, value);
  return list;
}

export function setOptions(list, options, value = list.value) {
  list.replaceChildren(...options.map(([key, label]) => h('option', { value: String(key) }, label)));
  if (options.some(([key]) => String(key) === String(value))) list.value = String(value);
}

export function check(name, label, checked = false, props = {}) {
  const box = h('input', { type: 'checkbox', data: { field: name }, checked, ...props });
  return h('label', { class: 'check' }, box, h('span', {}, label));
}

export const ticked = (label) => label.querySelector('input').checked;

/** A switch that acts when it is flipped and flips back when it was refused. */
export function toggle(name, label, checked, context, fn) {
  const box = h('input', { type: 'checkbox', role: 'switch', data: { act: name }, checked });
  box.addEventListener('change', async () => {
    if (!await tried(context, () => fn(box.checked))) box.checked = !box.checked;
  });
  return h('label', { class: 'check switch' }, box, h('span', {}, label));
}

/** Does it and says so when it was refused; false then. */
export async function tried(context, fn) {
  try {
    await fn();
    return true;
  } catch (error) {
    context.toast(error instanceof Refused ? error.message : `The sandbox does not answer: ${error.message}`, { bad: true });
    return false;
  }
}

/** A button that acts; while it does it cannot be pressed again. */
export function button(act, label, context, fn, props = {}) {
  const { class: extra = '', ...rest } = props;
  const made = h('button', { type: 'button', class: `button ${extra}`, data: { act }, ...rest }, label);
  made.addEventListener('click', async () => {
    made.disabled = true;
    settled(made);
    await tried(context, fn);
    made.disabled = false;
  });
  return made;
}

/** A button for what cannot be undone: the first press asks, the second one acts. */
export function sure(act, label, question, context, fn, props = {}) {
  const made = h('button', { type: 'button', class: 'button danger', data: { act }, ...props }, label);
  let timer = 0;
  const calm = () => {
    clearTimeout(timer);
    made.textContent = label;
    delete made.dataset.asking;
  };
  made.addEventListener('blur', calm);
  made.addEventListener('click', async () => {
    if (made.dataset.asking === undefined) {
      made.dataset.asking = '';
      made.textContent = question;
      timer = setTimeout(calm, SURE_MS);
      return;
    }
    calm();
    await tried(context, fn);
  });
  return made;
}

/** The facts of something: [[label, value], …]; what is empty is left out. */
export function facts(...pairs) {
  const list = h('dl', { class: 'facts' });
  for (const [label, value] of pairs) {
    if (value !== null && value !== undefined && value !== '') put(list, h('dt', {}, label), h('dd', {}, value));
  }
  return list;
}

export function hint(words) {
  return h('p', { class: 'hint' }, words);
}

/** Collects what has to be undone when a panel closes. */
export function closing(...undo) {
  return () => undo.forEach((fn) => fn?.());
}

/** Runs `fn` soon and once, however often it is asked for. */
export function soon(fn, ms = 80) {
  let timer = 0;
  return () => {
    timer ||= setTimeout(() => { timer = 0; fn(); }, ms);
  };
}
