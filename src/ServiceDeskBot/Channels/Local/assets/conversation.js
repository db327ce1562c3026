// One conversation on the page: messages with days between them, threads in channels, a line for "is typing", and where one writes.

import { announce, arrange, h, icon, notice } from './dom.js';
import { composer } from './composer.js';
import { desk, edit, markRead, onChange, person, readUpTo, remove, say, visible } from './desk.js';
import { answerTo } from './cards.js';
import { openMenu } from './menu.js';
import { postElement } from './post.js';

const TOGETHER = 5 * 60 * 1000;
const FOLDED_FROM = 8;
const STILL_SHOWN = 3;
const dayName = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/**
 * @param talk the element to live in
 * @param threads whether posts carry threads
 * @param empty gives what to show while nothing was said: { title, text, suggestions }
 * @param isShown whether somebody can see it right now
 */
export function conversation({ talk, threads, empty, isShown }) {
  let viewer = '';
  let where = '';
  let name = '';
  let newFrom = 0;
  let waitingSince = 0;
  let sticky = true;

  const elements = new Map();
  const topics = new Map();
  const days = new Map();
  const list = h('div', { class: 'posts' });
  const blank = h('div', { class: 'blank' });
  const feed = h('div', { class: 'feed', role: 'log', tabindex: 0, 'aria-relevant': 'additions' }, list, blank);
  const latest = h('button', { type: 'button', class: 'latest', hidden: true, onclick: () => { toEnd(); writing.field.focus(); } }, icon('down'), 'Newer messages');
  const typing = h('p', { class: 'typing', 'aria-live': 'polite' });
  const newLine = h('p', { class: 'new-line' }, h('span', {}, 'New'));
  const writing = composer({ label: 'Message', placeholder: '', onSay: (what) => tell(null, what), onEdit: change, lastOwn: () => lastOwn(null) });
  talk.append(h('div', { class: 'feed-frame' }, feed, latest), typing, writing.element);

  const actions = { menu, goTo };

  feed.addEventListener('scroll', () => {
    sticky = feed.scrollHeight - feed.scrollTop - feed.clientHeight < 48;
    latest.hidden = sticky;
  }, { passive: true });
  new ResizeObserver(() => { if (sticky) { toEnd(); } }).observe(list);
  new ResizeObserver(() => { if (sticky) { toEnd(); } }).observe(feed);
  onChange(draw);

  /** To the end; but a message taller than the view is read from its beginning. */
  function toEnd() {
    const last = list.lastElementChild;
    const isTall = !threads && blank.hidden && last?.offsetHeight > feed.clientHeight;
    feed.scrollTop = isTall ? last.offsetTop - 8 : feed.scrollHeight;
    sticky = true;
    latest.hidden = true;
  }

  /** Shows a conversation to a person. */
  function open(as, conversationId, title, placeholder) {
    if (as === viewer && conversationId === where) {
      return;
    }

    viewer = as;
    where = conversationId;
    name = title;
    newFrom = readUpTo(viewer, where);
    waitingSince = 0;
    [elements, topics, days].forEach((map) => map.clear());
    feed.setAttribute('aria-label', `Messages, ${name}`);
    feed.setAttribute('aria-live', 'off');
    writing.field.setAttribute('aria-label', placeholder);
    writing.turnTo(`${viewer}|${where}`, placeholder);
    draw();
    toEnd();
    requestAnimationFrame(() => { toEnd(); feed.setAttribute('aria-live', 'polite'); });
  }

  function draw() {
    if (!viewer) {
      return;
    }

    const posts = visible(viewer, where);
    const rows = [];
    let day = '';
    let before = null;
    let marked = false;
    for (const post of posts.filter((one) => !threads || !one.thread || !desk.posts.has(one.thread))) {
      const today = new Date(post.at).toDateString();
      if (today !== day) {
        rows.push(dayLine(today));
        before = null;
      }

      day = today;
      if (!marked && newFrom > 0 && post.created > newFrom && !post.pending && post.author !== viewer && !post.viewer) {
        marked = true;
        before = null;
        rows.push(newLine);
      }

      const element = draft(post, before);
      rows.push(threads ? topic(post, element, posts.filter((one) => one.thread === post.id)) : element);
      before = post;
    }

    drawBlank(posts);

    arrange(list, rows);
    forgetOthers(posts);
    drawTyping(posts);
    if (isShown()) {
      markRead(viewer, where);
    }
  }

  function draft(post, before) {
    const existing = elements.get(post.id);
    const element = postElement(existing, post, viewer, actions);
    if (!existing) {
      elements.set(post.id, element);
      element.classList.toggle('arriving', feed.getAttribute('aria-live') === 'polite');
      element.context = () => ({ viewer, conversation: where, thread: threads ? post.thread ?? post.id : null, element });
    }

    element.classList.toggle('follows', before !== null && before.author === post.author && !before.viewer && !post.viewer && post.author !== null && new Date(post.at) - new Date(before.at) < TOGETHER);
    return element;
  }

  function topic(post, element, replies) {
    let one = topics.get(post.id);
    if (!one) {
      const thread = h('div', { class: 'replies', role: 'group', 'aria-label': 'Replies' });
      const folded = h('button', { type: 'button', class: 'link earlier', onclick: () => { one.isOpen = true; draw(); } });
      const opener = h('button', { type: 'button', class: 'reply-opener', onclick: () => { one.writes = true; draw(); one.writing.field.focus(); } }, 'Reply');
      one = { thread, folded, opener, isOpen: false, writes: false, writing: null };
      one.element = h('div', { class: 'topic' }, element, h('div', { class: 'thread' }, folded, thread, opener));
      topics.set(post.id, one);
    }

    const hidden = one.isOpen || replies.length < FOLDED_FROM ? 0 : replies.length - STILL_SHOWN;
    one.folded.hidden = hidden === 0;
    one.folded.textContent = `Show ${hidden} earlier replies`;
    let before = null;
    arrange(one.thread, replies.slice(hidden).map((reply) => {
      const row = draft(reply, before);
      before = reply;
      return row;
    }));
    one.element.classList.toggle('quiet', post.isDeleted && replies.length === 0);
    drawThreadComposer(one, post);
    return one.element;
  }

  function drawThreadComposer(one, post) {
    one.opener.hidden = one.writes || Boolean(post.pending) || Boolean(post.viewer);
    if (one.writes && !one.writing) {
      one.writing = composer({ label: `Reply in the thread of ${post.name}`, placeholder: 'Reply…', onSay: (what) => tell(post.id, what), onEdit: change, lastOwn: () => lastOwn(post.id) });
      one.writing.turnTo(`${viewer}|${where}|${post.id}`, 'Reply…');
      one.writing.element.addEventListener('focusout', (event) => {
        if (one.writing.isIdle() && event.relatedTarget && !one.element.contains(event.relatedTarget)) {
          one.writes = false;
          draw();
        }
      });
      one.writing.element.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && one.writing.isIdle()) {
          one.writes = false;
          draw();
          one.opener.focus();
        }
      });
      one.opener.after(one.writing.element);
    }

    if (one.writing) {
      one.writing.element.hidden = !one.writes;
    }
  }

  function dayLine(day) {
    if (!days.has(day)) {
      const today = new Date().toDateString();
      days.set(day, h('p', { class: 'day' }, h('span', {}, day === today ? 'Today' : dayName.format(new Date(day)))));
    }

    return days.get(day);
  }

  /** What one could say stays until something was said. */
  function drawBlank(posts) {
    const { title, text, suggestions = [] } = empty(name);
    blank.hidden = posts.length > 0 && (suggestions.length === 0 || posts.some((post) => post.author === viewer));
    if (blank.hidden || blank.dataset.for === where) {
      return;
    }

    blank.dataset.for = where;
    blank.replaceChildren(...[title && h('h3', {}, title), h('p', {}, text)].filter(Boolean));
    if (suggestions.length > 0) {
      blank.append(h('ul', { class: 'suggestions' }, suggestions.map((words) => h('li', {}, h('button', { type: 'button', onclick: () => writing.suggest(words) }, words)))));
    }
  }

  function forgetOthers(posts) {
    const still = new Set(posts.map((post) => post.id));
    for (const map of [elements, topics]) {
      [...map.keys()].filter((id) => !still.has(id)).forEach((id) => map.delete(id));
    }
  }

  function drawTyping(posts) {
    const answered = posts.some((post) => post.author === null && new Date(post.at) > waitingSince);
    if (answered || Date.now() - waitingSince > 8000) {
      waitingSince = 0;
    }

    const words = waitingSince ? `${desk.name} is typing…` : '';
    if (typing.textContent !== words) {
      typing.textContent = words;
    }
  }

  async function tell(thread, { text, repliesTo, attachments }) {
    if (!threads) {
      waitingSince = Date.now();
      setTimeout(draw, 8100);
    }

    newFrom = Number.MAX_SAFE_INTEGER;
    sticky = thread === null || sticky;
    const spot = { viewer, conversation: where, thread };
    const reply = await say({ as: viewer, conversation: where, thread, text, repliesTo, attachments });
    if (reply === null) {
      waitingSince = 0;
      announce('The message was not delivered.');
    } else {
      answerTo(reply, { ...spot, element: null });
    }
  }

  async function change(post, text) {
    await attempt(edit(post, text), post);
  }

  async function attempt(delivery, post) {
    const spot = { viewer, conversation: post.conversation, thread: post.thread, element: null };
    try {
      answerTo(await delivery, spot);
    } catch (error) {
      desk.posts.set(post.id, post);
      draw();
      notice(error.message);
    }
  }

  const lastOwn = (thread) => visible(viewer, where).filter((post) => post.author === viewer && post.thread === thread && post.text && !post.pending && !post.isDeleted).at(-1);

  function menu(post, button) {
    const home = post.thread ?? (threads ? post.id : null);
    const writer = () => {
      if (home === null) {
        return writing;
      }

      const one = topics.get(home);
      one.writes = true;
      draw();
      return one.writing;
    };
    openMenu(button, [
      { title: 'Reply', run: () => writer().quote({ ...post, name: post.author === null ? post.name : person(post.author).name }) },
      post.text && { title: 'Copy the words', run: () => navigator.clipboard.writeText(post.text).then(() => announce('Copied.')) },
      post.author === viewer && post.text && { title: 'Change', run: () => (post.thread ? writer() : writing).edit(post) },
      post.author === viewer && { title: 'Take back', danger: true, run: () => { attempt(remove(post), post); announce('The message was taken back.'); } },
    ]);
  }

  function goTo(id) {
    const element = elements.get(id);
    if (element) {
      element.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
      element.focus({ preventScroll: true });
      element.classList.remove('pointed-at');
      requestAnimationFrame(() => element.classList.add('pointed-at'));
    }
  }

  return { open, draw, goTo, focus: () => writing.field.focus(), suggest: writing.suggest };
}
