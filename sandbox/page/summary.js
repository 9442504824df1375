// A message in one line: for the chat list, replies and the pinned bar.
import { serviceText } from './service.js';
import { plainName, senderOf } from './people.js';
import { store } from './store.js';

export const KINDS = {
  photo: 'Photo', live_photo: 'Live photo', video: 'Video', animation: 'GIF', document: 'File', audio: 'Audio', voice: 'Voice message',
  video_note: 'Video message', sticker: 'Sticker', dice: 'Dice', contact: 'Contact', location: 'Location', venue: 'Place',
  poll: 'Poll', story: 'Story', giveaway: 'Giveaway', giveaway_winners: 'Giveaway winners', paid_media: 'Paid media',
  checklist: 'Checklist', game: 'Game', invoice: 'Invoice',
};
const ORDER = ['animation', 'live_photo', 'venue', ...Object.keys(KINDS)];

/** The kind of a message's media, '' for plain text. */
export function kindOf(message) {
  return ORDER.find((kind) => message[kind] !== undefined) ?? '';
}

export function textOf(message) {
  return message.text ?? message.caption ?? '';
}

export function summary(message) {
  const service = serviceText(message);
  if (service) return service;
  const kind = kindOf(message);
  const text = textOf(message);
  const detail = { sticker: message.sticker?.emoji, poll: message.poll?.question, dice: message.dice?.emoji, contact: message.contact?.first_name,
    venue: message.venue?.title, document: message.document?.file_name }[kind];
  const label = kind ? [KINDS[kind], detail].filter(Boolean).join(' · ') : '';
  return [label, text].filter(Boolean).join(', ') || 'Message';
}

/** Who speaks, for a line in the chat list of a group. */
export function speakerOf(message) {
  if (message.service) return '';
  return senderOf(message).name;
}

/** Who deleted a message, in words. */
export function deleter(message) {
  const { deleted_by: by, author, chat } = message;
  const name = plainName(store.user(by));
  if (by === store.bot.id) return `deleted by ${name} (the bot)`;
  if (by === author) return 'deleted by the author';
  return store.member(chat.id, by).status.match(/creator|administrator/) ? `deleted by ${name} (admin)` : `deleted by ${name}`;
}
