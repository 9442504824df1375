// One row of the list: a day, an avatar, the bubble with all that belongs to a message.
import { openChat } from './columns.js';
import { marked } from './entities.js';
import { bdi, h, icon } from './dom.js';
import { inlineKeyboard } from './keyboards.js';
import { album, mediaOf } from './media.js';
import { badgeOf, avatar, nameButton, nameOf, senderOf } from './people.js';
import { openPanel } from './panels.js';
import { forwardHead, replyBlock } from './references.js';
import { reactionsOf } from './reactions.js';
import { isService, serviceText } from './service.js';
import { showHistory } from './history.js';
import { store } from './store.js';
import { deleter, kindOf } from './summary.js';
import { clockTime, dayName, fullTime } from './when.js';

/** What a row depends on besides its messages: rebuilt when it changes. */
export function signature(item, spec) {
  const message = item.messages[0];
  const badge = store.member(message.chat.id, message.from?.id);
  return [item.day && dayName(item.messages[0].date, store.now()), item.head, item.tail, spec.actor, spec.view, senderOf(message).name, badge.status, badge.custom_title,
    message.deleted_by ? nameOf(store.user(message.deleted_by)) : ''].join('|');
}

export function buildRow(item, spec, hooks) {
  const message = item.messages.at(-1);
  const sender = senderOf(item.messages[0]);
  const service = isService(message);
  const own = !service && message.author === spec.actor && message.chat.type !== 'channel';
  const row = h('article', { class: `msg${service ? ' service' : own ? ' out' : ' in'}${item.head ? ' head' : ''}${item.tail ? ' tail' : ''}`, tabindex: '-1',
    data: { key: item.key, message: item.key, from: sender.id, kind: service ? 'service' : kindOf(message) || 'text', state: stateOf(message) } },
  item.day ? h('div', { class: 'day' }, h('span', {}, dayName(item.messages[0].date, store.now()))) : null);
  row.append(service ? serviceLine(message, spec) : line(item, message, sender, own, spec, hooks));
  return row;
}

function stateOf(message) {
  if (message.deleted) return 'deleted';
  return message.edit_date || (message.history && message.text !== message.history[0]?.text) ? 'edited' : null;
}

function serviceLine(message, spec) {
  const pinned = message.pinned_message?.message_id;
  const text = serviceText(message);
  return h('div', { class: 'service-line' }, pinned
    ? h('button', { type: 'button', class: 'service-press', data: { act: 'jump' }, on: { click: () => spec.jump?.(pinned) } }, bdi(text))
    : h('span', {}, bdi(text)), message.deleted ? h('small', { class: 'by' }, deleter(message)) : null);
}

function line(item, message, sender, own, spec, hooks) {
  const sided = spec.private ? false : !own;
  const face = sided ? h('div', { class: 'side' }, item.tail ? h('button', { type: 'button', class: 'face-button', 'aria-label': sender.name, data: { act: 'open-member', member: sender.id },
    on: { click: () => openPanel('member', spec.chat, sender.id) } }, avatar(sender.id, sender.name, { size: 's' })) : null) : null;
  return h('div', { class: 'msg-line' }, face, h('div', { class: 'stack' },
    h('div', { class: 'bubble-line' }, bubble(item, message, sender, own, spec, hooks)),
    inlineKeyboard(message, hooks), reactionsOf(message, spec, hooks)));
}

function bubble(item, message, sender, own, spec, hooks) {
  const kind = kindOf(message);
  const media = item.messages.length > 1 ? album(item.messages, hooks) : mediaOf(message, kind, hooks);
  const said = captioned(item) ?? message;
  const text = said.text ?? said.caption ?? '';
  const bare = !text && ['sticker', 'video_note', 'dice'].includes(kind);
  const jumbo = kind === '' && /^(?:\p{Extended_Pictographic}[\ufe0f\u200d]*){1,3}$/u.test(text);
  const above = said.show_caption_above_media;
  const below = foot(message, spec);
  const written = words(said, text, hooks, above ? null : below);
  const head = item.head && !own && !spec.private && !bare;
  return h('div', { class: `bubble kind-${kind || 'text'}${bare ? ' bare' : ''}${jumbo ? ' jumbo' : ''}${own ? ' own' : ''}${message.from_bot ? ' bot' : ''}${media ? ' with-media' : ''}` },
    head ? h('div', { class: 'bubble-head' }, nameButton(spec.chat, sender), badgeOf(item.messages[0]),
      message.via_bot ? h('span', { class: 'via' }, 'via ', bdi(`@${message.via_bot.username}`)) : null) : null,
    item.head && !spec.thread ? topicChip(message, spec) : null,
    !head && message.via_bot ? h('div', { class: 'via' }, 'via ', bdi(`@${message.via_bot.username}`)) : null,
    forwardHead(message), replyBlock(message, spec, hooks),
    above ? written : null, media, above ? null : written, written && !above && !bare ? null : below);
}

/** In a forum seen as a whole: where a message stands. */
function topicChip(message, spec) {
  const name = store.chat(spec.chat)?.topics?.[message.message_thread_id];
  if (!message.is_topic_message || !name) return null;
  return h('button', { type: 'button', class: 'topic-chip', data: { act: 'open-topic', topic: message.message_thread_id }, on: { click: (event) => { event.stopPropagation(); openChat(spec.chat, { thread: message.message_thread_id, actor: spec.actor }); } } }, icon('hash', 12), bdi(name));
}

const captioned = (item) => (item.messages.length > 1 ? item.messages.find((message) => message.caption) : null);

function words(message, text, hooks, end) {
  if (!text) return null;
  return h('div', { class: 'text', dir: 'auto' }, marked(text, message.entities ?? message.caption_entities ?? [], hooks), end);
}

/** A member sees neither what stood there before nor what the bot was told. */
function foot(message, spec) {
  const all = spec.view === 'all';
  const edited = stateOf(message) === 'edited' || (message.deleted && message.history);
  return h('div', { class: 'foot', dir: 'ltr' },
    message.deleted ? h('span', { class: 'by', title: fullTime(message.deleted_at) }, icon('trash', 13), bdi(deleter(message)), clockTime(message.deleted_at) === clockTime(message.date) ? null : ` ${clockTime(message.deleted_at)}`) : null,
    edited && all && message.history ? h('button', { type: 'button', class: 'edited', title: 'See what stood there before', data: { act: 'history' }, on: { click: (event) => { event.stopPropagation(); showHistory(message); } } }, 'edited') : null,
    edited && !(all && message.history) ? h('span', { class: 'edited' }, 'edited') : null,
    all && message.seen_by_bot === false && !message.from_bot && message.chat.type !== 'private' ? h('span', { class: 'unseen', title: 'The bot was not told of this message', role: 'img', 'aria-label': 'not seen by the bot' }, icon('eye', 13)) : null,
    h('time', { title: fullTime(message.date) }, clockTime(message.date)));
}
