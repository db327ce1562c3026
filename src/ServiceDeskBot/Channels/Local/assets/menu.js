// The one menu of messages: opens at its button, arrow keys walk, Escape and a click elsewhere close it.

import { h } from './dom.js';

const menu = document.getElementById('message-menu');
let opener = null;

export function openMenu(button, entries) {
  opener = button;
  menu.replaceChildren(...entries.filter(Boolean).map(({ title, run, danger }) =>
    h('button', { type: 'button', role: 'menuitem', tabindex: -1, class: danger ? 'danger' : null, onclick: () => { close(); run(); } }, title)));
  button.setAttribute('aria-expanded', 'true');
  menu.showPopover();
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.right - size.width, innerWidth - size.width - 8))}px`;
  menu.style.top = `${at.bottom + size.height + 8 > innerHeight ? at.top - size.height - 4 : at.bottom + 4}px`;
  menu.firstElementChild.focus();
}

function close() {
  menu.hidePopover();
}

menu.addEventListener('toggle', (event) => {
  if (event.newState === 'closed') {
    opener?.removeAttribute('aria-expanded');
    if (menu.contains(document.activeElement) || document.activeElement === document.body) {
      opener?.focus();
    }
  }
});

menu.addEventListener('keydown', (event) => {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length].focus();
  } else if (event.key === 'Tab') {
    close();
  }
});
