// How the panels call things: rights, standings, spans of time.
export const RIGHTS = {
  can_manage_chat: 'manage the chat', can_delete_messages: 'delete messages', can_restrict_members: 'restrict and ban',
  can_invite_users: 'invite', can_pin_messages: 'pin', can_promote_members: 'appoint administrators',
  can_change_info: 'change title and photo', can_manage_topics: 'manage topics', can_manage_tags: 'manage tags',
  can_manage_video_chats: 'manage video chats', can_post_messages: 'post in the channel', can_edit_messages: 'edit posts',
  can_manage_direct_messages: 'direct messages', can_post_stories: 'post stories', can_edit_stories: 'edit stories',
  can_delete_stories: 'delete stories',
};

export const PERMISSIONS = {
  can_send_messages: 'write', can_send_photos: 'photos', can_send_videos: 'videos', can_send_audios: 'music',
  can_send_documents: 'files', can_send_voice_notes: 'voice messages', can_send_video_notes: 'video messages',
  can_send_polls: 'polls', can_send_other_messages: 'stickers and GIFs', can_add_web_page_previews: 'link previews',
  can_react_to_messages: 'react', can_invite_users: 'invite', can_pin_messages: 'pin',
  can_change_info: 'change title and photo', can_edit_tag: 'own tag', can_manage_topics: 'make topics',
};

const ONLY_IN = { can_manage_topics: 'forum', can_pin_messages: 'group', can_manage_tags: 'group' };
const CHANNEL = new Set(['can_post_messages', 'can_edit_messages', 'can_manage_direct_messages']);

export const STATUS = {
  creator: 'owner', administrator: 'administrator', member: 'member', restricted: 'restricted', kicked: 'banned', left: 'not in the chat',
};

export const KINDS = { private: 'private chat', group: 'basic group', supergroup: 'supergroup', channel: 'channel' };

/** The rights an administrator of such a chat can have. */
export function rightsOf(chat) {
  return Object.keys(RIGHTS).filter((name) => {
    if (chat.type === 'channel') return !(name in ONLY_IN);
    return !CHANNEL.has(name) && (ONLY_IN[name] !== 'forum' || chat.is_forum);
  });
}

const UNITS = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];

/** 93784 → "1 d 2 h 3 min": the two biggest units, seconds only below an hour. */
export function span(seconds) {
  let left = Math.max(0, Math.round(seconds));
  const said = [];
  for (const [size, unit] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count && (unit !== 's' || said.length < 2)) said.push(`${count} ${unit}`);
  }
  return said.slice(0, 3).join(' ') || '0 s';
}

/** Choices for how long something lasts; 0 is for ever. */
export const SPANS = [[0, 'for ever'], [60, '1 minute'], [600, '10 minutes'], [3600, '1 hour'], [86400, '1 day'], [604800, '7 days']];
