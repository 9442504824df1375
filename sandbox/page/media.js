// Media as calm placeholders: each kind at a glance, with what is known of the file.
import { bdi, h, icon } from './dom.js';
import { avatar } from './people.js';
import { pollOf } from './poll.js';
import { duration } from './when.js';

const VISUAL = new Set(['photo', 'live_photo', 'video', 'animation', 'paid_media', 'story']);
const TINTS = 6;

export function mediaOf(message, kind, hooks) {
  if (!kind) return null;
  const made = MAKERS[kind] ?? (VISUAL.has(kind) ? () => picture(message, kind) : () => card('file', kind.replaceAll('_', ' '), ''));
  const element = made(message[kind], message, hooks);
  element.dataset.media = kind;
  return element;
}

/** Several messages of one album as a grid. */
export function album(messages) {
  const visual = messages.every((message) => VISUAL.has(kindIn(message)));
  return h('div', { class: visual ? 'album' : 'album stacked', data: { media: 'album', count: messages.length } }, messages.map((message) => {
    const tile = mediaOf(message, kindIn(message));
    tile.dataset.message = message.message_id;
    if (message.deleted) tile.classList.add('gone');
    return tile;
  }));
}

function kindIn(message) {
  return ['animation', 'live_photo', 'photo', 'video', 'document', 'audio'].find((kind) => message[kind]) ?? 'document';
}

function sizeOf(message, kind) {
  const file = message[kind];
  const size = Array.isArray(file) ? file.at(-1) : file?.paid_media?.[0] ?? file;
  return { width: size?.width || 4, height: size?.height || 3, seconds: size?.duration, id: size?.file_unique_id ?? String(message.message_id) };
}

function tint(text) {
  let sum = 0;
  for (const sign of text) sum = (sum * 31 + sign.codePointAt(0)) % 997;
  return sum % TINTS;
}

function picture(message, kind) {
  const { width, height, seconds, id } = sizeOf(message, kind);
  const label = { photo: 'Photo', live_photo: 'Live photo', video: 'Video', animation: 'GIF', paid_media: `${message.paid_media?.star_count} ⭐`, story: 'Story' }[kind];
  const box = h('div', { class: `picture ${kind}`, role: 'img', 'aria-label': label, data: { tint: tint(id) }, style: { '--ratio': Math.min(2, Math.max(0.7, width / height)) } },
    h('span', { class: 'scene', 'aria-hidden': 'true' }),
    kind === 'video' || kind === 'animation' ? h('span', { class: 'round' }, kind === 'video' ? icon('play', 26) : 'GIF') : null,
    h('span', { class: 'caption-chip' }, kind === 'video' ? duration(seconds ?? 0) : kind === 'animation' ? 'GIF' : label),
    h('span', { class: 'caption-chip size' }, `${width}×${height}`));
  if (message.has_media_spoiler || kind === 'paid_media') veil(box, kind === 'paid_media' ? `${label} to see it` : 'Press to show');
  return box;
}

function veil(box, text) {
  box.classList.add('veiled');
  box.append(h('button', { type: 'button', class: 'veil-text', data: { act: 'spoiler' }, on: { click: (event) => {
    event.stopPropagation();
    event.currentTarget.remove();
    box.classList.remove('veiled');
  } } }, text));
}

function card(sign, title, note, extra = null) {
  return h('div', { class: 'card-media' }, h('span', { class: 'card-sign' }, icon(sign, 22)),
    h('span', { class: 'card-words' }, bdi(title, { class: 'card-title' }), note ? h('small', {}, bdi(note)) : null, extra));
}

const bytes = (size) => (!size ? '' : size < 1024 ? `${size} B` : size < 1_048_576 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1_048_576).toFixed(1)} MB`);

/** A voice message's wave: the same for the same file. */
function wave(id) {
  let seed = tint(id) + 7;
  return h('span', { class: 'wave', 'aria-hidden': 'true' }, Array.from({ length: 34 }, () => {
    seed = (seed * 73 + 41) % 101;
    return h('i', { style: { '--h': `${18 + (seed % 82)}%` } });
  }));
}

function voice(file) {
  return h('div', { class: 'card-media voice' }, h('span', { class: 'card-sign' }, icon('play', 22)),
    h('span', { class: 'card-words' }, wave(file.file_unique_id ?? ''), h('small', {}, duration(file.duration))));
}

function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(' ');
  return h('div', { class: 'card-media' }, avatar(person.user_id ?? name.length, name, { size: 'm' }),
    h('span', { class: 'card-words' }, bdi(name, { class: 'card-title' }), h('small', {}, bdi(person.phone_number))));
}

function place(point, title, note) {
  const where = `${Math.abs(point.latitude).toFixed(3)}° ${point.latitude < 0 ? 'S' : 'N'}, ${Math.abs(point.longitude).toFixed(3)}° ${point.longitude < 0 ? 'W' : 'E'}`;
  return h('div', { class: 'place' }, h('div', { class: 'map', role: 'img', 'aria-label': 'Map' }, icon('place', 34)),
    h('div', { class: 'card-words' }, title ? bdi(title, { class: 'card-title' }) : null, note ? h('small', {}, bdi(note)) : null, h('small', {}, where)));
}

const MAKERS = {
  document: (file) => card('file', file.file_name ?? 'File', [file.mime_type?.split('/')[1]?.toUpperCase(), bytes(file.file_size)].filter(Boolean).join(' · ')),
  audio: (file) => card('note', file.title ?? file.file_name ?? 'Audio', [file.performer, duration(file.duration)].filter(Boolean).join(' · ')),
  voice,
  video_note: (file) => h('div', { class: 'video-note', role: 'img', 'aria-label': 'Video message' }, icon('play', 30), h('span', { class: 'caption-chip' }, duration(file.duration))),
  sticker: (file) => h('div', { class: 'sticker', role: 'img', 'aria-label': `Sticker ${file.emoji ?? ''}` }, file.emoji ?? '◇', file.set_name ? h('small', {}, bdi(file.set_name)) : null),
  dice: (die) => h('div', { class: 'dice', role: 'img', 'aria-label': `${die.emoji} shows ${die.value}` }, h('span', {}, die.emoji), h('b', {}, String(die.value))),
  contact,
  location: (point) => place(point),
  venue: (venue) => place(venue.location, venue.title, venue.address),
  poll: pollOf,
  story: () => card('history', 'Story', 'a story of somebody'),
  giveaway: (given) => card('bell', 'Giveaway', `${given.winner_count ?? 1} winner(s) · ${(given.chats ?? []).map((chat) => chat.title).join(', ')}`),
  giveaway_winners: (given) => card('bell', 'Giveaway is over', `${given.winner_count ?? 0} winner(s)`),
  checklist: (list) => h('div', { class: 'card-words checklist' }, bdi(list.title, { class: 'card-title' }), (list.tasks ?? []).map((task) => h('span', {}, task.completion_date ? '☑ ' : '☐ ', bdi(task.text)))),
  game: (game) => card('play', game.title, game.description),
  invoice: (bill) => card('bolt', bill.title ?? 'Invoice', `${bill.total_amount ?? ''} ${bill.currency ?? ''}`),
};
