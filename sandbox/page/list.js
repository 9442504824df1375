// The messages of a column: only what is near the eye stands in the document, however long the chat is.
import { listen, walk } from './gestures.js';
import { buildRow, signature } from './row.js';
import { arrange, h } from './dom.js';
import { oncePerFrame } from './steady.js';
import { itemsOf } from './items.js';
import { Mark } from './mark.js';
import { store } from './store.js';

const NEAR = 200;
const AHEAD = 600;
const GUESS = 62;
const BOTTOM = 48;
const AIM = 1500;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

export class MessageList {
  constructor(spec, hooks) {
    this.spec = spec;
    this.hooks = hooks;
    this.timeline = store.timeline(spec.chat);
    this.items = [];
    this.index = new Map();
    this.rows = new Map();
    this.mark = new Mark(this.rows);
    this.heights = new Map();
    this.range = [0, 0];
    this.seen = '';
    this.stick = true;
    this.soon = oncePerFrame(() => { if (!this.closed) this.render(); });
    this.width = 0;
    this.top = h('div', { class: 'spacer' });
    this.bottom = h('div', { class: 'spacer' });
    this.body = h('div', { class: 'rows' });
    listen(this.body, (key) => this.items[this.index.get(key)], hooks);
    this.element = h('div', { class: 'messages', tabindex: '0', role: 'log', 'aria-label': 'Messages', 'aria-live': 'off',
      on: { scroll: () => this.scrolled(), keydown: (event) => walk(event, this) } }, this.top, this.body, this.bottom);
    this.stops = [
      store.on(`message:${spec.chat}`, (message, how) => this.heard(message, how)),
      store.on('users', () => this.soon()),
      store.on(`chat:${spec.chat}`, () => this.soon()),
    ];
    for (const kind of ['wheel', 'pointerdown', 'touchstart', 'keydown']) this.element.addEventListener(kind, () => this.letGo(), { passive: true });
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(this.element);
    this.load();
  }

  async load() {
    if (!store.chat(this.spec.chat) && !store.users.has(this.spec.chat)) this.timeline.complete = true;
    if (this.timeline.ids.length < 60) await this.timeline.older();
    this.soon();
  }

  close() {
    for (const stop of this.stops) stop();
    this.sizes.disconnect();
    this.closed = true;
  }

  change(spec) {
    this.spec = spec;
    this.seen = '';
    this.soon();
  }

  heard(message, { fresh }) {
    if (fresh && this.stick && !calm.matches) this.arriving = message.message_id;
    if (fresh && !this.stick) this.hooks.below?.();
    this.soon();
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    this.stick = scrollHeight - scrollTop - clientHeight < BOTTOM;
    this.hooks.scrolled?.(this.stick);
    this.soon();
  }

  resized() {
    if (this.element.clientWidth !== this.width) this.heights.clear();
    this.width = this.element.clientWidth;
    this.soon();
  }

  prepare() {
    const { thread, actor, view } = this.spec;
    const seen = [this.timeline.version, thread, actor, view].join();
    if (seen === this.seen) return;
    this.seen = seen;
    this.items = itemsOf(this.timeline, this.spec);
    this.index = new Map(this.items.map((item, at) => [item.key, at]));
  }

  height(at) {
    return this.heights.get(this.items[at].key) ?? GUESS;
  }

  /** The items between two heights, in pixels from the top of all. */
  between(from, to) {
    let y = 0;
    let first = 0;
    while (first < this.items.length - 1 && y + this.height(first) < from) y += this.height(first++);
    let last = first;
    while (last < this.items.length && y < to) y += this.height(last++);
    return [first, last];
  }

  render(round = 0) {
    const before = this.items;
    this.prepare();
    if (this.aim) return void this.aimed();
    const anchor = this.stick ? null : this.anchor();
    this.eye = this.eyeOf(anchor);
    const [from, to] = this.around(NEAR);
    const covered = before === this.items && from >= this.range[0] && to <= this.range[1];
    this.range = covered ? this.range : this.around(AHEAD);
    this.sync();
    this.measure();
    if (this.stick) this.element.scrollTop = this.element.scrollHeight;
    else if (anchor) this.restore(anchor);
    this.hooks.drawn?.(this.items.length, this.timeline.complete);
    if (this.items.length && this.range[0] < 12 && !this.timeline.complete && !this.timeline.loading) {
      this.timeline.older().then(() => this.soon(), () => {});
    }
    this.eye = this.element.scrollTop;
    const [first, last] = this.around(NEAR);
    if (round < 3 && (first < this.range[0] || last > this.range[1])) this.render(round + 1);
  }

  /** Where the upper edge of sight is among the items as they are now. */
  eyeOf(anchor) {
    const at = anchor ? this.index.get(anchor.key) : undefined;
    if (at === undefined) return this.element.scrollTop;
    let y = 0;
    for (let i = 0; i < at; i += 1) y += this.height(i);
    return y - anchor.offset;
  }

  /** The items in sight and so many pixels beyond. */
  around(beyond) {
    return this.stick ? this.tail(beyond) : this.between(this.eye - beyond, this.eye + this.element.clientHeight + beyond);
  }

  tail(beyond) {
    let first = this.items.length;
    let y = this.element.clientHeight + beyond;
    while (first > 0 && y > 0) y -= this.height(--first);
    return [first, this.items.length];
  }

  sync() {
    const [from, to] = this.range;
    const wanted = this.items.slice(from, to);
    const keys = new Set(wanted.map((item) => item.key));
    for (const [key, row] of this.rows) if (!keys.has(key)) { row.remove(); this.rows.delete(key); }
    arrange(this.body, wanted.map((item) => this.row(item)));
    this.space(this.top, 0, from);
    this.space(this.bottom, to, this.items.length);
  }

  row(item) {
    const sign = signature(item, this.spec);
    const old = this.rows.get(item.key);
    if (old?.sign === sign && old.last === item.messages.at(-1) && old.count === item.messages.length) return old;
    const row = buildRow(item, this.spec, this.hooks);
    Object.assign(row, { sign, last: item.messages.at(-1), count: item.messages.length });
    if (this.arriving === item.key && !old) row.classList.add('arriving');
    this.mark.dress(row, item.key);
    if (old) this.replace(old, row, item.key);
    this.rows.set(item.key, row);
    return row;
  }

  replace(old, row, key) {
    const focus = old.contains(document.activeElement) ? document.activeElement.dataset.act ?? '' : null;
    old.replaceWith(row);
    this.heights.delete(key);
    if (focus !== null) ((focus && row.querySelector(`[data-act="${focus}"]`)) || row).focus({ preventScroll: true });
  }

  space(element, from, to) {
    let y = 0;
    for (let at = from; at < to; at += 1) y += this.height(at);
    element.style.height = `${y}px`;
  }

  measure() {
    for (const [key, row] of this.rows) if (!this.heights.has(key)) this.heights.set(key, row.offsetHeight || GUESS);
  }

  /** The first row in sight and where it stands, so that it stays there. */
  anchor() {
    const y = this.element.scrollTop;
    for (const row of this.body.children) {
      if (row.offsetTop + row.offsetHeight > y) return { key: Number(row.dataset.key), offset: row.offsetTop - y };
    }
    return null;
  }

  restore({ key, offset }) {
    const row = this.rows.get(key);
    if (!row) return;
    const y = row.offsetTop - offset;
    if (Math.abs(y - this.element.scrollTop) > 0.5) this.element.scrollTop = y;
  }

  toBottom() {
    this.aim = 0;
    this.stick = true;
    this.soon();
    this.hooks.scrolled?.(true);
  }

  /** Bring a message into sight; false when this view does not show it. */
  async jump(id) {
    await this.timeline.reach(id);
    this.prepare();
    const item = this.items.find((one) => one.ids.includes(id));
    if (!item) return false;
    this.stick = false;
    this.aim = item.key;
    setTimeout(() => { if (this.aim === item.key) this.letGo(); }, AIM);
    this.aimed();
    this.mark.set(item.key);
    this.scrolled();
    return true;
  }

  /** A message that was jumped to stays in the middle while the page settles, until somebody scrolls. */
  aimed() {
    const at = this.index.get(this.aim);
    if (at === undefined) return this.letGo();
    this.range = [Math.max(0, at - 20), Math.min(this.items.length, at + 20)];
    this.sync();
    this.measure();
    const row = this.rows.get(this.aim);
    this.element.scrollTop = row.offsetTop - Math.max(8, (this.element.clientHeight - row.offsetHeight) / 2);
    return undefined;
  }

  letGo() {
    if (!this.aim) return;
    this.aim = 0;
    this.soon();
  }
}
