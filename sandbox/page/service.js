// What Telegram itself says in a chat: who came, what was pinned, which topic was made.
import { plainName } from './people.js';
import { store } from './store.js';

const people = (users) => users.map((user) => plainName(store.users.get(user.id) ?? user)).join(', ');

const TEXTS = {
  new_chat_members: (who, users, message) => (users.length === 1 && users[0].id === message.from?.id
    ? `${who} joined the group` : `${who} added ${people(users)}`),
  left_chat_member: (who, user, message) => (user.id === message.from?.id ? `${who} left the group` : `${who} removed ${people([user])}`),
  new_chat_title: (who, title) => `${who} changed the name to “${title}”`,
  new_chat_photo: (who) => `${who} changed the photo`,
  delete_chat_photo: (who) => `${who} removed the photo`,
  group_chat_created: (who) => `${who} created the group`,
  supergroup_chat_created: (who) => `${who} created the group`,
  channel_chat_created: () => 'The channel was created',
  migrate_to_chat_id: () => 'The group became a supergroup; it goes on there',
  migrate_from_chat_id: () => 'The group became a supergroup',
  pinned_message: (who) => `${who} pinned a message`,
  forum_topic_created: (who, topic) => `${who} created the topic “${topic.name}”`,
  forum_topic_edited: (who, topic) => (topic.name ? `${who} renamed the topic to “${topic.name}”` : `${who} changed the topic’s icon`),
  forum_topic_closed: (who) => `${who} closed the topic`,
  forum_topic_reopened: (who) => `${who} reopened the topic`,
  general_forum_topic_hidden: (who) => `${who} hid the General topic`,
  general_forum_topic_unhidden: (who) => `${who} showed the General topic`,
  message_auto_delete_timer_changed: (who) => `${who} changed the auto-delete timer`,
  video_chat_started: (who) => `${who} started a video chat`,
  video_chat_ended: () => 'The video chat ended',
  successful_payment: (who) => `${who} paid`,
  boost_added: (who) => `${who} boosted the group`,
  write_access_allowed: (who) => `${who} allowed the bot to write`,
};

export function isService(message) {
  return Boolean(serviceKind(message));
}

function serviceKind(message) {
  if (message.service) return message.service;
  return Object.keys(TEXTS).find((kind) => message[kind] !== undefined && message.text === undefined) ?? '';
}

export function serviceText(message) {
  const kind = serviceKind(message);
  if (!kind) return '';
  const who = message.sender_chat?.title ?? (message.from ? plainName(store.users.get(message.from.id) ?? message.from) : 'Telegram');
  return TEXTS[kind]?.(who, message[kind], message) ?? `${who}: ${kind.replaceAll('_', ' ')}`;
}
