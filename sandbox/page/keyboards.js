// Keyboards: the buttons under a message, pressed as the acting member, and the one below the field.
import { bdi, h, icon } from './dom.js';
import { store } from './store.js';

const SIGNS = { url: 'link', login_url: 'link', web_app: 'columns', copy_text: 'copy', switch_inline_query: 'right', switch_inline_query_current_chat: 'right', switch_inline_query_chosen_chat: 'right' };
const SLOWEST = 8000;

export function inlineKeyboard(message, hooks) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h('div', { class: 'keyboard' }, rows.map((row) => h('div', { class: 'keyboard-row' }, row.map((button) => key(message, button, hooks)))));
}

function key(message, button, hooks) {
  const sign = Object.keys(SIGNS).find((name) => button[name] !== undefined);
  const made = h('button', { type: 'button', class: `key ${button.style ?? ''}`, disabled: Boolean(message.deleted), title: button.callback_data ? `sends ${button.callback_data}` : '',
    data: { button: button.text, act: 'press' }, on: { click: (event) => { event.stopPropagation(); pressed(made, message, button, hooks); } } },
  bdi(button.text), sign ? icon(SIGNS[sign], 13) : null);
  return made;
}

/** The key waits for the answer as Telegram's does: until it comes, or for some seconds. */
async function pressed(made, message, button, hooks) {
  const answered = new Set();
  let id = '';
  made.classList.add('waiting');
  const stop = store.on('event', (event) => {
    if (event.kind === 'answered') answered.add(event.id);
    if (answered.has(id)) done();
  });
  const timer = setTimeout(done, SLOWEST);
  function done() {
    stop();
    clearTimeout(timer);
    made.classList.remove('waiting');
  }
  id = (await hooks.press(message, button)) ?? '';
  if (!id || answered.has(id)) done();
}

/** The keyboard below the field: the last one the bot sent to this person here, null when there is none. */
export function replyKeyboard(timeline, spec) {
  for (let at = timeline.ids.length - 1; at >= 0 && at > timeline.ids.length - 200; at -= 1) {
    const message = timeline.get(timeline.ids[at]);
    const markup = message.keyboard;
    if (!markup || message.deleted || !meant(message, markup, spec)) continue;
    if (markup.remove_keyboard) return null;
    if (markup.keyboard) return { id: message.message_id, ...markup };
    if (markup.force_reply && at === timeline.ids.length - 1) return { id: message.message_id, force: message };
  }
  return null;
}

function meant(message, markup, spec) {
  if (!markup.selective || message.chat.type === 'private') return true;
  if (message.reply_to_message?.from?.id === spec.actor) return true;
  return (message.entities ?? []).some((entity) => entity.user?.id === spec.actor);
}
