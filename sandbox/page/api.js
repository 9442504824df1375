// Speaks with the sandbox: verbs by POST, looking by GET, events as one long stream.
export class Refused extends Error {}

export async function act(verb, given = {}) {
  const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
  const answer = await fetch(`/sandbox/${verb}`, { method: 'POST', body: JSON.stringify(body) });
  const said = await answer.json();
  if (!said.ok) throw new Refused(said.error);
  return said.result;
}

export { act as do };

export async function look(name, given = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(given)) if (value !== undefined && value !== null) query.set(key, value);
  const answer = await fetch(`/sandbox/${name}?${query}`);
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.error ?? answer.statusText);
  return said;
}

/** Follow the events from `after()` on, for ever; comes back by itself when the sandbox was away. */
export async function follow(after, heard, online) {
  for (;;) {
    try {
      const answer = await fetch(`/sandbox/events?after=${after()}`);
      online(true);
      await read(answer.body.pipeThrough(new TextDecoderStream()).getReader(), heard);
    } catch { /* away: said by online(false) below */ }
    online(false);
    await new Promise((done) => setTimeout(done, 1000));
  }
}

async function read(reader, heard) {
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const event = parsed(part);
      if (event) attempt(heard, event);
    }
  }
}

/** A mistake in what follows an event is said, and is no reason to lose the line. */
function attempt(heard, event) {
  try {
    heard(event);
  } catch (error) {
    reportError(error);
  }
}

function parsed(part) {
  const event = {};
  for (const line of part.split('\n')) {
    if (line.startsWith('id: ')) event.number = Number(line.slice(4));
    else if (line.startsWith('event: ')) event.kind = line.slice(7);
    else if (line.startsWith('data: ')) Object.assign(event, { ...JSON.parse(line.slice(6)), ...event });
  }
  return event.kind ? event : null;
}
