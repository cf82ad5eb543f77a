// The server renders; this script only puts the pieces in place. Without it the page still works, standing still.
'use strict';

const shown = new Map();

function put(id, html) {
  if (shown.get(id) !== html) {
    shown.set(id, html);
    document.getElementById(id).innerHTML = html;
  }
}

const live = new EventSource('/live');
live.onmessage = message => {
  lost(false);
  const focused = document.activeElement?.closest('#load, #try');
  for (const [id, html] of Object.entries(JSON.parse(message.data))) {
    // A button that has the focus is not swapped away under the visitor's finger; it changes a moment later.
    if (focused?.id !== id || id === 'load') keepFocus(() => put(id, html));
  }
};
live.onerror = () => lost(true);

function lost(value) {
  document.querySelector('.lost').hidden = !value;
}

function keepFocus(change) {
  const { name, value } = document.activeElement ?? {};
  change();
  if (name && !document.activeElement?.name) document.querySelector(`[name="${name}"][value="${value}"]`)?.focus();
}

document.addEventListener('submit', async event => {
  const form = event.target;
  const target = form.dataset.target;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  const headers = { 'x-fragment': '1' };
  const button = event.submitter ?? form.querySelector('button');
  button?.setAttribute('aria-busy', 'true');
  try {
    const response = form.method === 'post'
      ? await fetch(form.action, { method: 'POST', body: fields, headers })
      : await fetch(`${form.dataset.fragment}?${fields}`, { headers });
    const html = await response.text();
    if (target) document.getElementById(target).innerHTML = html;
    if (form.method === 'get') history.replaceState(null, '', `/${fields.size ? '?' : ''}${fields}`);
    if (form.classList.contains('load')) {
      for (const b of form.querySelectorAll('button')) b.setAttribute('aria-pressed', b === event.submitter);
      shown.delete('load');
    }
  } catch {
    lost(true);
  } finally {
    button?.removeAttribute('aria-busy');
  }
});

document.addEventListener('change', event => {
  if (event.target.matches('.visitor input')) event.target.form.requestSubmit();
});

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});
