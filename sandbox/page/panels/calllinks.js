// Which messages and people a call of the bot concerns.
import { look } from '../api.js';

const presses = new Map();
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

/** What the bot did to a person in a chat, the oldest first. */
export async function measuresOf(chat, user, { store }) {
  const calls = await newest(2000);
  return calls.filter((call) => MEASURES.has(call.method) && userOf(call) === Number(user) && chatOf(call, store) === Number(chat));
}
