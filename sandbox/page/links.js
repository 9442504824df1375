// Links in the sandbox: those to the bot work, those to the world outside are only shown.
import { addToGroup } from './adding.js';
import { act } from './api.js';
import { openChat, showMessage } from './columns.js';
import { dialog, toast } from './overlays.js';
import { openPanel } from './panels.js';
import { plainName } from './people.js';
import { store } from './store.js';

/** hooks: {chat, actor} say where the link is and who follows it. */
export async function followLink(target, hooks = {}) {
  const own = new RegExp(`^(?:(?:https?://)?(?:t\\.me|telegram\\.me)/|tg://resolve\\?domain=|@)${store.bot.username}\\b(?:[?&](start|startgroup)=([\\w-]*))?`, 'i').exec(target);
  if (own?.[1] === 'startgroup' && hooks.actor) return addToGroup(hooks.actor, own[2] ?? '', /[?&]admin=([\w+]*)/.exec(target)?.[1] ?? '');
  if (own && own[1] !== 'startgroup' && hooks.actor) return startBot(hooks.actor, own[2] ?? '', own[1] === 'start');
  const person = /^(?:@|(?:https?:\/\/)?t\.me\/)(\w{3,})$/i.exec(target)?.[1]?.toLowerCase();
  const known = person && [...store.users.values(), ...store.chats.values()].find((one) => one.username?.toLowerCase() === person);
  if (known?.type) return openChat(known.id, { beside: true });
  if (known) return openPanel('member', hooks.chat ?? known.id, known.id);
  const post = /^(?:https?:\/\/)?t\.me\/c\/(\d+)\/(?:\d+\/)?(\d+)/.exec(target);
  if (post && store.chat(`-100${post[1]}`)) return showMessage(`-100${post[1]}`, post[2]);
  const copied = await dialog({ title: 'A link out of the sandbox', data: { dialog: 'link' },
    body: ['Nothing leaves this machine, so it is only shown:', paragraph(target)], buttons: [['Copy', true], ['Close', false]] });
  if (copied) await navigator.clipboard?.writeText(target).then(() => toast('Copied'), () => toast('Not copied', { bad: true }));
  return undefined;
}

function paragraph(text) {
  const box = document.createElement('p');
  box.className = 'shown-link';
  box.dir = 'ltr';
  box.textContent = text;
  return box;
}

/** Open the private chat of a person with the bot, and press start there if asked to. */
export async function startBot(user, payload, start = true) {
  try {
    if (start || !store.user(user).started) await act('start', { user, payload });
  } catch (error) {
    return void toast(`${plainName(store.user(user))}: ${error.message}`, { bad: true });
  }
  openChat(user, { actor: user, beside: innerWidth > 900 });
  return undefined;
}
