// Where one writes: grows with the words, keeps a draft, may quote, change an old message, and name files.

import { arrange, h, icon } from './dom.js';

const drafts = new Map();

/**
 * @param label what the field is called for people who cannot see where it stands
 * @param onSay gets { text, repliesTo, attachments }
 * @param onEdit gets (post, text)
 * @param lastOwn gives the person's last message here, for the arrow key
 */
export function composer({ label, placeholder, onSay, onEdit, lastOwn }) {
  let key = '';
  let about = null;
  let files = [];

  const field = h('textarea', { rows: 1, 'aria-label': label, placeholder, enterkeyhint: 'send', autocomplete: 'off' });
  const context = h('div', { class: 'about', hidden: true });
  const chips = h('ul', { class: 'chips', hidden: true, 'aria-label': 'Files' });
  const picker = h('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, onchange: () => { attach(picker.files); picker.value = ''; } });
  const clip = h('button', { type: 'button', class: 'round', 'aria-label': 'Name a file', title: 'Name a file (its contents stay here)', onclick: () => picker.click() }, icon('attach'));
  const send = h('button', { type: 'submit', class: 'round send', 'aria-label': 'Send', title: 'Send' }, icon('send'));
  const element = h('form', { class: 'composer', onsubmit: (event) => { event.preventDefault(); submit(); } },
    context, chips, h('div', { class: 'line-in' }, clip, field, send), picker);

  function draw() {
    context.hidden = about === null;
    context.replaceChildren();
    if (about) {
      const words = about.post.text || (about.post.html ? 'the card' : 'a file');
      context.append(
        icon('reply'),
        h('span', {}, about.editing ? 'Changing your message' : h('span', {}, 'Replying to ', h('b', {}, about.post.name), ': ', h('q', { dir: 'auto' }, words.slice(0, 120)))),
        h('button', { type: 'button', class: 'round small', 'aria-label': about.editing ? 'Stop changing' : 'Do not reply to this', onclick: () => { cancel(); field.focus(); } }, icon('close')),
      );
    }

    chips.hidden = files.length === 0;
    arrange(chips, files.map((file) => file.chip));
    clip.disabled = about?.editing === true;
    send.disabled = field.value.trim() === '' && files.length === 0;
    element.dataset.filled = String(!send.disabled);
  }

  function attach(list) {
    for (const file of [...list].slice(0, 10 - files.length)) {
      const entry = { name: file.name.slice(0, 255), contentType: file.type || 'application/octet-stream', bytes: file.size };
      entry.chip = h('li', {}, icon('file'), h('span', {}, entry.name),
        h('button', { type: 'button', class: 'round small', 'aria-label': `Leave out ${entry.name}`, onclick: () => { files = files.filter((other) => other !== entry); draw(); field.focus(); } }, icon('close')));
      files.push(entry);
    }

    draw();
    field.focus();
  }

  function cancel() {
    if (about?.editing) {
      field.value = drafts.get(key) ?? '';
    }

    about = null;
    draw();
  }

  function submit() {
    const text = field.value.trim();
    if (text === '' && (files.length === 0 || about?.editing)) {
      return;
    }

    const what = about;
    const attachments = files.map(({ name, contentType, bytes }) => ({ name, contentType, bytes }));
    about = null;
    if (what?.editing) {
      field.value = drafts.get(key) ?? '';
      if (text !== what.post.text) {
        onEdit(what.post, text);
      }
    } else {
      field.value = '';
      files = [];
      drafts.delete(key);
      onSay({ text, repliesTo: what?.post.id ?? null, attachments });
    }

    draw();
  }

  field.addEventListener('input', () => {
    if (!about?.editing) {
      drafts.set(key, field.value);
    }

    draw();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape' && about) {
      event.preventDefault();
      event.stopPropagation();
      cancel();
    } else if (event.key === 'ArrowUp' && field.value === '' && !event.altKey) {
      const post = lastOwn();
      if (post) {
        event.preventDefault();
        edit(post);
      }
    }
  });
  element.addEventListener('dragover', (event) => { event.preventDefault(); element.classList.add('over'); });
  element.addEventListener('dragleave', () => element.classList.remove('over'));
  element.addEventListener('drop', (event) => { event.preventDefault(); element.classList.remove('over'); attach(event.dataTransfer.files); });
  field.addEventListener('paste', (event) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); attach(event.clipboardData.files); } });

  function edit(post) {
    about = { post, editing: true };
    field.value = post.text;
    draw();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  draw();
  return {
    element,
    field,
    edit,
    quote(post) { cancel(); about = { post, editing: false }; draw(); field.focus(); },
    suggest(text) { cancel(); field.value = text; drafts.set(key, text); draw(); field.focus(); },
    isIdle: () => field.value === '' && files.length === 0 && about === null,
    /** Turns to another conversation, where the draft left there waits. */
    turnTo(nextKey, nextPlaceholder) {
      if (nextKey !== key) {
        key = nextKey;
        about = null;
        files = [];
        field.value = drafts.get(key) ?? '';
      }

      field.placeholder = nextPlaceholder;
      draw();
    },
  };
}
