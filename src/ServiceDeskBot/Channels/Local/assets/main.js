// The console: three sides of one desk, live.

import { arrange, h } from './dom.js';
import { move, onMove, view } from './address.js';
import { arrive, chatOf, desk, follow, load, onChange, person, unread } from './desk.js';
import { conversation } from './conversation.js';
import { identityPicker } from './identity.js';
import { answerTo } from './cards.js';

const panes = document.getElementById('panes');
const narrow = matchMedia('(max-width: 1079px)');
const sides = ['chat', 'team', 'manager'];
const talkOf = (side) => document.querySelector(`#${side} .talk`);

const suggestions = [
  "the wifi in the warehouse keeps dropping, forklift drivers can't get their picks, truck leaves at 4 today",
  'My calendar shows every meeting twice since this morning',
  'I need a new laptop for a colleague who starts on Monday',
];

const isShown = (side) => document.visibilityState === 'visible' && (!narrow.matches || (view.pane ?? 'chat') === side);

const talks = {
  chat: conversation({
    talk: talkOf('chat'),
    threads: false,
    isShown: () => isShown('chat'),
    empty: () => ({ title: '', text: 'For a start, try one of these:', suggestions }),
  }),
  team: conversation({
    talk: talkOf('team'),
    threads: true,
    isShown: () => isShown('team'),
    empty: (name) => ({ title: name, text: 'All quiet. When somebody reports something for this team, its card appears here.' }),
  }),
  manager: conversation({
    talk: talkOf('manager'),
    threads: false,
    isShown: () => isShown('manager'),
    empty: () => ({ title: 'Nothing to decide', text: 'Approvals arrive here at once, digests once a day.' }),
  }),
};

const pickers = {
  chat: identityPicker(document.querySelector('[data-role=chat]'), (account) => move({ chat: account })),
  agent: identityPicker(document.querySelector('[data-role=agent]'), (account) => move({ agent: account })),
  manager: identityPicker(document.querySelector('[data-role=manager]'), (account) => move({ manager: account })),
};

/** The person the address names, else the usual one, else the first who fits. */
function choose(named, usual, fits) {
  return [named, usual].find((account) => account && desk.people.some((one) => one.account === account))
    ?? (desk.people.find(fits) ?? desk.people[0])?.account;
}

async function showView() {
  const chat = choose(view.chat, 'wanda', (one) => one.roles.length === 0);
  const agent = choose(view.agent, 'ada', (one) => one.roles.includes('agent'));
  const manager = choose(view.manager, 'mara', (one) => one.roles.includes('manager'));
  const room = desk.channels.find((one) => one.name === view.channel) ?? desk.channels[0];
  await load([chat, manager]);

  pickers.chat.show(chat);
  pickers.agent.show(agent);
  pickers.manager.show(manager);
  talks.chat.open(chat, chatOf(chat), 'chat with the service desk', 'Message the service desk');
  talks.manager.open(manager, chatOf(manager), 'chat of the manager', 'Message the service desk');
  if (room) {
    talks.team.open(agent, room.name, room.title, `New post in #${room.name}`);
  }

  panes.dataset.pane = sides.includes(view.pane) ? view.pane : 'chat';
  drawRail();
  drawTabs();
  Object.values(talks).forEach((talk) => talk.draw());
  greet(chat);
  greet(manager);
}

const greeted = new Set();

/** The desk introduces itself the first time somebody opens their chat. */
function greet(account) {
  const isNew = ![...desk.posts.values()].some((post) => post.conversation === chatOf(account));
  if (!greeted.has(account) && isNew) {
    arrive(account)
      .then((reply) => answerTo(reply, { viewer: account, conversation: chatOf(account), thread: null, element: null }))
      .catch(() => greeted.delete(account));
  }

  greeted.add(account);
}

// The channels.

const rail = document.querySelector('.rail');
const roomButtons = new Map();

function drawRail() {
  const agent = choose(view.agent, 'ada', (one) => one.roles.includes('agent'));
  const current = desk.channels.find((one) => one.name === view.channel)?.name ?? desk.channels[0]?.name;
  arrange(rail, desk.channels.map((room) => {
    if (!roomButtons.has(room.name)) {
      roomButtons.set(room.name, h('button', { type: 'button', title: room.title, onclick: () => move({ channel: room.name }, { step: true }) },
        h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'), h('span', { class: 'room' }, room.name), h('b', { class: 'badge' })));
    }

    const button = roomButtons.get(room.name);
    const waiting = unread(agent, room.name);
    if (room.name === current) {
      button.setAttribute('aria-current', 'true');
    } else {
      button.removeAttribute('aria-current');
    }

    badge(button, waiting);
    button.setAttribute('aria-label', `${room.name}${waiting > 0 ? `, ${waiting} unread` : ''}`);
    return button;
  }));
  return { agent, current };
}

function badge(button, count) {
  const mark = button.querySelector('.badge');
  mark.textContent = count > 99 ? '99+' : String(count || '');
  mark.hidden = count === 0;
}

function walkChannels(step) {
  const names = desk.channels.map((room) => room.name);
  const at = names.indexOf(drawRail().current);
  const next = names[(at + step + names.length) % names.length];
  move({ channel: next }, { step: true });
  roomButtons.get(next)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

// The sides, as tabs where only one has room.

const tabs = [...document.querySelectorAll('.tabs button')];
tabs.forEach((tab) => tab.addEventListener('click', () => move({ pane: tab.dataset.pane }, { step: true })));

function drawTabs() {
  const chat = choose(view.chat, 'wanda', (one) => one.roles.length === 0);
  const manager = choose(view.manager, 'mara', (one) => one.roles.includes('manager'));
  const { agent } = drawRail();
  const waiting = {
    chat: unread(chat, chatOf(chat)),
    team: desk.channels.reduce((sum, room) => sum + unread(agent, room.name), 0),
    manager: unread(manager, chatOf(manager)),
  };
  for (const tab of tabs) {
    const side = tab.dataset.pane;
    if (panes.dataset.pane === side) {
      tab.setAttribute('aria-current', 'true');
    } else {
      tab.removeAttribute('aria-current');
    }

    badge(tab, waiting[side]);
    tab.setAttribute('aria-label', `${tab.querySelector('span').textContent}${waiting[side] > 0 ? `, ${waiting[side]} unread` : ''}`);
  }

  const all = waiting.chat + waiting.team + waiting.manager;
  document.title = `${all > 0 ? `(${all}) ` : ''}ServiceDeskBot`;
}

// Keys.

addEventListener('keydown', (event) => {
  if (event.key === 'F6') {
    event.preventDefault();
    const at = sides.findIndex((side) => document.getElementById(side).contains(document.activeElement));
    const next = sides[(at + (event.shiftKey ? -1 : 1) + sides.length) % sides.length];
    if (narrow.matches) {
      move({ pane: next }, { step: true });
    }

    talks[next].focus();
  } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && !document.querySelector('dialog[open]')) {
    event.preventDefault();
    walkChannels(event.key === 'ArrowDown' ? 1 : -1);
  }
});

const keysDialog = document.getElementById('keys-dialog');
document.getElementById('keys-button').addEventListener('click', () => keysDialog.showModal());
document.querySelectorAll('dialog').forEach((dialog) => dialog.addEventListener('click', (event) => {
  if (event.target === dialog) {
    dialog.close();
  }
}));

// The line to the host.

function line(state) {
  const mark = document.getElementById('line');
  mark.dataset.state = state;
  mark.querySelector('.words').textContent = { live: 'Live', lost: 'Reconnecting…', connecting: 'Connecting' }[state];
}

async function begin() {
  try {
    await load([view.chat ?? 'wanda', view.manager ?? 'mara']);
  } catch {
    line('lost');
    setTimeout(begin, 1500);
    return;
  }

  await showView();
  onMove(showView);
  onChange(drawTabs);
  narrow.addEventListener('change', () => Object.values(talks).forEach((talk) => talk.draw()));
  document.addEventListener('visibilitychange', () => Object.values(talks).forEach((talk) => talk.draw()));
  follow(line);
  if (view.post) {
    Object.values(talks).forEach((talk) => talk.goTo(view.post));
  } else if (!narrow.matches) {
    talks.chat.focus();
  }

  panes.dataset.ready = 'true';
}

begin();
