// The messages of one chat as far as they are loaded: an unbroken row up to the newest one.
import { Refused, look } from './api.js';

const PORTION = 120;

/** A chat that is not there (any more) has no messages. */
function gone(error) {
  if (error instanceof Refused) return [];
  throw error;
}

export class Timeline {
  constructor(chat) {
    this.chat = chat;
    this.byId = new Map();
    this.ids = [];
    this.complete = false;
    this.version = 0;
    this.loading = null;
    this.late = new Map();
  }

  get(id) {
    return this.byId.get(id);
  }

  /** Put a message in its place; true when it was not there. */
  put(message) {
    const id = message.message_id;
    const fresh = !this.byId.has(id);
    this.byId.set(id, message);
    if (fresh) this.insert(id);
    this.version += 1;
    return fresh;
  }

  /** What the server told of a message: one from before the loaded row is left for when it is loaded. */
  hear(message, kind) {
    const known = this.byId.has(message.message_id);
    const within = this.ids.length ? message.message_id > this.ids[0] : kind === 'message';
    if (known || within) return this.put(message);
    if (this.loading) this.late.set(message.message_id, message);
    return false;
  }

  insert(id) {
    const last = this.ids[this.ids.length - 1];
    if (last === undefined || id > last) this.ids.push(id);
    else this.ids.splice(this.ids.findIndex((other) => other > id), 0, id);
  }

  prepend(messages) {
    const older = messages.filter((message) => !this.byId.has(message.message_id));
    for (const message of older) this.byId.set(message.message_id, this.late.get(message.message_id) ?? message);
    this.ids = [...older.map((message) => message.message_id), ...this.ids].sort((a, b) => a - b);
    this.version += 1;
  }

  /** Load a portion older than what is there; whoever asks meanwhile waits for the same one. */
  older(limit = PORTION) {
    return this.complete ? Promise.resolve() : this.load({ limit }, limit);
  }

  /** What is heard of a message while it is on its way is newer than what arrives. */
  load(bounds, limit) {
    this.loading ??= this.fetchOlder(bounds, limit).finally(() => { this.loading = null; this.late.clear(); });
    return this.loading;
  }

  async fetchOlder(bounds, limit) {
    const first = this.ids[0] ?? 0;
    const messages = await look('messages', { chat: this.chat, before: first, ...bounds }).catch(gone);
    if (limit && messages.length < limit) this.complete = true;
    this.prepend(messages);
  }

  /** Load back to a message and a little further. */
  async reach(id) {
    if (this.loading) await this.loading;
    if (this.byId.has(id) || this.complete || (this.ids.length && id > this.ids[0])) return;
    await this.load({ after: Math.max(0, id - PORTION) }, 0);
  }
}
