// What stands in a list of messages: which are shown to whom, albums as one, who follows whom.
import { isService } from './service.js';
import { store } from './store.js';
import { dayKey } from './when.js';

const GENERAL = 1;
const TOGETHER = 600;

/** Items {key, ids, messages, day, head, tail}; key is the number of the first message. */
export function itemsOf(timeline, spec) {
  const passes = filter(spec);
  const items = [];
  for (const id of timeline.ids) {
    const message = timeline.get(id);
    if (!passes(message)) continue;
    const last = items.at(-1);
    if (message.media_group_id && last?.messages[0].media_group_id === message.media_group_id) {
      last.ids.push(id);
      last.messages.push(message);
    } else items.push({ key: id, ids: [id], messages: [message], day: '', head: true, tail: true });
  }
  return decorated(items);
}

/** What is shown: the topic, and as a member neither what is deleted nor what was before their time. */
function filter({ chat, thread, actor, view }) {
  const place = store.chat(chat);
  const since = place?.type === 'group' && view === 'as' ? Math.floor(store.member(chat, actor).joined_at ?? 0) : 0;
  return (message) => {
    if (thread && (message.message_thread_id ?? GENERAL) !== thread) return false;
    return view === 'all' || (!message.deleted && message.date >= since);
  };
}

/** Why a member sees nothing of a chat, '' when they see it. */
export function closedTo({ chat, actor, view }) {
  const place = store.chat(chat);
  if (view === 'all' || !place || place.type === 'private' || place.username) return '';
  const member = store.member(chat, actor);
  if (member.inside) return '';
  return member.status === 'kicked' ? 'was removed from this chat and sees nothing of it.' : 'is not in this chat and sees nothing of it.';
}

function decorated(items) {
  let day = '';
  items.forEach((item, at) => {
    const here = dayKey(item.messages[0].date);
    item.day = here === day ? '' : here;
    day = here;
    const follows = at > 0 && !item.day && together(items[at - 1], item);
    item.head = !follows;
    if (at > 0) items[at - 1].tail = !follows;
  });
  return items;
}

const senderId = (message) => message.sender_chat?.id ?? message.from?.id ?? 0;

function together(one, other) {
  const [a, b] = [one.messages.at(-1), other.messages[0]];
  if (isService(a) || isService(b)) return false;
  return senderId(a) === senderId(b) && b.date - a.date < TOGETHER && a.message_thread_id === b.message_thread_id;
}
