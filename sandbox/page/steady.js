// Nothing is redrawn under a finger: what would replace a control waits until the control is let go.
const LONGEST = 3000;
let held = false;
let timer = 0;
const waiting = new Set();

function release() {
  held = false;
  clearTimeout(timer);
  const due = [...waiting];
  waiting.clear();
  setTimeout(() => { for (const fn of due) fn(); }, 0);
}

document.addEventListener('pointerdown', (event) => {
  if (!event.target.closest?.('button, [role="link"], [role="button"]')) return;
  held = true;
  clearTimeout(timer);
  timer = setTimeout(release, LONGEST);
}, { capture: true, passive: true });
for (const kind of ['pointerup', 'pointercancel']) document.addEventListener(kind, release, { capture: true, passive: true });

/** A function that asks for one drawing in the next frame, however often it is called. */
export function oncePerFrame(draw) {
  let frame = 0;
  const ask = () => {
    if (held) return void waiting.add(ask);
    frame ||= requestAnimationFrame(() => { frame = 0; if (held) waiting.add(ask); else draw(); });
    return undefined;
  };
  return ask;
}
