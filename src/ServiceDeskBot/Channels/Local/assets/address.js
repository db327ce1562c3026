// Who looks, at which channel, on which side: kept after the # of the address, so that a view can be linked to.

const listeners = new Set();

/** chat, agent, manager: accounts; channel; pane (on a narrow screen); post: one to show. */
export const view = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

export function onMove(listener) {
  listeners.add(listener);
}

/** Changes the view. Another channel or side is a step in the browser's history; another person is not. */
export function move(change, { step = false } = {}) {
  Object.assign(view, change);
  Object.keys(view).forEach((key) => { if (!view[key]) { delete view[key]; } });
  const address = `#${new URLSearchParams(view)}`;
  if (address !== location.hash) {
    history[step ? 'pushState' : 'replaceState'](null, '', address);
  }

  listeners.forEach((listener) => listener());
}

addEventListener('popstate', () => {
  Object.keys(view).forEach((key) => delete view[key]);
  Object.assign(view, Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
  listeners.forEach((listener) => listener());
});
