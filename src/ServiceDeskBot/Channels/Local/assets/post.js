// One message: who, when, what; drawn again only when it changed.

import { avatar, h, icon } from './dom.js';
import { desk, discard, person, resend } from './desk.js';
import { redrawCard } from './cards.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const LONG = 1200;

/** The element of a post for a reader, made or brought up to date. `actions` opens the menu and follows a quote. */
export function postElement(existing, post, reader, actions) {
  const signature = JSON.stringify([post.text, post.isDeleted, post.editedAt, post.pending, post.delivered, post.failed, post.attachments, post.repliesTo && quoted(post)]);
  if (existing) {
    existing.post = post;
    if (existing.signature !== signature) {
      existing.signature = signature;
      fill(existing, post, reader, actions);
    }

    if (existing.html !== post.html) {
      existing.html = post.html;
      redrawCard(existing.querySelector('.card-slot'), post.html);
    }

    return existing;
  }

  const kind = post.viewer ? 'desk whisper' : post.author === null ? 'desk' : post.author === reader ? 'own' : 'person';
  const element = h('article', { class: `post ${kind}`, 'data-post': post.id, tabindex: -1 });
  element.post = post;
  element.signature = signature;
  fill(element, post, reader, actions);
  element.html = post.html;
  if (post.html !== null) {
    redrawCard(element.querySelector('.card-slot'), post.html);
  }

  return element;
}

function fill(element, post, reader, actions) {
  const slot = element.querySelector('.card-slot');
  const at = new Date(post.at);
  element.setAttribute('aria-label', `${post.name}, ${clock.format(at)}`);
  element.classList.toggle('pending', Boolean(post.pending && !post.delivered && !post.failed));
  element.classList.toggle('failed', Boolean(post.failed));
  element.replaceChildren(...[
    post.author === null ? h('img', { class: 'avatar', src: '/local/assets/icon.svg', alt: '', width: 32, height: 32 }) : avatar(post.author, post.name),
    h('div', { class: 'body' },
      h('header', {},
        h('span', { class: 'who', dir: 'auto' }, post.name),
        h('time', { datetime: post.at, title: full.format(at) }, clock.format(at)),
        post.editedAt && !post.isDeleted && h('span', { class: 'edited' }, 'edited')),
      post.viewer && h('p', { class: 'for-you' }, icon('eye'), 'Only you can see this',
        h('button', { type: 'button', class: 'link', onclick: () => discard(post.id) }, 'Dismiss')),
      post.repliesTo && quote(post, actions),
      post.isDeleted ? h('p', { class: 'text gone' }, 'This message was taken back.') : post.text && words(post.text),
      post.html !== null && (slot ?? h('div', { class: 'card-slot' })),
      post.attachments.length > 0 && h('ul', { class: 'chips', 'aria-label': 'Files' }, post.attachments.map(file)),
      post.author === reader && h('p', { class: 'fate', 'aria-live': 'off' }, fate(post))),
    canAct(post) && h('button', { type: 'button', class: 'round small post-menu', 'aria-label': `Actions for the message of ${post.name}, ${clock.format(at)}`, 'aria-haspopup': 'menu', onclick: (event) => actions.menu(element.post, event.currentTarget) }, icon('dots')),
  ].filter(Boolean));
}

const canAct = (post) => !post.isDeleted && !post.pending && !post.viewer;

/** Words as typed; very long ones are folded. */
function words(text) {
  const paragraph = h('p', { class: 'text', dir: 'auto' }, text);
  if (text.length <= LONG && text.split('\n').length <= 24) {
    return paragraph;
  }

  const toggle = h('button', { type: 'button', class: 'link', 'aria-expanded': 'false' }, 'Show all');
  paragraph.classList.add('folded');
  toggle.addEventListener('click', () => {
    const open = paragraph.classList.toggle('folded');
    toggle.setAttribute('aria-expanded', String(!open));
    toggle.textContent = open ? 'Show all' : 'Show less';
  });
  return h('div', {}, paragraph, toggle);
}

function quoted(post) {
  const source = desk.posts.get(post.repliesTo);
  if (!source) {
    return { name: '', text: 'an earlier message' };
  }

  const text = source.isDeleted ? 'a message that was taken back' : source.text || (source.html ? textOf(source.html) : 'a file');
  return { name: source.author === null ? source.name : person(source.author).name, text: text.slice(0, 160) };
}

function textOf(html) {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent.replace(/\s+/g, ' ').trim();
}

function quote(post, actions) {
  const { name, text } = quoted(post);
  return h('button', { type: 'button', class: 'quoted', onclick: () => actions.goTo(post.repliesTo) }, name && h('b', {}, name), h('span', { dir: 'auto' }, text));
}

function file(attachment) {
  const size = attachment.bytes === null || attachment.bytes === undefined ? '' : ` · ${sizeOf(attachment.bytes)}`;
  return h('li', {}, icon('file'), h('span', { dir: 'auto' }, attachment.name), h('small', {}, size));
}

function sizeOf(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function fate(post) {
  if (post.failed) {
    return [h('span', { role: 'alert' }, post.failed), ' ',
      h('button', { type: 'button', class: 'link', onclick: () => resend(post.id) }, 'Send again'), ' ',
      h('button', { type: 'button', class: 'link', onclick: () => discard(post.id) }, 'Discard')];
  }

  return post.pending && !post.delivered ? 'Sending…' : 'Delivered';
}
