import { crawlForm } from './crawl-form.js';
import { byId, setText } from './elements.js';
import { throttle } from './live-updates.js';
import { TaskList } from './task-list.js';
import { TaskPanel } from './task-panel.js';

const LIST_EVERY_MS = 3000;
const HIDDEN_EVERY_MS = 30_000;

const service = byId('service', 'p');
const list = new TaskList();
const refresh = throttle(refreshList, 1000);
const panel = new TaskPanel(refresh);

/** @returns {string | null} the id of the task that the address names */
function selectedTask() {
  return /^#\/tasks\/(.+)$/.exec(location.hash)?.[1] ?? null;
}

function showSelected() {
  const taskId = selectedTask();
  list.select(taskId);
  panel.show(taskId);
}

/** Scrolls to the selected crawl where a narrow window hides it. */
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
    setText(service, 'Service unreachable');
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
  showSelected();
  showPanel();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh();
});

await refreshList();
const newest = list.newest();
// The dashboard opens with the newest crawl; `replace` adds no entry to the history.
if (selectedTask() === null && newest !== null) location.replace(`#/tasks/${newest}`);
else showSelected();
keepRefreshing();
