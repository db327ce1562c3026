// Small tools for building the page.

/** Makes an element: properties that begin with "on" are listeners, others are attributes; false and null leave one out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }

  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts children into a parent in the given order and touches only what is out of place, so that focus and scrolling stay. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) {
      child.remove();
    }
  }

  children.forEach((child, index) => {
    if (parent.children[index] !== child) {
      parent.insertBefore(child, parent.children[index] ?? null);
    }
  });
}

const shapes = {
  attach: 'M8 12.500 14.500 6a3 3 0 0 1 4.300 4.200l-8.600 8.600a5 5 0 0 1-7-7L11.500 3.500',
  send: 'M4 12 20 4l-5 16-3.500-6.500z',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  close: 'M6 6l12 12M18 6 6 18',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  reply: 'M10 7 5 12l5 5M5 12h9a5 5 0 0 1 5 5v1',
  eye: 'M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM12 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4',
  down: 'M12 5v14M6 13l6 6 6-6',
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}

/** Says something to people who listen to the page instead of looking at it. */
export function announce(sentence) {
  const announcer = document.getElementById('announcer');
  announcer.textContent = '';
  requestAnimationFrame(() => { announcer.textContent = sentence; });
}

let fading = 0;

/** A sentence that everybody should notice; it goes by itself. */
export function notice(sentence) {
  const toast = document.getElementById('notice');
  toast.textContent = sentence;
  toast.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.hidden = true; }, 6000);
}

/** A round picture made of initials; its colour is one of twelve and belongs to the account. */
export function avatar(account, name) {
  const initials = name.trim().split(/\s+/u).slice(0, 2).map((word) => [...word][0] ?? '').join('').toUpperCase();
  const hue = [...account].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7) % 12;
  return h('span', { class: 'avatar', 'data-hue': hue, 'aria-hidden': 'true' }, initials || '?');
}
