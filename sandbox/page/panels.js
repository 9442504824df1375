// Tools beside the chats: each registers itself, one is open at a time.
import { address, change } from './address.js';
import { fill, h, hasIcon, icon, iconButton } from './dom.js';

const panels = new Map();
let context = {};
let open = { id: '', params: '', close: null };

/** {id, title, icon, order, render(element, params, context) → optional function called on closing} */
export function registerPanel(panel) {
  panels.set(panel.id, { order: 50, icon: 'tools', ...panel });
  if (document.getElementById('rail')?.dataset.ready) draw();
}

export function openPanel(id, ...params) {
  change({ panel: id, params: params.map(String), at: 'panel' }, { step: true });
}

export function closePanel() {
  change({ panel: '', params: [], at: address.columns.length ? 'column' : 'list' }, { step: true });
}

export function panelList() {
  return [...panels.values()].sort((a, b) => a.order - b.order);
}

export function sign(panel, size) {
  return hasIcon(panel.icon) ? icon(panel.icon, size) : h('span', { class: 'text-icon', 'aria-hidden': 'true' }, panel.icon);
}

export function startPanels(given) {
  context = given;
  document.getElementById('rail').dataset.ready = 'yes';
  address.watch(draw);
  draw();
}

function draw() {
  drawRail();
  const element = document.getElementById('panel');
  const panel = panels.get(address.panel);
  const params = JSON.stringify(address.params);
  if (open.id === (panel?.id ?? '') && open.params === params && !(panel && element.hidden)) return;
  open.close?.();
  open = { id: panel?.id ?? '', params, close: null };
  element.hidden = !panel;
  if (!panel) return void element.replaceChildren();
  element.dataset.panel = panel.id;
  const body = h('div', { class: 'panel-body', tabindex: '-1' });
  fill(element, h('header', { class: 'panel-head' },
    iconButton('back', 'Back', 'panel-back', () => history.back(), { class: 'only-phone' }),
    h('h2', {}, panel.title),
    iconButton('close', `Close ${panel.title}`, 'panel-close', closePanel, { class: 'not-phone' })), body);
  open.close = panel.render(body, address.params, context) ?? null;
}

/** Made once, so that a pressed button keeps its focus. */
function drawRail() {
  const rail = document.getElementById('rail');
  if (rail.children.length !== panels.size) fill(rail, railButtons());
  for (const one of rail.children) one.setAttribute('aria-pressed', String(one.dataset.opens === address.panel));
}

function railButtons() {
  return panelList().map((panel) => h('button', {
    type: 'button', class: 'rail-button', title: panel.title,
    data: { act: `open-panel-${panel.id}`, opens: panel.id },
    on: { click: () => (panel.id === address.panel && address.at !== 'list' ? closePanel() : openPanel(panel.id)) },
  }, sign(panel, 22), h('span', {}, panel.title)));
}
