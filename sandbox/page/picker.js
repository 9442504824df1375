// Choosing one person out of many: a menu with a field to search in.
import { bdi, fill, h } from './dom.js';
import { closeMenu, openMenu } from './overlays.js';
import { avatar, nameOf } from './people.js';

const SHOWN = 60;

/** Resolves with the chosen user, or null. `note(user)` says something beside a name. */
export function pickPerson(anchor, people, { title = 'Choose a person', note = () => '', chosen = 0 } = {}) {
  return new Promise((resolve) => {
    const rows = h('div', { class: 'picker-rows' });
    const find = h('input', { type: 'search', class: 'field', placeholder: title, 'aria-label': title, data: { act: 'search-person' },
      on: { input: () => draw(), keydown: (event) => { if (event.key === 'Enter') rows.querySelector('button')?.click(); } } });
    const draw = () => {
      const wanted = find.value.trim().toLowerCase();
      const found = people.filter((user) => !wanted || `${nameOf(user)} ${user.username ?? ''} ${user.id}`.toLowerCase().includes(wanted));
      fill(rows, found.slice(0, SHOWN).map((user) => person(user, note(user), user.id === chosen, () => { closeMenu(); resolve(user); })),
        found.length > SHOWN ? h('p', { class: 'nothing small' }, `${found.length - SHOWN} more: type a part of the name`) : null,
        found.length ? null : h('p', { class: 'nothing small' }, 'Nobody is called that.'));
    };
    draw();
    openMenu(anchor, [find, rows], { label: title, wide: true });
  });
}

function person(user, note, chosen, run) {
  return h('button', { type: 'button', role: 'menuitem', class: `menu-item person${chosen ? ' chosen' : ''}`, data: { act: 'pick-person', member: user.id }, on: { click: run } },
    avatar(user.id, nameOf(user), { size: 's' }), h('span', { class: 'menu-text' }, bdi(nameOf(user))), note ? h('span', { class: 'menu-hint' }, note) : null);
}
