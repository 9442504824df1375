// Which messages and people a call of the bot concerns.
import { look } from '../api.js';

const presses = new Map();
const authors = new Map();
const DELETES = new Set(['deleteMessage', 'deleteMessages']);
const SAYS = /^(send(?!ChatAction)|copyMessage|forwardMessage|editMessage)/;
const MEASURES = new Set(['banChatMember', 'unbanChatMember', 'restrictChatMember', 'setChatMemberTag', 'promoteChatMember',
  'approveChatJoinRequest', 'declineChatJoinRequest', 'deleteAllMessageReactions']);

/** The newest calls there are, at most so many. */
export const newest = (tail) => look('calls', { tail });

export async function knowPresses() {
  for (const event of await look('happened', { kinds: 'press', tail: 500 })) notePress(event);
}

/** An answer to a press names only the press; this is how its message is found. */
export function notePress(event) {
  presses.set(String(event.id), { chat: event.chat, message: event.message_id, user: event.user });
}

export function chatOf(call, store) {
  const { parameters: p = {}, result } = call;
  const given = p.chat_id ?? presses.get(String(p.callback_query_id))?.chat ?? result?.chat?.id;
  if (typeof given !== 'string' || /^-?\d+$/.test(given)) return Number(given ?? 0);
  return [...store.chats.values()].find((chat) => `@${chat.username}` === given)?.id ?? 0;
}

export function messagesOf(call) {
  const { parameters: p = {}, result } = call;
  const ids = [p.message_id, list(p.message_ids), presses.get(String(p.callback_query_id))?.message,
    result?.message_id, Array.isArray(result) ? result.map((one) => one?.message_id) : null];
  return [...new Set(ids.flat().filter(Boolean).map(Number))];
}

export const userOf = (call) => Number(call.parameters?.user_id ?? presses.get(String(call.parameters?.callback_query_id))?.user ?? 0);

function list(value) {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** What the bot did to a person in a chat and said to them, the oldest first: measures, their messages deleted, their private chat, answers. */
export async function measuresOf(chat, user, { store }) {
  const [place, person] = [Number(chat), Number(user)];
  const calls = await newest(2000);
  const here = calls.filter((call) => [place, person].includes(chatOf(call, store)));
  const theirs = await Promise.all(here.map((call) => concerns(call, place, person, store)));
  return here.filter((call, at) => theirs[at]);
}

async function concerns(call, chat, user, store) {
  if (userOf(call) === user) return MEASURES.has(call.method) || call.method === 'answerCallbackQuery';
  if (chatOf(call, store) === user) return SAYS.test(call.method);
  const ids = DELETES.has(call.method) ? messagesOf(call) : SAYS.test(call.method) ? [answered(call)].filter(Boolean) : [];
  const authors = await Promise.all(ids.map((id) => authorOf(chat, id, store)));
  return authors.includes(user);
}

const answered = (call) => Number(list(call.parameters?.reply_parameters)?.message_id ?? 0);

/** Who wrote a message; asked for once where it is not loaded. */
function authorOf(chat, id, store) {
  const known = store.timeline(chat).get(id);
  if (known) return known.author;
  const key = `${store.run}:${chat}:${id}`;
  if (!authors.has(key)) authors.set(key, look('message', { chat, message_id: id }).then((found) => found?.author, () => 0));
  return authors.get(key);
}
