// What is looked at, kept in the address: a reload or a copied address shows the same.
const VIEWS = new Set(['all', 'as']);
const watchers = new Set();
let serial = 0;

export const address = {
  columns: [],
  focus: 0,
  at: 'list',
  panel: '',
  params: [],
  message: null,
  zone: '',
  watch(fn) {
    watchers.add(fn);
    return () => watchers.delete(fn);
  },
};

export function column(chat, { thread = 0, actor = 0, view = 'all' } = {}) {
  serial += 1;
  return { key: `c${serial}`, chat: Number(chat), thread: Number(thread) || 0, actor: Number(actor) || 0,
    view: VIEWS.has(view) ? view : 'all' };
}

/** Change what is looked at; `step` makes a step the browser can go back from. */
export function change(fields, { step = false } = {}) {
  Object.assign(address, fields);
  address.focus = within(address.focus);
  const written = write();
  if (written !== location.hash) history[step ? 'pushState' : 'replaceState'](null, '', written || '#');
  for (const fn of [...watchers]) fn();
}

const within = (focus) => Math.max(0, Math.min(Math.trunc(focus), address.columns.length - 1));

/** A chat that is named is what one wants to see first. */
const usual = () => (address.columns.length ? 'column' : 'list');

function write() {
  const shown = address.columns.map((c) => [c.thread ? `${c.chat}/${c.thread}` : c.chat, c.actor, c.view].join(':'));
  const parts = {
    columns: shown.join(','),
    focus: address.focus || '',
    at: address.at === usual() ? '' : address.at,
    panel: [address.panel, ...address.params].filter((one) => one !== '').map(encodeURIComponent).join(':'),
    message: address.message ? `${address.message.chat}:${address.message.id}` : '',
    zone: address.zone,
  };
  const filled = Object.entries(parts).filter(([, value]) => value !== '');
  return filled.length ? `#${filled.map(([key, value]) => `${key}=${value}`).join('&')}` : '';
}

function read() {
  const parts = Object.fromEntries(location.hash.slice(1).split('&').filter(Boolean).map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
  }));
  const [panel = '', ...params] = (parts.panel ?? '').split(':').map(decoded);
  const [chat, id] = (parts.message ?? '').split(':').map(Number);
  address.columns = columnsOf(parts.columns ?? '');
  Object.assign(address, { panel, params, focus: within(Number(parts.focus) || 0), zone: decoded(parts.zone ?? '') });
  address.at = parts.at === 'panel' || (parts.at === 'list' && address.columns.length) ? parts.at : usual();
  address.message = chat && id ? { chat, id } : null;
}

/** Columns that stay the same keep their key, and with it what they show. */
function columnsOf(text) {
  const old = [...address.columns];
  return text.split(',').filter(Boolean).map((part) => {
    const [place, actor, view] = part.split(':');
    const [chat, thread] = place.split('/').map(Number);
    const found = old.findIndex((c) => c.chat === chat && c.thread === (thread || 0));
    const made = column(chat, { thread, actor, view });
    return found < 0 ? made : { ...made, key: old.splice(found, 1)[0].key };
  }).filter((c) => c.chat);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function openAddress() {
  read();
  window.addEventListener('popstate', () => {
    read();
    for (const fn of [...watchers]) fn();
  });
}
