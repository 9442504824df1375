// One open chat: its head, the pinned bar, the messages, the composer; everything acts as the chosen member.
import { act } from './api.js';
import { address, change } from './address.js';
import { Composer } from './composer.js';
import { fill, h, iconButton } from './dom.js';
import { drawHead } from './head.js';
import { closedTo } from './items.js';
import { MessageList } from './list.js';
import { MARKED } from './mark.js';
import { startBot, followLink } from './links.js';
import { messageMenu } from './menu.js';
import { dialog, toast } from './overlays.js';
import { plainName } from './people.js';
import { drawPins } from './pins.js';
import { refusal } from './refusals.js';
import { store } from './store.js';
import { focusColumn } from './columns.js';

export class Column {
  constructor(spec) {
    this.spec = this.whole(spec);
    this.missed = 0;
    this.presses = new Map();
    this.own = new Set();
    this.hooks = this.makeHooks();
    this.list = new MessageList(this.spec, this.hooks);
    this.composer = new Composer(this.spec, this.hooks);
    this.head = h('header', { class: 'column-head' });
    this.pins = h('div', { class: 'pins', hidden: true });
    this.empty = h('div', { class: 'empty', hidden: true });
    this.told = h('div', { class: 'toasts within', role: 'status', 'aria-live': 'polite' });
    this.down = iconButton('down', 'To the newest message', 'to-bottom', () => this.list.toBottom(), { class: 'to-bottom', hidden: true });
    this.element = h('section', { class: 'column', data: { key: spec.key }, on: { pointerdown: () => focusColumn(this.spec.key), focusin: () => focusColumn(this.spec.key) } },
      this.head, this.pins, h('div', { class: 'stage' }, this.list.element, this.empty, this.down, this.told), this.composer.element);
    this.stops = [
      store.on(`chat:${spec.chat}`, () => this.draw()),
      store.on('users', () => this.draw()),
      store.on('event', (event) => this.heard(event)),
    ];
    this.draw();
    if (address.message?.chat === spec.chat) this.jump(address.message.id);
  }

  whole(spec) {
    return { ...spec, private: store.chat(spec.chat)?.type === 'private' || spec.chat > 0, jump: (id) => this.jump(id) };
  }

  fits(spec) {
    return spec.chat === this.spec.chat;
  }

  update(spec) {
    const { chat, thread, actor, view } = this.spec;
    if (chat === spec.chat && thread === spec.thread && actor === spec.actor && view === spec.view) return this.draw();
    this.spec = this.whole(spec);
    this.list.change(this.spec);
    this.composer.change(this.spec);
    if (thread !== spec.thread) this.list.toBottom();
    return this.draw();
  }

  close() {
    for (const stop of this.stops) stop();
    clearTimeout(this.leaving);
    this.list.close();
    this.composer.close();
    this.element.remove();
  }

  draw() {
    const { spec } = this;
    Object.assign(this.element.dataset, { chat: spec.chat, actor: spec.actor, view: spec.view, thread: spec.thread || '' });
    drawHead(this.head, spec);
    drawPins(this.pins, spec);
    this.pins.hidden ||= Boolean(closedTo(spec));
    this.composer.draw();
    this.cover();
  }

  /** What stands in the place of messages: nothing said yet, or nothing to be seen by this member. */
  cover(count = this.list.items.length, complete = this.list.timeline.complete) {
    const why = closedTo(this.spec);
    this.element.classList.toggle('closed-to', Boolean(why));
    this.empty.hidden = !why && (count > 0 || !complete);
    if (this.empty.hidden) return;
    const name = plainName(store.user(this.spec.actor));
    const there = store.chat(this.spec.chat) || store.users.has(this.spec.chat);
    const words = !there ? 'This chat is not there (any more).' : why ? `${name} ${why}` : this.spec.private ? `${name} has not written to the bot yet.` : 'Nothing has been said here yet.';
    fill(this.empty, h('p', {}, words), !why && there && this.spec.private ? h('button', { type: 'button', class: 'button main', data: { act: 'start' }, on: { click: () => startBot(this.spec.actor, '') } }, 'Start') : null);
  }

  makeHooks() {
    const column = this;
    return {
      get chat() { return column.spec.chat; },
      get actor() { return column.spec.actor; },
      get spec() { return column.spec; },
      reply: (message) => this.composer.reply(message),
      edit: (message) => this.composer.edit(message),
      menu: (item, anchor) => messageMenu(item, anchor, this.spec, this.hooks),
      jump: (id) => this.jump(id),
      command: (text) => this.composer.send(text),
      react: (message, emoji) => this.do('react', { message_id: message.message_id, user: this.spec.actor, emoji }),
      vote: (message, options) => this.do('vote', { message_id: message.message_id, user: this.spec.actor, options }),
      press: (message, button) => this.press(message, button),
      do: (verb, given) => this.do(verb, given),
      said: () => this.list.toBottom(),
      below: () => { this.missed += 1; this.down.dataset.count = this.missed; },
      scrolled: (low) => { this.down.hidden = low; if (low) { this.missed = 0; delete this.down.dataset.count; } },
      drawn: (count, complete) => { this.cover(count, complete); this.composer.later(); },
    };
  }

  /** A verb in this chat; a refusal is told in the column. Resolves with the result, or null. */
  async do(verb, given) {
    try {
      return await act(verb, { chat: this.spec.chat, ...given });
    } catch (error) {
      this.refused(error);
      return null;
    }
  }

  refused(error) {
    const why = refusal(error, this.spec.chat, this.spec.actor);
    if (!this.composer.says(why)) toast(why, { bad: true, place: this.told });
  }

  async press(message, button) {
    if (button.callback_data === undefined) return void this.follow(button);
    this.pressing = this.do('press', { message_id: message.message_id, user: this.spec.actor, data: button.callback_data });
    const pressed = await this.pressing;
    if (pressed) this.own.add(pressed.id);
    return pressed?.id;
  }

  follow(button) {
    const target = button.url ?? button.login_url?.url ?? button.web_app?.url;
    if (target) return void followLink(target, this.hooks);
    if (button.copy_text) return void navigator.clipboard?.writeText(button.copy_text.text).then(() => toast('Copied', { place: this.told }), () => {});
    const query = button.switch_inline_query ?? button.switch_inline_query_current_chat;
    return void this.composer.insert(`@${store.bot.username} ${query ?? ''}`);
  }

  /** Presses here are remembered, so that their answers are told here. */
  heard(event) {
    if (event.kind === 'press' && event.chat === this.spec.chat) this.presses.set(event.id, event.user);
    if (event.kind !== 'answered' || !this.presses.has(event.id)) return;
    const user = this.presses.get(event.id);
    this.presses.delete(event.id);
    if (this.spec.view === 'all' || user === this.spec.actor) this.answered(event, user);
  }

  /** An alert stands before the one who pressed here; of others' answers this column only tells. */
  async answered(event, user) {
    await this.pressing;
    const here = this.own.delete(event.id);
    if (event.url && here) followLink(event.url, { ...this.hooks, actor: user });
    if (!event.text) return;
    if (event.show_alert && here) dialog({ title: store.bot.first_name, data: { dialog: 'alert' }, body: [h('p', { class: 'alert-text', dir: 'auto' }, event.text)] });
    else toast(event.text, { place: this.told, to: user === this.spec.actor ? '' : plainName(store.user(user)) });
  }

  async jump(id) {
    this.selected = id;
    if (!(await this.list.jump(id))) toast(`Message ${id} is not to be seen here.`, { place: this.told });
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.shown(id), MARKED);
  }

  /** A message that was shown leaves the address: what is copied later shows the chat as it is then. */
  shown(id) {
    const { message } = address;
    if (message?.chat === this.spec.chat && message.id === id) change({ message: null });
    if (this.selected === id) this.selected = 0;
  }

  select(id) {
    if (this.selected !== id) this.jump(id);
  }
}
