// The world as the page knows it: fetched once, then changed by the server's events one at a time.
import { follow, look } from './api.js';
import { Timeline } from './timeline.js';

const INSIDE = new Set(['creator', 'administrator', 'member']);
const CHANGES_CHAT = new Set(['chat', 'link', 'join_request', 'join_answer', 'unpinned']);
const CHANGES_ALL = new Set(['blocked', 'settings', 'refused']);
const ABOUT_MESSAGE = new Set(['message', 'edited', 'deleted', 'reaction', 'vote', 'poll']);
const SERVICE_OF_CHAT = /^(new_chat_title|new_chat_photo|delete_chat_photo|pinned_message|forum_|general_forum|migrate_)/;
const CALL_OF_SETTINGS = /^(setMy|deleteMy|setChatMenu|unpinAll|setChatDescription|setChatStickerSet)/;

const listeners = new Map();
const timelines = new Map();

export const store = {
  bot: { id: 0, first_name: '' },
  users: new Map(),
  chats: new Map(),
  settings: {},
  privacy: true,
  flood: false,
  run: '',
  lastEvent: 0,
  online: false,
  ready: false,
  clock: { now: 0, rate: 1, version: 0 },
  heardAt: 0,
  asking: 0,
  asked: Promise.resolve(),
  held: [],

  /** The sandbox's time in seconds. */
  now() {
    return this.clock.now + ((performance.now() - this.heardAt) / 1000) * this.clock.rate;
  },
  user(id) {
    return this.users.get(Number(id)) ?? { id: Number(id), first_name: `#${id}` };
  },
  chat(id) {
    return this.chats.get(Number(id));
  },
  member(chat, user) {
    return this.chat(chat)?.people.get(Number(user)) ?? { user_id: Number(user), status: 'left', inside: false };
  },
  timeline(chat) {
    const id = Number(chat);
    if (!timelines.has(id)) timelines.set(id, new Timeline(id));
    return timelines.get(id);
  },

  on(topic, fn) {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic).add(fn);
    return () => listeners.get(topic)?.delete(fn);
  },
  emit(topic, ...given) {
    for (const fn of [...(listeners.get(topic) ?? [])]) fn(...given);
  },

  async open() {
    await this.reload();
    follow(() => this.lastEvent, (event) => this.heard(event), (online) => {
      if (online === this.online) return;
      this.online = online;
      this.emit('online', online);
    });
  },

  /** Everything anew: at the start, after a reset, when another sandbox answers. */
  async reload() {
    await this.ask((state) => {
      timelines.clear();
      this.users.clear();
      this.chats.clear();
      this.run = state.run;
      this.lastEvent = state.last_event;
      this.held = this.held.filter(({ number }) => !number || number > state.last_event);
      this.take(state);
      this.ready = true;
      this.emit('reload');
    });
  },

  /** Fetch the state, one after the other; events wait meanwhile, so that nothing older is put over them. */
  ask(take) {
    this.asking += 1;
    const told = this.asked.then(() => look('state', { messages: 1 })).then(take).finally(() => {
      this.asking -= 1;
      while (!this.asking && this.held.length) this.heard(this.held.shift());
    });
    this.asked = told.catch(() => {});
    return told;
  },

  /** What could not be fetched is fetched when the sandbox is heard again: its run is then not known. */
  missed() {
    this.run = '';
  },

  take(state) {
    this.bot = state.bot;
    Object.assign(this, { settings: state.settings, privacy: state.privacy, flood: state.flood });
    this.setClock(state.clock);
    for (const user of state.users) this.users.set(user.id, user);
    for (const chat of state.chats) this.takeChat(chat);
    this.emit('users');
    this.emit('chats');
    for (const chat of state.chats) this.emit(`chat:${chat.id}`);
  },

  takeChat(given) {
    const { messages, ...chat } = given;
    const known = this.chats.get(chat.id);
    chat.people = new Map(chat.members.map((member) => [member.user_id, member]));
    chat.last = known?.last ?? messages.at(-1) ?? null;
    chat.unread = known?.unread ?? 0;
    this.chats.set(chat.id, chat);
  },

  refreshing: null,
  /** Fetch people and chats again, soon and once. */
  refresh() {
    this.refreshing ??= new Promise((done) => setTimeout(done, 120))
      .then(() => { this.refreshing = null; return this.ask((state) => this.take(state)); })
      .catch(() => this.missed());
    return this.refreshing;
  },

  setClock(face) {
    this.clock = face;
    this.heardAt = performance.now();
    this.emit('clock', face);
  },

  heard(event) {
    if (this.asking) return void this.held.push(event);
    if (event.kind === 'hello') {
      if (event.run !== this.run) this.reload().catch(() => this.missed());
      return undefined;
    }
    if (event.number) this.lastEvent = event.number;
    if (event.kind === 'reset' || event.kind === 'restored') this.reload().catch(() => this.missed());
    else if (ABOUT_MESSAGE.has(event.kind)) this.heardMessage(event);
    else if (event.kind === 'member') this.heardMember(event);
    else if (event.kind === 'tag') this.patchMember(event.chat, event.user, { tag: event.tag });
    else if (event.kind === 'user') this.heardUser(event);
    else if (event.kind === 'clock') this.setClock(event);
    else if (event.kind === 'permissions') this.patchChat(event.chat, { permissions: event.permissions });
    else if (CHANGES_CHAT.has(event.kind) || CHANGES_ALL.has(event.kind)) this.refresh();
    else if (event.kind === 'call' && CALL_OF_SETTINGS.test(event.method)) this.refresh();
    this.emit('event', event);
    return undefined;
  },

  heardMessage(event) {
    const { message } = event;
    const chat = this.chats.get(event.chat);
    if (!message?.message_id) return;
    if (!chat || SERVICE_OF_CHAT.test(message.service ?? '') || !this.users.has(message.author)) this.refresh();
    const fresh = timelines.get(event.chat)?.hear(message, event.kind) ?? false;
    if (chat && (!chat.last || chat.last.message_id <= message.message_id)) chat.last = message;
    if (event.kind === 'deleted' && chat?.pinned.includes(message.message_id)) {
      this.patchChat(chat.id, { pinned: chat.pinned.filter((id) => id !== message.message_id) });
    }
    this.emit(`message:${event.chat}`, message, { fresh, kind: event.kind });
    this.emit('chats');
  },

  heardMember(event) {
    const to = event.to;
    if (!this.users.has(to.user.id)) this.users.set(to.user.id, to.user);
    const inside = INSIDE.has(to.status) || (to.status === 'restricted' && to.is_member);
    const before = this.member(event.chat, event.user);
    const joined = inside && !before.inside ? event.at : before.joined_at ?? 0;
    this.patchMember(event.chat, event.user, { user_id: event.user, tag: '', ...to, inside, joined_at: joined }, true);
  },

  heardUser(event) {
    const { kind, number, at, ...user } = event;
    this.users.set(user.id, { ...this.users.get(user.id), ...user });
    this.emit('users');
    if (this.chats.has(user.id)) Object.assign(this.chats.get(user.id), { first_name: user.first_name, last_name: user.last_name });
    this.emit('chats');
  },

  patchMember(chatId, userId, fields, whole = false) {
    const chat = this.chats.get(chatId);
    if (!chat) return this.refresh();
    const member = { ...(whole ? {} : chat.people.get(userId)), ...fields };
    chat.people.set(userId, member);
    chat.members = [...chat.people.values()];
    this.emit(`chat:${chatId}`);
    return undefined;
  },

  patchChat(chatId, fields) {
    const chat = this.chats.get(chatId);
    if (!chat) return;
    Object.assign(chat, fields);
    this.emit(`chat:${chatId}`);
  },
};
