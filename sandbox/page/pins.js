// The bar of pinned messages: the newest one, pressing goes to it and then to the one before.
import { look } from './api.js';
import { bdi, fill, h, icon } from './dom.js';
import { store } from './store.js';
import { summary } from './summary.js';

const fetched = new Map();

export function drawPins(element, spec) {
  const chat = store.chat(spec.chat);
  const pinned = chat?.pinned ?? [];
  element.hidden = !pinned.length;
  if (!pinned.length) return void (element.dataset.key = '');
  const at = Math.min(Number(element.dataset.at ?? pinned.length - 1), pinned.length - 1);
  const id = pinned[at];
  const place = `${store.run}:${spec.chat}:${id}`;
  const message = store.timeline(spec.chat).get(id) ?? fetched.get(place);
  const key = `${pinned.join()}|${at}|${message ? summary(message) : ''}`;
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  if (!message) look('message', { chat: spec.chat, message_id: id }).then((found) => { if (found) { fetched.set(place, found); drawPins(element, spec); } }, () => {});
  fill(element, h('button', { type: 'button', class: 'pin-open', data: { act: 'jump-pinned', pinned: id }, on: { click: () => next(element, spec, pinned, at) } },
    icon('pin', 16), h('span', { class: 'pin-words' }, h('b', {}, pinned.length > 1 ? `Pinned message ${at + 1} of ${pinned.length}` : 'Pinned message'), h('span', { dir: 'auto' }, bdi(message ? summary(message) : '…')))));
}

function next(element, spec, pinned, at) {
  spec.jump?.(pinned[at]);
  element.dataset.at = (at - 1 + pinned.length) % pinned.length;
  drawPins(element, spec);
}
