// A poll in a message: its answers, their shares, the vote of the acting member.
import { bdi, h, icon } from './dom.js';

export function pollOf(poll, message, hooks = {}) {
  const mine = new Set(message.votes?.[hooks.actor] ?? []);
  const total = poll.total_voter_count;
  const kind = `${poll.is_anonymous ? 'Anonymous' : 'Public'} ${poll.type === 'quiz' ? 'quiz' : 'poll'}`;
  return h('div', { class: `poll${poll.is_closed ? ' closed' : ''}` },
    bdi(poll.question, { class: 'card-title' }), h('small', {}, poll.is_closed ? 'Final results' : kind),
    poll.options.map((option, at) => answer(option, at, { poll, total, mine, message, hooks })),
    h('small', { class: 'votes' }, total === 1 ? '1 vote' : `${total} votes`,
      mine.size && !poll.is_closed && poll.allows_revoting !== false ? h('button', { type: 'button', class: 'text-link', data: { act: 'retract-vote' }, on: { click: (event) => { event.stopPropagation(); hooks.vote?.(message, []); } } }, 'Take back') : null));
}

function answer(option, at, { poll, total, mine, message, hooks }) {
  const share = total ? Math.round((option.voter_count / total) * 100) : 0;
  const chosen = mine.has(at);
  const right = poll.type === 'quiz' && (poll.correct_option_ids ?? [poll.correct_option_id]).includes(at) && (mine.size || poll.is_closed);
  const next = poll.allows_multiple_answers ? (chosen ? [...mine].filter((one) => one !== at) : [...mine, at]) : [at];
  return h('button', { type: 'button', class: `answer${chosen ? ' chosen' : ''}${right ? ' right' : ''}`, disabled: poll.is_closed || message.deleted, data: { act: 'vote', option: at },
    'aria-pressed': String(chosen), 'aria-label': `${option.text}, ${share} %`, style: { '--share': `${share}%` }, on: { click: (event) => { event.stopPropagation(); hooks.vote?.(message, next); } } },
  h('span', { class: 'share' }, chosen ? icon('check', 14) : `${share}%`), bdi(option.text), h('i', { class: 'bar' }));
}
