// People and chats are made here, and everybody is listed.
import { bdi, fill, h } from '../dom.js';
import { avatar, nameOf, titleOf } from '../people.js';
import { registerPanel } from '../panels.js';
import { button, check, choice, closing, field, hint, row, section, setOptions, soon, text, ticked } from './parts.js';

const LANGUAGES = [['', 'unknown'], ['zh-hans', '中文'], ['en', 'English'], ['de', 'Deutsch'], ['ar', 'العربية']];
const KINDS = [['supergroup', 'supergroup'], ['group', 'basic group'], ['forum', 'forum, with topics'], ['channel', 'channel']];
const SHOWN = 200;

registerPanel({ id: 'people', title: 'People', icon: 'plus', order: 15, render });

function render(element, params, context) {
  const { store } = context;
  const person = personForm(context);
  const chat = chatForm(context);
  const search = text('user-search', { type: 'search', placeholder: 'Search', 'aria-label': 'Search people' });
  const list = h('ul', { class: 'plain members', 'aria-label': 'People' });
  const draw = soon(() => {
    person.renew();
    chat.renew();
    const wanted = search.value.trim().toLowerCase();
    const found = [...store.users.values()].filter((user) => `${nameOf(user)} ${user.username ?? ''} ${user.id}`.toLowerCase().includes(wanted));
    fill(list, found.slice(-SHOWN).reverse().map((user) => entry(user, context)), found.length ? null : hint('Nobody.'));
  }, 60);
  search.addEventListener('input', draw);
  fill(element, section('A new person', person.shown), section('A new chat', chat.shown), section('Everybody', search, list));
  draw();
  return closing(store.on('users', draw), store.on('chats', draw));
}

function entry(user, context) {
  const { store } = context;
  const chat = context.focused()?.chat;
  return h('li', {}, h('button', { type: 'button', class: 'person', data: { member: user.id, act: 'open-member' },
    on: { click: () => context.openPanel('member', store.chat(chat) ? chat : user.id, user.id) } },
  avatar(user.id, nameOf(user), { size: 's' }), h('span', { class: 'grow' }, bdi(nameOf(user))), h('span', { class: 'muted' }, String(user.id))));
}

function personForm(context) {
  const { store, api } = context;
  const first = text('new-first-name', { placeholder: '林晓' });
  const last = text('new-last-name', { placeholder: 'none' });
  const username = text('new-username', { placeholder: 'none' });
  const language = choice('new-language', LANGUAGES, 'zh-hans');
  const premium = check('new-premium', 'premium');
  const joins = choice('new-joins', []);
  const make = async () => {
    const made = await api.do('user_create', { first_name: first.value.trim(), last_name: last.value.trim(), username: username.value.trim(),
      language: language.value, is_premium: ticked(premium) });
    if (Number(joins.value)) await api.do('join', { chat: Number(joins.value), user: made.id });
    [first, last, username].forEach((input) => { input.value = ''; });
    context.toast(`${nameOf(made)} is there.`);
  };
  return {
    shown: [field('First name', first), field('Last name', last), field('Username', username), field('Language', language), premium,
      field('Joins', joins), row(button('create-user', 'Make', context, make, { class: 'main' }))],
    renew: () => setOptions(joins, [[0, 'nothing yet'], ...groups(store).map((chat) => [chat.id, titleOf(chat)])],
      joins.value || context.focused()?.chat || 0),
  };
}

const groups = (store) => [...store.chats.values()].filter((chat) => chat.type !== 'private' && !chat.migrated_to);

function chatForm(context) {
  const { store, api } = context;
  const kind = choice('new-kind', KINDS);
  const title = text('new-title', { placeholder: '07营 学习群' });
  const owner = choice('new-owner', []);
  const asks = check('new-by-request', 'people ask to join');
  const bot = check('new-with-bot', 'with the bot as an administrator', true);
  const make = async () => {
    const made = await api.do('chat_create', { kind: kind.value, title: title.value.trim(), owner: Number(owner.value), join_by_request: ticked(asks) });
    if (ticked(bot)) await api.do('add_bot', { chat: made.id, admin: 'all' });
    await store.refresh();
    context.openChat(made.id);
  };
  return {
    shown: [field('Kind', kind), field('Title', title), field('Owner', owner), asks, bot, row(button('create-chat', 'Make', context, make, { class: 'main' }))],
    renew: () => setOptions(owner, [...store.users.values()].filter((user) => !user.is_bot && user.id !== 777000).map((user) => [user.id, nameOf(user)])),
  };
}
