// A text with its entities as elements; the text itself goes in only as text.
import { h } from './dom.js';
import { followLink } from './links.js';
import { openPanel } from './panels.js';

const PLAIN = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code' };
const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote']);
const LONG_QUOTE = 220;

/** hooks: {chat, actor, command(text)} */
export function marked(text, entities = [], hooks = {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, sorted, 0, text.length, hooks);
}

function build(text, entities, from, to, hooks) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end || start >= to) continue;
    const block = BLOCKS.has(entity.type);
    if (start > at) nodes.push(block && text[start - 1] === '\n' ? text.slice(at, start - 1) : text.slice(at, start));
    const within = entities.slice(i + 1).filter((other) => other.offset < end);
    nodes.push(element(entity, text.slice(start, end), build(text, within, start, end, hooks), hooks));
    at = block && text[end] === '\n' ? end + 1 : end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function element(entity, said, inner, hooks) {
  const { type } = entity;
  const data = { entity: type };
  if (PLAIN[type]) return h(PLAIN[type], { data }, inner);
  if (type === 'pre') return h('pre', { data }, entity.language ? h('span', { class: 'language' }, entity.language) : null, h('code', {}, inner));
  if (type === 'spoiler') return spoiler(inner);
  if (type === 'blockquote' || type === 'expandable_blockquote') return quote(type, said, inner);
  if (type === 'custom_emoji') return h('span', { class: 'custom-emoji', data, title: `Custom emoji ${entity.custom_emoji_id ?? ''}` }, inner);
  if (type === 'text_mention') return press(inner, data, entity.user?.first_name, () => openPanel('member', hooks.chat, entity.user.id));
  if (type === 'bot_command') return press(inner, data, 'Send this command', () => hooks.command?.(said));
  const target = { text_link: entity.url, url: said, email: `mailto:${said}`, phone_number: `tel:${said}`, mention: said }[type];
  return press(inner, data, target ?? said, () => followLink(target ?? said, hooks));
}

function press(inner, data, title, run) {
  const go = (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return h('span', { role: 'link', tabindex: '0', class: 'text-link', data: { ...data, act: 'entity' }, title, on: { click: go, keydown: go } }, h('bdi', {}, inner));
}

function spoiler(inner) {
  const box = h('span', { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Hidden text, press to show', data: { entity: 'spoiler', act: 'spoiler' } }, h('span', {}, inner));
  const show = (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    box.classList.toggle('shown');
    if (box.classList.contains('shown')) box.removeAttribute('aria-label');
  };
  box.addEventListener('click', show);
  box.addEventListener('keydown', show);
  return box;
}

function quote(type, said, inner) {
  const folded = type === 'expandable_blockquote' && (said.length > LONG_QUOTE || said.split('\n').length > 3);
  const box = h('blockquote', { class: folded ? 'folded' : '', data: { entity: type } }, h('div', { class: 'quote-text' }, inner));
  if (folded) {
    const more = h('button', { type: 'button', class: 'text-link', data: { act: 'unfold' }, 'aria-expanded': 'false', on: { click: (event) => {
      event.stopPropagation();
      const now = box.classList.toggle('folded');
      more.textContent = now ? 'Show more' : 'Show less';
      more.setAttribute('aria-expanded', String(!now));
    } } }, 'Show more');
    box.append(more);
  }
  return box;
}
