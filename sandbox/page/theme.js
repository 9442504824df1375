// Light, dark, or as the system has it; remembered in this browser.
const KEY = 'dengta-sandbox-theme';
const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };
const watchers = new Set();

export const theme = {
  get chosen() {
    return document.documentElement.dataset.theme ?? 'auto';
  },
  watch(fn) {
    watchers.add(fn);
  },
};

export function startTheme() {
  let kept = 'auto';
  try { kept = localStorage.getItem(KEY) ?? 'auto'; } catch { /* no storage: as the system has it */ }
  choose(kept in NEXT ? kept : 'auto');
}

export function choose(name) {
  if (name === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  try { localStorage.setItem(KEY, name); } catch { /* not remembered */ }
  for (const fn of watchers) fn(name);
}

export function nextTheme() {
  choose(NEXT[theme.chosen]);
}
