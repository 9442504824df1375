// On a phone: the story's newest line above the chat, with its two buttons; pressing it leads to all of it.
import { act, look } from './api.js';
import { bdi, fill, h, icon, iconButton } from './dom.js';
import { toast } from './overlays.js';
import { openPanel } from './panels.js';
import { store } from './store.js';

const OVER = new Set(['done', 'failed']);
let told = { state: 'none', version: 0, paused: false };
let line = '';

export function startStoryBar() {
  const words = h('span', { class: 'story-bar-words', dir: 'auto', role: 'status' });
  const hold = iconButton('pause', 'Pause', 'story-bar-hold', () => ask(told.paused ? 'story_resume' : 'story_pause'));
  const next = iconButton('right', 'Next step', 'story-bar-next', () => ask('story_next'));
  const bar = document.getElementById('story-bar');
  fill(bar, h('button', { type: 'button', class: 'story-bar-open', data: { act: 'story-bar' }, on: { click: () => openPanel('story') } }, icon('book', 18), words), hold, next);
  const draw = () => {
    bar.hidden = told.state === 'none';
    hold.hidden = next.hidden = OVER.has(told.state);
    fill(words, bdi(OVER.has(told.state) ? 'The story is over; go on by hand.' : line || told.title || 'A story is told'));
    const label = told.paused ? 'Go on' : 'Pause';
    if (hold.title === label && hold.dataset.drawn) return;
    hold.title = label;
    hold.setAttribute('aria-label', label);
    hold.dataset.drawn = 'yes';
    fill(hold, icon(told.paused ? 'play' : 'pause'));
  };
  const load = () => look('story').then((story) => { told = story; line = story.lines?.at(-1)?.text ?? ''; draw(); }, () => {});
  store.on('event', (event) => {
    if (event.kind !== 'story') return;
    const { line: heard, ...face } = event;
    if (told.state === 'none' || (face.version ?? 0) > told.version + 1) return void load();
    told = { ...told, ...face };
    line = heard?.text ?? line;
    draw();
  });
  store.on('reload', load);
  load();
}

function ask(verb) {
  act(verb).catch((error) => toast(error.message, { bad: true }));
}
