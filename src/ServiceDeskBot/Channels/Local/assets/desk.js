// What the console knows, and how it talks with the host. Everything shown comes from `posts`;
// what the person just did is put there at once and is confirmed, or marked as failed, when the host has answered.

export const desk = {
  name: 'Service desk',
  people: [],
  channels: [],
  posts: new Map(),
};

const listeners = new Set();
const loadedChats = new Set();
let cursor = 0;
let stream = null;
let notify = null;
let unconfirmed = Number.MAX_SAFE_INTEGER / 2;

/** Calls the listener, once per frame at most, after anything changed. */
export function onChange(listener) {
  listeners.add(listener);
}

function changed() {
  notify ??= requestAnimationFrame(() => {
    notify = null;
    listeners.forEach((listener) => listener());
  });
}

export const chatOf = (account) => `dm:${account}`;

export function person(account) {
  return desk.people.find((one) => one.account === account) ?? { account, name: account, roles: [], department: '', known: false };
}

/** Adds somebody the desk has not met; returns the account. */
export function welcome(name) {
  const known = desk.people.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (known) {
    return known.account;
  }

  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 32);
  const account = plain && !desk.people.some((one) => one.account === plain) ? plain : `${plain || 'guest'}-${crypto.randomUUID().slice(0, 4)}`;
  desk.people.push({ account, name, roles: [], department: '', known: false });
  changed();
  return account;
}

/** Fetches people, channels and the given people's chats; what is known already is kept. */
export async function load(accounts) {
  const missing = accounts.filter((account) => !loadedChats.has(account));
  if (missing.length === 0 && desk.people.length > 0) {
    return;
  }

  const response = await fetch(`/local/state?${missing.map((account) => `chat=${encodeURIComponent(account)}`).join('&')}`);
  if (!response.ok) {
    throw new Error(`state: ${response.status}`);
  }

  const state = await response.json();
  const invented = desk.people.filter((one) => !state.people.some((other) => other.account === one.account));
  desk.name = state.desk;
  desk.people = [...state.people, ...invented];
  desk.channels = state.channels;
  missing.forEach((account) => loadedChats.add(account));
  state.posts.forEach(take);
  cursor ||= state.cursor;
  changed();
}

function take(post) {
  const known = desk.posts.get(post.id);
  if (!known || known.pending || known.changed <= post.changed) {
    desk.posts.set(post.id, post);
  }
}

/** Follows every change from here on; tells `line` how the connection is. */
export function follow(line) {
  stream = new EventSource(`/local/events?after=${cursor}`);
  stream.addEventListener('post', (event) => {
    const post = JSON.parse(event.data);
    cursor = post.changed;
    take(post);
    changed();
  });
  stream.addEventListener('open', async () => {
    line('live');
    if (await startedOver()) {
      location.reload();
    }
  });
  stream.addEventListener('error', () => {
    line('lost');
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(line), 2000);
    }
  });
}

/** True when the host came back with other data than this page shows. */
async function startedOver() {
  try {
    const response = await fetch('/local/state');
    return response.ok && (await response.json()).cursor < cursor;
  } catch {
    return false;
  }
}

/** A refusal in the host's words, or none when the host was not reached. */
export class Fault extends Error {}

const patience = [400, 1200, 3000];

/** Browsers let at most 64 KiB outlive the page. */
const OUTLIVES = 32 * 1024;

/** Posts one action. The body carries its own id, so sending it again after a broken line is the same delivery. */
async function deliver(kind, body) {
  const sent = new Blob([JSON.stringify({ ...body, name: person(body.as).name })], { type: 'application/json' });
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await fetch(`/local/${kind}`, { method: 'POST', body: sent, keepalive: sent.size <= OUTLIVES });
      if (response.ok) {
        return await response.json();
      }

      if (response.status !== 503 || attempt >= patience.length) {
        const told = await response.json().catch(() => ({}));
        throw new Fault(told.error ?? 'The desk could not take this.');
      }
    } catch (error) {
      if (error instanceof Fault) {
        throw error;
      }

      if (attempt >= patience.length) {
        throw new Fault('The desk is not reachable right now.');
      }
    }

    await new Promise((resolve) => { setTimeout(resolve, patience[attempt]); });
  }
}

/** Shows the words at once and sends them. Resolves with the desk's answer, or null when it was not delivered. */
export async function say({ as, conversation, thread = null, text, repliesTo = null, attachments = [] }) {
  const id = crypto.randomUUID();
  unconfirmed += 1;
  desk.posts.set(id, {
    id, conversation, thread, author: as, name: person(as).name, text, html: null, repliesTo, attachments,
    at: new Date().toISOString(), editedAt: null, isDeleted: false, created: unconfirmed, changed: 0, pending: true,
  });
  changed();
  return resend(id);
}

/** Sends a post that did not get through once more, under its old id. */
export async function resend(id) {
  const post = desk.posts.get(id);
  desk.posts.set(id, { ...post, failed: null });
  changed();
  try {
    const { conversation, thread, text, repliesTo, attachments } = post;
    const reply = await deliver('said', { id, as: post.author, conversation, thread, text, repliesTo, attachments });
    const now = desk.posts.get(id);
    if (now.pending) {
      desk.posts.set(id, { ...now, delivered: true });
      changed();
    }

    return reply;
  } catch (error) {
    desk.posts.set(id, { ...desk.posts.get(id), failed: error.message });
    changed();
    return null;
  }
}

export function discard(id) {
  desk.posts.delete(id);
  changed();
}

export const press = (body) => deliver('pressed', body);

export const arrive = (account) => deliver('arrived', { id: crypto.randomUUID(), as: account });

export async function edit(post, text) {
  desk.posts.set(post.id, { ...post, text, editedAt: new Date().toISOString() });
  changed();
  return deliver('edited', { id: crypto.randomUUID(), as: post.author, postId: post.id, text });
}

export async function remove(post) {
  desk.posts.set(post.id, { ...post, text: '', attachments: [], isDeleted: true });
  changed();
  return deliver('deleted', { id: crypto.randomUUID(), as: post.author, postId: post.id });
}

/** Something only one person sees, until the page is left. */
export function whisper({ viewer, conversation, thread, html }) {
  const id = `w-${crypto.randomUUID()}`;
  const last = Math.max(0, ...[...desk.posts.values()].filter((post) => !post.pending).map((post) => post.created));
  desk.posts.set(id, {
    id, conversation, thread, author: null, name: desk.name, text: null, html, repliesTo: null, attachments: [],
    at: new Date().toISOString(), editedAt: null, isDeleted: false, created: last + 0.5, changed: 0, viewer,
  });
  changed();
}

/** The card behind a whisper, or an answer that came before its change did. */
export function show(id, html) {
  const post = desk.posts.get(id);
  if (post) {
    desk.posts.set(id, { ...post, html });
    changed();
  }
}

// Read marks, per reader and conversation, kept in this browser.
const READ = 'desk.read';
const marks = storedMarks();

function storedMarks() {
  try {
    return JSON.parse(localStorage.getItem(READ)) ?? {};
  } catch {
    return {};
  }
}

/** What was read in another tab is read here too. */
addEventListener('storage', (event) => {
  if (event.key === READ) {
    Object.entries(storedMarks()).forEach(([place, mark]) => { marks[place] = Math.max(mark, marks[place] ?? 0); });
    changed();
  }
});

export const readUpTo = (viewer, conversation) => marks[`${viewer}|${conversation}`] ?? 0;

export function markRead(viewer, conversation) {
  const newest = Math.max(0, ...visible(viewer, conversation).filter((post) => !post.pending && !post.viewer).map((post) => post.created));
  if (newest > readUpTo(viewer, conversation)) {
    marks[`${viewer}|${conversation}`] = newest;
    localStorage.setItem(READ, JSON.stringify({ ...storedMarks(), ...marks }));
    changed();
  }
}

export function unread(viewer, conversation) {
  const mark = readUpTo(viewer, conversation);
  return visible(viewer, conversation).filter((post) => post.created > mark && post.author !== viewer && !post.viewer && !post.pending && !post.isDeleted).length;
}

/** Posts of a conversation for one reader, in order. */
export function visible(viewer, conversation) {
  return [...desk.posts.values()]
    .filter((post) => post.conversation === conversation && (!post.viewer || post.viewer === viewer))
    .sort((a, b) => a.created - b.created);
}
