// What can be sent besides text: every kind of media, an album, a forward, a poll, a deep link.
import { h, icon } from './dom.js';
import { startBot } from './links.js';
import { closeMenu, dialog, openMenu } from './overlays.js';
import { plainName } from './people.js';
import { store } from './store.js';

const KINDS = [['image', 'Photo', 'photo'], ['play', 'Video', 'video'], ['wave', 'GIF', 'animation'], ['file', 'File', 'document'], ['bell', 'Voice message', 'voice'], ['clock', 'Video message', 'video_note'], ['note', 'Music', 'audio'],
  ['smile', 'Sticker', 'sticker'], ['bolt', 'Dice', 'dice'], ['person', 'Contact', 'contact'], ['place', 'Location', 'location'], ['place', 'Venue', 'venue']];

export function attachMenu(anchor, composer) {
  const caption = () => { const text = composer.field.value.trim(); composer.field.value = ''; composer.grow(); return text ? { text } : {}; };
  const user = composer.spec.actor;
  openMenu(anchor, [
    h('div', { class: 'kinds' }, KINDS.map(([sign, text, kind]) => kindButton(sign, text, kind, () => composer.post({ ...caption(), media: kind })))),
    h('hr'),
    { icon: 'image', text: 'Album of three photos', act: 'attach-album', run: () => composer.post({ ...caption(), media: 'photo', media_group: true, count: 3 }) },
    { icon: 'eye', text: 'Photo behind a spoiler', act: 'attach-spoiler', run: () => composer.post({ ...caption(), media: 'photo', spoiler: true }) },
    { icon: 'file', text: 'A file from here …', act: 'attach-file', run: () => ownFile(composer, caption) },
    { icon: 'poll', text: 'Poll …', act: 'attach-poll', run: () => poll(composer) },
    { icon: 'right', text: 'The text as a forward', act: 'attach-forward', run: () => forward(composer) },
    composer.spec.private ? { icon: 'link', text: 'Start with a deep link …', act: 'deep-link', run: () => deepLink(user) } : { icon: 'person', text: `Private chat of ${plainName(store.user(user))}`, act: 'go-private', run: () => startBot(user, '', false) },
  ].filter(Boolean), { label: 'Attach' });
}

function kindButton(sign, text, kind, run) {
  const made = h('button', { type: 'button', role: 'menuitem', class: 'kind', data: { act: 'attach', kind } }, h('span', { class: 'kind-sign' }, icon(sign, 20)), h('span', {}, text));
  made.addEventListener('click', () => { closeMenu(); run(); });
  return made;
}

// A real file with its bytes, which the bot can download.
function ownFile(composer, caption) {
  const picker = h('input', { type: 'file', hidden: true, data: { act: 'own-file' } });
  picker.addEventListener('change', async () => {
    const [file] = picker.files;
    picker.remove();
    if (!file) return;
    const bytes = btoa(Array.from(new Uint8Array(await file.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''));
    composer.post({ ...caption(), media: { kind: 'document', file_name: file.name, mime_type: file.type || 'application/octet-stream', bytes } });
  });
  document.body.append(picker);
  picker.click();
}

function input(label, value, act, props = {}) {
  const field = h('input', { class: 'field', value, 'aria-label': label, placeholder: label, data: { act }, ...props });
  return field;
}

async function poll(composer) {
  const question = input('Question', composer.field.value.trim(), 'poll-question');
  const options = h('textarea', { class: 'field', rows: '4', placeholder: 'One answer a line', 'aria-label': 'Answers', data: { act: 'poll-options' } });
  const open = h('input', { type: 'checkbox', id: 'poll-open', data: { act: 'poll-public' } });
  const many = h('input', { type: 'checkbox', id: 'poll-many', data: { act: 'poll-multiple' } });
  const sure = await dialog({ title: 'Poll', data: { dialog: 'poll' }, body: [question, options, h('label', {}, open, ' Names are shown'), h('label', {}, many, ' Several answers')], buttons: [['Cancel', false], ['Send', true]] });
  const answers = options.value.split('\n').map((line) => line.trim()).filter(Boolean);
  if (!sure) return;
  composer.field.value = '';
  composer.post({ media: { kind: 'poll', question: question.value || '?', ...(answers.length > 1 ? { options: answers } : {}), is_anonymous: !open.checked, allows_multiple_answers: many.checked } });
}

async function forward(composer) {
  const from = input('From whom (a name hides the account)', 'Somebody', 'forward-name');
  const text = input('Text', composer.field.value.trim(), 'forward-text');
  const sure = await dialog({ title: 'A forwarded message', data: { dialog: 'forward' }, body: [from, text], buttons: [['Cancel', false], ['Send', true]] });
  if (!sure || !text.value.trim()) return;
  composer.field.value = '';
  composer.post({ text: text.value, forward_from: { hidden: from.value || 'Somebody' } });
}

async function deepLink(user) {
  const payload = input('What stands after ?start=', '', 'payload', { maxlength: '64', pattern: '[A-Za-z0-9_\\-]*' });
  const sure = await dialog({ title: `t.me/${store.bot.username}?start=…`, data: { dialog: 'deep-link' }, body: [payload], buttons: [['Cancel', false], ['Start', true]] });
  if (sure) startBot(user, payload.value.trim());
}
