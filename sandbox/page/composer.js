// The field below the messages: who speaks, what is answered or edited, text, media, commands, the bot's keyboard.
import { attachMenu } from './attach.js';
import { commandsFor, fitting } from './commands.js';
import { bdi, fill, h, icon, iconButton } from './dom.js';
import { switchActor } from './head.js';
import { replyKeyboard } from './keyboards.js';
import { avatar, nameOf, plainName, senderOf } from './people.js';
import { silence } from './refusals.js';
import { store } from './store.js';
import { summary, textOf } from './summary.js';

const HIGHEST = 180;

export class Composer {
  constructor(spec, hooks) {
    this.hooks = hooks;
    this.spec = spec;
    this.about = null;
    this.editing = false;
    this.hidden = 0;
    this.actor = h('button', { type: 'button', class: 'actor', data: { act: 'act-as' }, on: { click: (event) => { if (!this.spec.private) switchActor(event.currentTarget, this.spec); } } });
    this.field = h('textarea', { rows: '1', class: 'field words', 'aria-label': 'Message', data: { act: 'compose' }, on: { input: () => this.typed(), keydown: (event) => this.keys(event), blur: () => setTimeout(() => { if (document.activeElement !== this.field) this.menu.hidden = true; }, 150) } });
    this.notice = h('p', { class: 'silence', role: 'note', hidden: true });
    this.context = h('div', { class: 'about', hidden: true });
    this.menu = h('div', { class: 'commands', role: 'listbox', 'aria-label': 'Commands', hidden: true });
    this.keyboard = h('div', { class: 'reply-keyboard', hidden: true });
    this.submit = iconButton('send', 'Send', 'send', () => this.sendField(), { class: 'send' });
    this.element = h('form', { class: 'composer', on: { submit: (event) => { event.preventDefault(); this.sendField(); } } },
      this.notice, this.menu, this.context,
      h('div', { class: 'compose-line' }, this.actor, iconButton('clip', 'Attach or start', 'attach', (event) => attachMenu(event.currentTarget, this)), this.field, this.submit), this.keyboard);
    this.stops = [store.on(`message:${spec.chat}`, () => this.later()), store.on('clock', () => this.draw())];
    this.ticking = setInterval(() => this.quiet(), 2000);
  }

  close() {
    for (const stop of this.stops) stop();
    clearInterval(this.ticking);
    this.closed = true;
  }

  change(spec) {
    if (spec.actor !== this.spec.actor || spec.thread !== this.spec.thread) this.forget();
    this.spec = spec;
    this.draw();
  }

  later() {
    this.frame ||= requestAnimationFrame(() => { this.frame = 0; if (!this.closed) this.draw(); });
  }

  draw() {
    const user = store.user(this.spec.actor);
    const name = nameOf(user);
    if (this.actor.dataset.key !== `${user.id}|${name}`) {
      this.actor.dataset.key = `${user.id}|${name}`;
      this.actor.dataset.member = user.id;
      this.actor.title = this.spec.private ? `${plainName(user)} writes` : `Acting as ${plainName(user)}; press for another`;
      this.actor.setAttribute('aria-label', this.actor.title);
      fill(this.actor, avatar(user.id, name, { size: 's' }), this.spec.private ? null : icon('chevron', 12));
      this.field.placeholder = `Write as ${plainName(user).slice(0, 40)}`;
    }
    this.quiet();
    this.drawKeyboard();
  }

  quiet() {
    const why = silence(store.chat(this.spec.chat), this.spec.actor);
    if (why === this.notice.textContent) return;
    this.notice.hidden = !why;
    this.notice.textContent = why;
    this.element.classList.toggle('silenced', Boolean(why));
  }

  /** Whether that stands above the field already; it is then pointed at instead of told a second time. */
  says(why) {
    this.quiet();
    if (this.notice.hidden || this.notice.textContent !== why) return false;
    this.notice.setAttribute('role', 'alert');
    this.notice.classList.remove('again');
    requestAnimationFrame(() => this.notice.classList.add('again'));
    return true;
  }

  drawKeyboard() {
    const wanted = replyKeyboard(store.timeline(this.spec.chat), this.spec);
    const key = wanted ? `${wanted.id}|${this.spec.actor}` : '';
    if (key === this.keyboard.dataset.key) return;
    this.keyboard.dataset.key = key;
    const shown = wanted && !wanted.force && this.hidden !== wanted.id;
    this.keyboard.hidden = !shown;
    if (wanted?.force) this.reply(wanted.force);
    if (!shown) return;
    fill(this.keyboard, wanted.keyboard.map((row) => h('div', { class: 'keyboard-row' }, row.map((button) => {
      const given = typeof button === 'string' ? { text: button } : button;
      return h('button', { type: 'button', class: 'key', data: { button: given.text, act: 'say' }, on: { click: () => this.say(given, wanted) } }, bdi(given.text));
    }))));
  }

  say(button, keyboard) {
    if (button.request_contact) this.post({ media: { kind: 'contact', user_id: this.spec.actor } });
    else if (button.request_location) this.post({ media: 'location' });
    else this.post({ text: button.text });
    if (!keyboard.one_time_keyboard) return;
    this.hidden = keyboard.id;
    this.keyboard.hidden = true;
  }

  reply(message) {
    this.relate(message, false);
  }

  edit(message) {
    this.relate(message, true);
    this.put(textOf(message));
  }

  relate(message, editing) {
    Object.assign(this, { about: message, editing });
    const quote = editing ? '' : this.quoted(message);
    this.quote = quote;
    const head = editing ? 'Edit' : quote ? `Quote from ${senderOf(message).name}` : `Reply to ${senderOf(message).name}`;
    this.context.hidden = false;
    fill(this.context, icon(editing ? 'edit' : 'reply', 18), h('span', { class: 'about-words' }, h('b', {}, bdi(head)), h('span', { dir: 'auto' }, bdi(quote || summary(message)))),
      iconButton('close', 'Never mind', 'forget', () => this.forget()));
    this.field.focus({ preventScroll: true });
  }

  /** What is selected of a message becomes a quote. */
  quoted(message) {
    const selected = getSelection()?.toString().trim() ?? '';
    return selected && textOf(message).includes(selected) ? selected : '';
  }

  forget() {
    if (this.editing) this.field.value = '';
    Object.assign(this, { about: null, editing: false, quote: '' });
    this.context.hidden = true;
    this.grow();
  }

  insert(text) {
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, 'end');
    this.field.focus();
    this.typed();
  }

  typed() {
    this.grow();
    const found = /^\/\w*$/.test(this.field.value) ? fitting(commandsFor(store.chat(this.spec.chat), this.spec.actor), this.field.value) : [];
    this.menu.hidden = !found.length;
    fill(this.menu, found.map((command, at) => h('button', { type: 'button', role: 'option', class: 'command', 'aria-selected': String(at === 0), data: { act: 'command', command: command.command },
      on: { pointerdown: (event) => event.preventDefault(), click: () => this.choose(command) } }, h('b', {}, `/${command.command}`), h('span', {}, bdi(command.description)))));
  }

  choose(command) {
    this.field.value = `/${command.command} `;
    this.typed();
    this.field.focus();
  }

  grow() {
    this.field.style.height = 'auto';
    if (this.field.value) this.field.style.height = `${Math.min(HIGHEST, this.field.scrollHeight)}px`;
    else this.field.style.removeProperty('height');
  }

  keys(event) {
    if (event.isComposing) return;
    if (event.key === 'Escape') return void (this.menu.hidden ? this.forget() : (this.menu.hidden = true));
    const choosing = !this.menu.hidden;
    if (choosing && ['ArrowDown', 'ArrowUp', 'Tab'].includes(event.key)) { event.preventDefault(); return void this.step(event.key); }
    if (event.key === 'ArrowUp' && !this.field.value) return void this.editLast(event);
    if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); this.sendField(); }
  }

  step(key) {
    const all = [...this.menu.children];
    const at = all.findIndex((one) => one.getAttribute('aria-selected') === 'true');
    if (key === 'Tab') return void all[at]?.click();
    const next = (at + (key === 'ArrowDown' ? 1 : -1) + all.length) % all.length;
    all.forEach((one, n) => one.setAttribute('aria-selected', String(n === next)));
    all[next].scrollIntoView({ block: 'nearest' });
  }

  editLast(event) {
    const timeline = store.timeline(this.spec.chat);
    const own = timeline.ids.map((id) => timeline.get(id)).findLast((message) => message.author === this.spec.actor && !message.deleted && textOf(message));
    if (own) { event.preventDefault(); this.edit(own); }
  }

  async sendField() {
    const text = this.field.value.trim();
    if (!text) return;
    const sent = this.editing
      ? this.hooks.do('edit', { message_id: this.about.message_id, user: this.spec.actor, text })
      : this.post({ text });
    this.field.focus({ preventScroll: true });
    this.put('');
    this.menu.hidden = true;
    if (!(await sent)) return void (this.field.value || this.put(text));
    this.editing = false;
    this.forget();
  }

  put(text) {
    this.field.value = text;
    this.grow();
  }

  /** Say a text at once, e.g. a command that was pressed. */
  send(text) {
    return this.post({ text });
  }

  async post(given) {
    const about = this.about && !this.editing ? { reply_to: this.about.message_id, quote: this.quote || null } : {};
    const done = await this.hooks.do('post', { user: this.spec.actor, thread: this.spec.thread || null, ...about, ...given });
    if (done) this.hooks.said();
    if (done && about.reply_to) this.forget();
    return done;
  }
}
