// A ?startgroup= link: whoever follows it chooses the group, and the bot comes with the rights the link names.
import { act } from './api.js';
import { openChat } from './columns.js';
import { h } from './dom.js';
import { dialog, toast } from './overlays.js';
import { plainName } from './people.js';
import { store } from './store.js';

/** rights: as the link has them, joined by plus signs; only an administrator can give any. */
export async function addToGroup(user, payload, rights) {
  const groups = [...store.chats.values()].filter((chat) => /group/.test(chat.type) && chat.people.get(user));
  if (!groups.length) return void toast(`${plainName(store.user(user))} is in no group`, { bad: true });
  const list = h('select', { id: 'which-group', data: { field: 'group' } }, groups.map((chat) => h('option', { value: chat.id }, chat.title)));
  const sure = await dialog({ title: `Add ${store.bot.first_name} to a group`, data: { dialog: 'add-bot' },
    body: [h('label', { for: 'which-group' }, 'Group'), list, h('p', {}, payload ? `startgroup=${payload}` : 'without a word'), h('p', {}, rights ? `as administrator: ${rights.split('+').join(', ')}` : 'as a member')],
    buttons: [['Cancel', false], ['Add', true]] });
  if (!sure) return undefined;
  const chat = Number(list.value);
  try {
    await act('add_bot', { chat, by: user, payload, ...(rights ? { admin: rights.split('+') } : {}) });
  } catch (error) {
    return void toast(error.message, { bad: true });
  }
  return openChat(chat, { actor: user, beside: innerWidth > 900 });
}
