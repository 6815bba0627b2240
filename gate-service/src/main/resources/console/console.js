// The console without a framework: keys, times that go on, and what follows from a change of a release's state.
'use strict';
(() => {
  const rows = () => [...document.querySelectorAll('[data-row]')];
  const help = document.getElementById('help');
  const off = 'portcullis.shortcuts';
  let waitsForPage = false;

  function stored() {
    try { return localStorage.getItem(off) !== 'off'; } catch { return true; }
  }

  function store(on) {
    try { localStorage.setItem(off, on ? 'on' : 'off'); } catch { /* only for this page then */ }
  }

  let shortcuts = stored();

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex(row => row.contains(document.activeElement));
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
    next.querySelector('a').focus();
    next.scrollIntoView({block: 'nearest'});
  }

  function isTyping(target) {
    return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
  }

  function go(key) {
    const link = [...document.querySelectorAll('nav a[data-key]')].find(one => one.dataset.key === key);
    if (link) link.click();
  }

  document.addEventListener('keydown', event => {
    if (!shortcuts && event.key !== '?') return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || help?.open) return;
    if (waitsForPage) {
      waitsForPage = false;
      go(event.key);
      return;
    }
    switch (event.key) {
      case 'j': move(1); break;
      case 'k': move(-1); break;
      case 'g': waitsForPage = true; setTimeout(() => { waitsForPage = false; }, 1500); break;
      case '?': help?.showModal(); break;
      case '/': {
        const search = document.querySelector('[data-search]');
        if (!search) return;
        search.focus();
        search.select();
        break;
      }
      default: return;
    }
    event.preventDefault();
  });

  document.querySelector('[data-help]')?.addEventListener('click', () => help?.showModal());
  const box = document.querySelector('[data-shortcuts]');
  if (box) {
    box.checked = shortcuts;
    box.addEventListener('change', () => { shortcuts = box.checked; store(shortcuts); });
  }

  // As DurationText.rounded has it.
  function rounded(seconds) {
    const rest = (number, unit) => (number ? ` ${number} ${unit}` : '');
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min${rest(seconds % 60, 's')}`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)} h${rest(Math.floor(seconds % 3600 / 60), 'min')}`;
    return `${Math.floor(seconds / 86400)} d${rest(Math.floor(seconds % 86400 / 3600), 'h')}`;
  }

  function ages() {
    const now = Date.now();
    for (const time of document.querySelectorAll('time[data-ago]')) {
      const seconds = Math.round((now - Date.parse(time.dateTime)) / 1000);
      time.textContent = seconds < 0 ? `in ${rounded(-seconds)}` : `${rounded(seconds)} ago`;
    }
  }
  ages();
  setInterval(ages, 5000);

  // The title of a tab that nobody looks at tells how many releases need somebody; the number is asked for anew after a change, at most every two seconds.
  const waiting = document.getElementById('waiting');
  let refreshed = 0;
  function count() {
    const number = waiting?.querySelector('[data-number]')?.dataset.number;
    document.title = (number ? `(${number}) ` : '') + document.title.replace(/^\(\d+\) /, '');
  }
  function refresh() {
    if (!waiting || refreshed) return;
    refreshed = setTimeout(() => { refreshed = 0; waiting.dispatchEvent(new CustomEvent('refresh')); }, 2000);
  }

  const offline = document.querySelector('[data-offline]');
  document.addEventListener('htmx:sse:error', () => { if (offline) offline.hidden = false; });

  // Whoever is no longer signed in is led to where he can be: by loading the page anew, unless what he has written would be lost. Once in a while, so that nothing goes in circles.
  const led = 'portcullis.signIn';
  function signIn(status) {
    if (status !== 401 || [...document.querySelectorAll('textarea')].some(text => text.value)) return;
    try {
      if (Date.now() - Number(sessionStorage.getItem(led)) < 30000) return;
      sessionStorage.setItem(led, String(Date.now()));
    } catch { return; }
    location.reload();
  }
  document.addEventListener('htmx:sse:error', event => signIn(event.detail?.status));
  document.addEventListener('htmx:before:response', event => {
    const status = event.detail?.ctx?.response?.status;
    if (status !== 401) return;
    if (offline) offline.hidden = false;
    event.preventDefault();
    signIn(status);
  });
  document.addEventListener('htmx:sse:after:connection', () => { if (offline) offline.hidden = true; });

  // What one may do depends on who looks, so it is not in the stream: when it changes, this person's page is asked for.
  document.addEventListener('htmx:sse:after:message', () => {
    ages();
    refresh();
    const live = document.getElementById('live');
    const mark = live?.querySelector('[data-version]');
    const actions = document.querySelector('[data-actions]');
    if (!mark || !actions || actions.dataset.version === mark.dataset.version) return;
    if (actions.querySelector('details[open]')) return;
    actions.dataset.version = mark.dataset.version;
    htmx.ajax('GET', location.pathname, {target: '[data-actions]', select: '[data-actions]', swap: 'outerHTML'});
  });

  // What was asked for may come when somebody has begun to act: it would close his form, and is asked for again with the next change.
  document.addEventListener('htmx:after:request', event => {
    const actions = event.detail?.ctx?.target;
    if (!actions?.matches?.('[data-actions]') || !actions.querySelector('details[open]')) return;
    actions.dataset.version = '';
    event.preventDefault();
  });

  // What somebody has opened stays open while the rest changes.
  document.addEventListener('htmx:before:morph:attr', event => {
    if (event.detail.attrName === 'open' && event.target instanceof HTMLDetailsElement) event.preventDefault();
  });

  // A rollback that has ended is asked about no more.
  document.addEventListener('htmx:after:swap', () => {
    ages();
    count();
    if (document.querySelector('#live[hx-get] [data-ended]')) location.reload();
  });
})();
