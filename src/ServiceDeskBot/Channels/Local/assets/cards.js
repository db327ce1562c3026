// Cards of the desk: buttons that are sent once, forms in a dialog, answers that only the presser sees.

import { announce, h, notice } from './dom.js';
import { press, show, whisper } from './desk.js';

/** Presses on their way, by what they would do: a second click on the same does nothing. */
const onTheirWay = new Set();

/** Ids of presses that did not get through: pressing again sends the same delivery, not another one. */
const undelivered = new Map();

const dialog = document.getElementById('form-dialog');

/** Puts new HTML into a card and keeps what was typed in it, and the focus. */
export function redrawCard(slot, html) {
  const typed = fieldsIn(slot);
  const focused = slot.contains(document.activeElement) ? document.activeElement : null;
  const opened = slot.querySelector('details[open]') !== null;
  slot.innerHTML = html;
  for (const field of slot.querySelectorAll('.field-input')) {
    if (typed[field.name]) {
      field.value = typed[field.name];
    }
  }

  drawBusy(slot);
  if (focused) {
    const same = focused.name
      ? slot.querySelector(`[name="${CSS.escape(focused.name)}"]`)
      : [...slot.querySelectorAll('button[data-action]')].find((button) => button.dataset.action === focused.dataset?.action && (opened || !button.closest('details')));
    (same ?? slot.closest('.post')).focus({ preventScroll: true });
  }
}

/** Shows what the desk answered at once. `spot.element` is the pressed post, or null. */
export function answerTo(reply, spot) {
  switch (reply?.answer) {
    case 'card':
      if (spot.element) {
        show(spot.element.post.id, reply.html);
      } else {
        whisper({ ...spot, html: reply.html });
      }

      break;
    case 'tell':
      whisper({ ...spot, html: reply.html });
      break;
    case 'form':
    case 'errors':
      openForm(reply.html, spot);
      return;
  }

  closeForm();
}

// A menu opens to where there is room for it.
document.addEventListener('toggle', (event) => {
  const more = event.target;
  if (more.matches?.('.card-slot details[open]')) {
    const list = more.querySelector('.buttons').getBoundingClientRect();
    const room = more.closest('.feed').getBoundingClientRect();
    more.classList.toggle('leftward', list.right > room.right);
    more.classList.toggle('upward', list.bottom > room.bottom && more.getBoundingClientRect().top - list.height > room.top);
  }
}, true);

document.addEventListener('click', (event) => {
  const button = event.target.closest('.card-slot button[data-action]');
  if (button) {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') !== 'true') {
      pressButton(button);
    }

    return;
  }

  document.querySelectorAll('.card-slot details[open]').forEach((open) => {
    if (!open.contains(event.target)) {
      open.open = false;
    }
  });
});

document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && event.target.closest?.('.card-slot details[open]');
  if (open) {
    open.open = false;
    open.querySelector('summary').focus();
  }
});

async function pressButton(button) {
  const slot = button.closest('.card-slot');
  const element = slot.closest('.post');
  const spot = element.context();
  const more = button.closest('details');
  const outcome = await send(button, spot, { ...buttonOf(button), fields: fieldsIn(slot) });
  if (more) {
    more.open = false;
  }

  if (outcome) {
    answerTo(outcome, spot);
  }
}

/** Sends a press or a form; null when it is on its way already or did not get through. */
async function send(button, spot, what) {
  const key = keyOf(button);
  if (onTheirWay.has(key)) {
    return null;
  }

  const { post, html } = spot.element ?? {};
  const attempt = `${key}|${JSON.stringify(what.fields)}`;
  const id = undelivered.get(attempt) ?? crypto.randomUUID();
  onTheirWay.add(key);
  drawAllBusy();
  try {
    const reply = await press({
      id, as: spot.viewer, conversation: spot.conversation, thread: spot.thread,
      postId: post && !post.viewer ? post.id : null, ...what,
    });
    undelivered.delete(attempt);
    announce(`${button.textContent.trim()}: done.`);
    if (reply.answer === 'nothing' && html) {
      await redrawn(spot.element, html);
    }

    return reply;
  } catch (error) {
    undelivered.set(attempt, id);
    notice(error.message);
    return null;
  } finally {
    onTheirWay.delete(key);
    drawAllBusy();
  }
}

/** The card's new face comes a moment after the answer; until then its buttons stay busy. */
async function redrawn(element, html) {
  for (let moment = 0; moment < 24 && element.isConnected && element.html === html; moment += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

function drawAllBusy() {
  document.querySelectorAll('.card-slot, #form-dialog').forEach(drawBusy);
}

/** While one button works the others of its card wait. All stay focusable, so that nobody loses their place. */
function drawBusy(slot) {
  const buttons = [...slot.querySelectorAll('button[data-action]')];
  const busy = buttons.filter((button) => onTheirWay.has(keyOf(button)));
  for (const button of buttons) {
    button.toggleAttribute('data-busy', busy.includes(button));
    if (busy.length > 0) {
      button.setAttribute('aria-disabled', 'true');
    } else {
      button.removeAttribute('aria-disabled');
    }
  }
}

function openForm(html, spot) {
  if (!dialog.open) {
    dialog.returnTo = document.activeElement;
  }

  dialog.innerHTML = html;
  const form = dialog.querySelector('form');
  form.noValidate = true;
  const title = dialog.querySelector('.card-heading');
  title.id = 'form-title';
  dialog.setAttribute('aria-labelledby', title.id);
  const submit = form.querySelector('button[type=submit]');
  submit.before(h('button', { type: 'button', class: 'button', onclick: closeForm }, 'Cancel'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!isComplete(form)) {
      return;
    }

    const reply = await send(submit, spot, { ...buttonOf(form), fields: fieldsIn(form) });
    if (reply) {
      answerTo(reply, spot);
    }
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(submit);
    }
  });
  if (!dialog.open) {
    dialog.showModal();
  }

  (form.querySelector('[aria-invalid=true]') ?? form.querySelector('.field-input') ?? submit).focus();
}

/** Says at each field what is missing, in the browser's own words, and goes to the first. */
function isComplete(form) {
  const faulty = [...form.querySelectorAll('.field-input')].filter((field) => {
    const label = field.closest('.field');
    const isFaulty = !field.validity.valid || (field.required && field.value.trim() === '');
    label.querySelector('.field-error')?.remove();
    label.classList.toggle('field-invalid', isFaulty);
    field.toggleAttribute('aria-invalid', isFaulty);
    if (isFaulty) {
      field.setAttribute('aria-invalid', 'true');
      label.append(h('span', { class: 'field-error', role: 'alert' }, field.validationMessage || 'Please fill in this field.'));
    }

    return isFaulty;
  });
  faulty[0]?.focus();
  return faulty.length === 0;
}

function closeForm() {
  if (dialog.open) {
    dialog.close();
  }
}

dialog.addEventListener('close', () => {
  dialog.replaceChildren();
  const back = dialog.returnTo?.isConnected ? dialog.returnTo : null;
  back?.focus({ preventScroll: true });
});

// How HtmlCardRenderer writes buttons and inputs.

function buttonOf(element) {
  const data = [...element.attributes].filter(({ name }) => name.startsWith('data-d-')).map(({ name, value }) => [name.slice('data-d-'.length), value]);
  return { action: element.dataset.action, data: Object.fromEntries(data) };
}

function keyOf(button) {
  const source = button.dataset.action ? button : button.closest('form');
  return `${button.closest('.post')?.dataset.post ?? 'form'}|${JSON.stringify(buttonOf(source))}`;
}

function fieldsIn(element) {
  return Object.fromEntries([...element.querySelectorAll('.field-input')].map((field) => [field.name, field.value]));
}
