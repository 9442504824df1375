// Times as people read them, in the zone of the address or of the browser.
import { address } from './address.js';

const made = new Map();

function formatter(options) {
  const key = JSON.stringify([address.zone, options]);
  if (!made.has(key)) made.set(key, create(options));
  return made.get(key);
}

function create(options) {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: address.zone || undefined });
  } catch {
    return new Intl.DateTimeFormat('en-GB', options);
  }
}

const at = (seconds) => new Date(seconds * 1000);

export const clockTime = (seconds) => formatter({ hour: '2-digit', minute: '2-digit' }).format(at(seconds));

const QUARTER = 900;
const days = new Map();

/** The day a moment lies in; every zone's days begin at a quarter of an hour, so a quarter is asked for once. */
export function dayKey(seconds) {
  const key = `${address.zone}${Math.floor(seconds / QUARTER)}`;
  if (!days.has(key)) days.set(key, formatter({ year: 'numeric', month: '2-digit', day: '2-digit' }).format(at(seconds)));
  return days.get(key);
}

export const fullTime = (seconds) => formatter({ dateStyle: 'medium', timeStyle: 'medium' }).format(at(seconds));

const WALL = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

/** How far the page's zone is ahead of UTC at a moment, in seconds. */
function ahead(seconds) {
  const part = Object.fromEntries(formatter(WALL).formatToParts(at(seconds)).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) / 1000 - Math.floor(seconds);
}

/** The moment at which clocks in the page's zone show this, e.g. 2025-03-03T06:00; NaN for what is no time. */
export function momentOf(wall) {
  const utc = Date.parse(`${wall}Z`) / 1000;
  return Number.isFinite(utc) ? utc - ahead(utc - ahead(utc)) : NaN;
}

export function dayName(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return 'Today';
  if (dayKey(seconds) === dayKey(now - 86_400)) return 'Yesterday';
  const far = Math.abs(now - seconds) > 300 * 86_400;
  return formatter({ weekday: 'short', day: 'numeric', month: 'long', ...(far ? { year: 'numeric' } : {}) }).format(at(seconds));
}

/** The time today, the day before that. */
export function shortTime(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return clockTime(seconds);
  if (now - seconds < 6 * 86_400) return formatter({ weekday: 'short' }).format(at(seconds));
  return formatter({ day: '2-digit', month: '2-digit' }).format(at(seconds));
}

/** Until when something holds: the time, with the day when it is another one. */
export function untilTime(seconds, now) {
  const time = clockTime(seconds);
  return dayKey(seconds) === dayKey(now) ? time : `${formatter({ day: 'numeric', month: 'short' }).format(at(seconds))}, ${time}`;
}

export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
