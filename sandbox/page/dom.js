// Builds elements; text from people goes in only as text.
const SVG = 'http://www.w3.org/2000/svg';

/** h('button', {class, data: {act: 'x'}, on: {click}, aria-label…}, child | text | null …) */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(element, name, value);
  return put(element, ...children);
}

function set(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === 'on') {
    for (const [kind, fn] of Object.entries(value)) element.addEventListener(kind, fn);
  } else if (name === 'data') {
    for (const [key, item] of Object.entries(value)) if (item !== undefined && item !== null) element.dataset[key] = item;
  } else if (name === 'style') {
    for (const [key, item] of Object.entries(value)) element.style.setProperty(key, item);
  } else if (name === 'class') {
    element.className = value;
  } else if (name in element && typeof value !== 'string') {
    element[name] = value;
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}

export function put(element, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  return put(element, ...children);
}

/** Make these the children, moving only what is not in its place: what stays keeps its focus. */
export function arrange(parent, nodes) {
  let next = parent.firstElementChild;
  for (const node of nodes) {
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  }
  while (next) {
    const gone = next;
    next = next.nextElementSibling;
    gone.remove();
  }
}

/** An isolated piece of a person's text: its direction marks end where it ends. */
export function bdi(text, props = {}) {
  return h('bdi', props, String(text));
}

const SHAPES = {
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  left: 'M14 6l-6 6 6 6',
  right: 'M10 6l6 6-6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  chevron: 'M7 10l5 5 5-5',
  more: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  send: 'M4 12l16-8-6 16-3-6.5z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  reply: 'M10 7L4 12l6 5v-3.2c5 0 8 1.2 10 4.2-.6-5-3.8-8.6-10-8.9z',
  edit: 'M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3',
  trash: 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  link: 'M10 14a4 4 0 0 0 6 .5l2.5-2.5a4 4 0 0 0-5.7-5.7L11.5 7.6M14 10a4 4 0 0 0-6-.5L5.5 12a4 4 0 0 0 5.7 5.700l1.3-1.3',
  clip: 'M18 11l-6.5 6.500a3.8 3.8 0 0 1-5.4-5.400L13 5.200a2.5 2.5 0 0 1 3.6 3.600L9.8 15.500a1.2 1.2 0 0 1-1.7-1.700L14 8',
  smile: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM9 10v.01M15 10v.01M8.5 14c1.8 2.4 5.2 2.4 7 0',
  keyboard: 'M4 7h16v10H4zM7.5 10.500v.01M12 10.500v.01M16.5 10.500v.01M8 14h8',
  plus: 'M12 5v14M5 12h14',
  columns: 'M4 5h16v14H4zM12 5v14',
  eye: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 9.500a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.600L7 7M17 17l1.4 1.400M18.4 5.600L17 7M7 17l-1.4 1.4',
  moon: 'M19 14.500A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.500z',
  auto: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.6-4 3.5-5.5 7-5.500s6.4 1.5 7 5.5',
  people: 'M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 19c.4-3.6 2.8-5 6-5s5.6 1.4 6 5M16 5a3.2 3.2 0 0 1 0 6.200M17.5 14c2 .5 3.2 2 3.5 4.5',
  log: 'M5 6h14M5 10h9M5 14h14M5 18h9',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.500l3 2',
  bolt: 'M13 3L6 13.500h5L10 21l7.5-11h-5.300z',
  book: 'M5 5.500c3-1 5-.6 7 1 2-1.6 4-2 7-1V18c-3-1-5-.6-7 1-2-1.6-4-2-7-1zM12 6.500V19',
  bell: 'M6 16.500c1.5-1.5 1.5-3 1.5-5.500a4.5 4.5 0 0 1 9 0c0 2.5 0 4 1.5 5.500zM10.5 19.500h3',
  wave: 'M3 12c2 0 2-4 4-4s2 8 5 8 2-8 5-8 2 4 4 4',
  tools: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  file: 'M7 3.500h7l4 4V20.500H7zM14 3.500V8h4',
  play: 'M8 5.500v13l11-6.500z',
  note: 'M9 17.500V6l10-2v11.500M9 17.500a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15.500a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  pause: 'M9 6v12M15 6v12',
  place: 'M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0C5.5 15 12 21 12 21zM12 7.800a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.800z',
  poll: 'M5 20V11M12 20V4M19 20v-6',
  image: 'M4 5h16v14H4zM4 16l4.5-4.500L13 16l3-3 4 4M15.5 9v.01',
  history: 'M4.5 12a7.5 7.5 0 1 0 2.5-5.600L4.5 8.500M4.5 4.500v4h4M12 8.500V12l2.5 2',
  lock: 'M6.5 11h11v8.500h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  hash: 'M9.5 4L8 20M16 4l-1.5 16M5 9h15M4 15h15',
};

export function icon(name, size = 20) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true' })) {
    svg.setAttribute(key, value);
  }
  svg.classList.add('icon');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', SHAPES[name] ?? SHAPES.more);
  svg.append(path);
  return svg;
}

export const hasIcon = (name) => name in SHAPES;

/** A button that is only a sign; `label` is what it says to those who do not see it. */
export function iconButton(name, label, act, click, props = {}) {
  const { class: extra = '', data = {}, ...rest } = props;
  return h('button', { type: 'button', class: `icon-button ${extra}`, title: label, 'aria-label': label,
    data: { act, ...data }, on: { click }, ...rest }, icon(name));
}

/** Add a style sheet below /page/ once. */
export function useStyle(name) {
  const href = `/page/${name}`;
  if (!document.querySelector(`link[href="${href}"]`)) document.head.append(h('link', { rel: 'stylesheet', href }));
}
