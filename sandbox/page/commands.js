// Which of the bot's commands a member is offered in a chat: Telegram's order of scopes and languages.
import { store } from './store.js';

export function commandsFor(chat, actor) {
  if (!chat) return [];
  const language = store.user(actor).language_code ?? '';
  for (const scope of scopes(chat, actor)) {
    for (const code of language ? [language, ''] : ['']) {
      const found = store.settings[`commands:${scope}:${code}`];
      if (found?.length) return found;
    }
  }
  return [];
}

function scopes(chat, actor) {
  if (chat.type === 'private') return [`chat:${chat.id}`, 'all_private_chats', 'default'];
  const admin = /creator|administrator/.test(store.member(chat.id, actor).status);
  return [`chat_member:${chat.id}:${actor}`, admin ? `chat_administrators:${chat.id}` : '', `chat:${chat.id}`, admin ? 'all_chat_administrators' : '', 'all_group_chats', 'default'].filter(Boolean);
}

export function fitting(commands, typed) {
  const start = typed.slice(1).toLowerCase();
  return commands.filter((command) => command.command.startsWith(start)).slice(0, 12);
}
