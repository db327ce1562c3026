// "You are …": the person a side of the desk is seen through.

import { avatar, h } from './dom.js';
import { chatOf, desk, onChange, person, unread, welcome } from './desk.js';

const labels = { chat: 'You are', agent: 'You are', manager: 'You are' };
const NEWCOMER = ' new';

const is = (role) => (one) => one.roles.includes(role);
const isPlain = (one) => one.known && one.roles.length === 0;

/** Groups in the order in which this side needs them. */
function groupsFor(role) {
  const groups = {
    Colleagues: desk.people.filter(isPlain),
    Agents: desk.people.filter((one) => one.known && (is('agent')(one) || is('lead')(one))),
    Managers: desk.people.filter((one) => one.known && !is('agent')(one) && (is('manager')(one) || is('owner')(one))),
    Operators: desk.people.filter((one) => one.known && is('operator')(one) && !is('agent')(one) && !is('manager')(one)),
    Newcomers: desk.people.filter((one) => !one.known),
  };
  const first = { chat: 'Colleagues', agent: 'Agents', manager: 'Managers' }[role];
  return [[first, groups[first]], ...Object.entries(groups).filter(([title]) => title !== first)].filter(([, people]) => people.length > 0);
}

/** Puts the picker into its place; `choose` hears who was picked. */
export function identityPicker(place, choose) {
  const role = place.dataset.role;
  const select = h('select', { id: `as-${role}`, 'aria-label': `${labels[role]} (${place.closest('.pane').querySelector('h2').textContent})` });
  const face = h('span', { class: 'face' });
  const other = h('span', { class: 'elsewhere', hidden: true, title: 'Somebody else has unread messages', 'aria-hidden': 'true' });
  place.append(face, h('span', { class: 'pick' }, h('span', { class: 'small', 'aria-hidden': 'true' }, labels[role]), select), other);
  let current = '';
  let drawn = '';

  select.addEventListener('change', async () => {
    if (select.value !== NEWCOMER) {
      choose(select.value);
      return;
    }

    select.value = current;
    const name = await askForName();
    if (name) {
      choose(welcome(name));
    }
  });

  /** Who is shown on either side anyway needs no mark here. */
  const isShown = (account) => [...document.querySelectorAll('#as-chat, #as-manager')].some((other) => other.value === account);

  function option(one) {
    const waiting = role !== 'agent' && !isShown(one.account) ? unread(one.account, chatOf(one.account)) : 0;
    return h('option', { value: one.account }, `${one.name}${waiting > 0 ? ` (${waiting} new)` : ''}`);
  }

  /** An open list is left alone: new options would close it. */
  function draw({ certainly = false } = {}) {
    face.replaceChildren(avatar(current, person(current).name));
    if (!certainly && document.activeElement === select) {
      return;
    }

    const groups = groupsFor(role);
    const now = JSON.stringify([groups.map(([title, people]) => [title, people.map((one) => option(one).textContent)]), current]);
    if (now === drawn) {
      return;
    }

    drawn = now;
    select.replaceChildren(
      ...groups.map(([title, people]) => h('optgroup', { label: title }, people.map(option))),
      h('optgroup', { label: 'Anybody' }, h('option', { value: NEWCOMER }, 'Somebody new…')),
    );
    select.value = current;
    other.hidden = ![...select.options].some((entry) => /\(\d+ new\)$/.test(entry.textContent));
  }

  onChange(() => draw());
  return { show(account) { current = account; draw({ certainly: true }); } };
}

function askForName() {
  const dialog = document.getElementById('newcomer-dialog');
  const form = dialog.querySelector('form');
  const field = form.elements.name;
  const fault = dialog.querySelector('.fault');
  form.reset();
  fault.textContent = '';
  field.removeAttribute('aria-invalid');
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    let name = null;
    form.onsubmit = (event) => {
      name = field.value.trim();
      if (!name) {
        event.preventDefault();
        fault.textContent = 'Give them a name.';
        field.setAttribute('aria-invalid', 'true');
        field.focus();
      }
    };
    dialog.querySelector('[data-close]').onclick = () => { name = null; dialog.close(); };
    dialog.oncancel = () => { name = null; };
    dialog.onclose = () => resolve(name);
  });
}
