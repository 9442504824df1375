// Says why something is refused as Telegram would: with names and times instead of numbers.
import { store } from './store.js';
import { plainName } from './people.js';
import { untilTime } from './when.js';

const WHAT = { can_send_messages: 'messages', can_send_photos: 'photos', can_send_videos: 'videos', can_send_audios: 'music', can_send_documents: 'files', can_send_polls: 'polls',
  can_send_voice_notes: 'voice messages', can_send_video_notes: 'video messages', can_send_other_messages: 'stickers and GIFs', can_react_to_messages: 'reactions' };

/** Why a person cannot write in a chat at all, '' when they can. */
export function silence(chat, actor) {
  if (!chat) return '';
  const name = plainName(store.user(actor));
  if (chat.type === 'private') return store.user(actor).blocked ? `${name} has blocked the bot.` : '';
  if (chat.migrated_to) return 'This group has become a supergroup; it goes on there.';
  const member = store.member(chat.id, actor);
  const now = store.now();
  const over = member.until_date && member.until_date <= now;
  const until = member.until_date ? ` until ${untilTime(member.until_date, now)}` : '';
  if (member.status === 'kicked' && !over) return `${name} is banned${until || ' for good'}.`;
  if (member.status === 'restricted' && !over && member.can_send_messages === false) return `${name} is restricted${until || ' for good'}.`;
  if (!member.inside) return `${name} is not in this chat.`;
  if (chat.type === 'channel' && !/creator|administrator/.test(member.status)) return 'Only administrators post in a channel.';
  if (!/creator|administrator/.test(member.status) && !chat.permissions.includes('can_send_messages')) return 'Writing is not allowed in this group.';
  return '';
}

/** The sandbox's sentence in the words of a client. */
export function refusal(error, chatId, actor) {
  const said = String(error.message ?? error);
  const chat = store.chat(chatId);
  const right = /may not post this: (\w+)/.exec(said)?.[1];
  if (right) {
    const quiet = silence(chat, actor);
    if (quiet) return quiet;
    const member = store.member(chatId, actor);
    const what = WHAT[right] ?? right.replaceAll('_', ' ');
    const own = member.status === 'restricted';
    return own ? `${plainName(store.user(actor))} is restricted from sending ${what}${member.until_date ? ` until ${untilTime(member.until_date, store.now())}` : ''}.` : `Sending ${what} is not allowed in this group.`;
  }
  if (/is not in the chat|is banned in the chat|has blocked the bot/.test(said)) return silence(chat, actor) || named(said);
  const wait = /slow mode: wait (\d+) s/.exec(said)?.[1];
  if (wait) return `Slow mode is on: the next message in ${wait} s.`;
  const lacks = /^(-?\d+) lacks (\w+)/.exec(said);
  if (lacks) return `${plainName(store.user(lacks[1]))} lacks the right “${lacks[2].replace('can_', '').replaceAll('_', ' ')}”.`;
  return named(said);
}

function named(said) {
  const text = said.replace(/^(?:Bad Request: )?/, '').replace(/\b\d{4,}\b/g, (id) => (store.users.has(Number(id)) ? plainName(store.user(id)) : id));
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}
