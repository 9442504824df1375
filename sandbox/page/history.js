// What stood in a message before it was edited, version by version.
import { h } from './dom.js';
import { marked } from './entities.js';
import { dialog } from './overlays.js';
import { textOf } from './summary.js';
import { fullTime } from './when.js';

export function showHistory(message) {
  const versions = [...message.history, message];
  const steps = versions.map((version, at) => h('li', { data: { version: at } },
    h('small', {}, at === 0 ? `First, ${fullTime(version.date)}` : `Edited, ${fullTime(version.edit_date ?? version.date)}`),
    h('div', { class: 'text version', dir: 'auto' }, textOf(version) ? marked(textOf(version), version.entities ?? version.caption_entities ?? []) : '(no text)'),
    keys(version)));
  return dialog({ title: 'Versions of this message', wide: true, data: { dialog: 'history' }, body: [h('ol', { class: 'versions' }, steps)], buttons: [['Close', null]] });
}

function keys(version) {
  const rows = version.reply_markup?.inline_keyboard ?? [];
  return rows.length ? h('small', { class: 'version-keys' }, rows.flat().map((button) => `[${button.text}]`).join(' ')) : null;
}
