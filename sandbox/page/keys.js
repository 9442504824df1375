// Keys for the whole page: Ctrl K searches, Alt 1…9 goes to a column, Escape leaves the tools.
import { address, change } from './address.js';
import { closePanel } from './panels.js';

export function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('.menu, dialog[open]')) return;
    const number = /^Digit([1-9])$/.exec(event.code)?.[1];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') search(event);
    else if (event.altKey && number && address.columns[number - 1]) goTo(event, number - 1);
    else if (event.key === 'Escape' && document.activeElement?.closest('#panel')) leavePanel();
  });
}

function leavePanel() {
  const { panel } = address;
  closePanel();
  document.querySelector(`[data-opens="${CSS.escape(panel)}"]`)?.focus();
}

function search(event) {
  event.preventDefault();
  change({ at: 'list', ...(document.getElementById('app').dataset.list === 'narrow' ? { panel: '', params: [] } : {}) });
  document.querySelector('[data-act="search-chats"]')?.focus();
}

function goTo(event, at) {
  event.preventDefault();
  change({ focus: at, at: 'column' });
  document.querySelector(`[data-column="${at}"] [data-act="compose"]`)?.focus();
}
