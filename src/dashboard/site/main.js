import { crawlForm } from './crawl-form.js';
import { byId, setText } from './elements.js';
import { paced } from './live-updates.js';
import { TaskList } from './task-list.js';
import { TaskPanel } from './task-panel.js';

const LIST_EVERY_MS = 3000;
const HIDDEN_EVERY_MS = 30_000;

const service = byId('service', 'p');
const list = new TaskList();
const refresh = paced(refreshList, 1000);
const panel = new TaskPanel(refresh);

/** @returns {string | null} the task that the address names */
function chosen() {
  return /^#\/tasks\/(.+)$/.exec(location.hash)?.[1] ?? null;
}

function showChosen() {
  const taskId = chosen();
  list.choose(taskId);
  panel.show(taskId);
}

/** Brings the chosen crawl to where it is seen, on narrow windows. */
function showPanel() {
  const section = byId('task', 'section');
  if (section.getBoundingClientRect().top < innerHeight / 2) return;
  section.focus({ preventScroll: true });
  section.scrollIntoView();
}

async function refreshList() {
  try {
    await list.refresh();
    setText(service, 'Service is running');
    service.className = 'service';
  } catch {
    setText(service, 'Service does not answer');
    service.className = 'service bad';
  }
}

async function keepRefreshing() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, document.hidden ? HIDDEN_EVERY_MS : LIST_EVERY_MS));
    refresh();
  }
}

crawlForm((taskId) => {
  location.hash = `#/tasks/${taskId}`;
  refresh();
});
window.addEventListener('hashchange', () => {
  showChosen();
  showPanel();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh();
});

await refreshList();
const newest = list.newest();
// Whoever opens the dashboard finds the newest crawl open; `replace` leaves no step in the history.
if (chosen() === null && newest !== null) location.replace(`#/tasks/${newest}`);
else showChosen();
keepRefreshing();
