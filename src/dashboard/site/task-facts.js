/** @import { Deliveries, Summaries, Task } from './types.js' */
import { byId, setText } from './elements.js';
import { countWord, numberWord, shortUrl } from './words.js';

/**
 * What became of the summaries and the webhook that a task asked for.
 * @param {Task} task
 */
export function drawTaskFacts(task) {
  byId('summaries', 'section').hidden = task.options.summarize !== true;
  setText(byId('summary-words', 'p'), summaryWords(task));
  byId('webhook', 'section').hidden = task.webhook === null;
  setText(byId('webhook-words', 'p'), webhookWords(task));
  setText(byId('webhook-problem', 'p'), problemWords(task.deliveries));
}

/** @param {Task} task */
function summaryWords({ status, result }) {
  if (result?.summaries !== undefined) return coverageWords(result.summaries);
  if (status === 'in_progress') return 'They are made beside the crawl, and counted at its end.';
  return status === 'completed' ? 'Not counted.' : 'Asked for; counted when the crawl has ended.';
}

/** @param {Summaries} summaries */
function coverageWords({ made, cached, missing, calls, tokens, by }) {
  const counts = `${numberWord(made)} made, ${numberWord(cached)} there already, ${numberWord(missing)} missing`;
  if (by === 'extractive') return `${counts}. Sentences picked from the text, without a model.`;
  return `${counts}. By ${by}: ${countWord(calls, 'call')}, ${countWord(tokens, 'token')}.`;
}

/** @param {Task} task */
function webhookWords({ webhook, deliveries }) {
  if (webhook === null) return '';
  const { url, events, has_secret } = webhook;
  const signed = has_secret ? 'signed' : 'not signed';
  const { delivered = 0, dropped = 0 } = deliveries ?? {};
  const sent = `${countWord(delivered, 'message')} delivered, ${numberWord(dropped)} dropped`;
  return `${shortUrl(url)} is told of ${events.join(', ')} (${signed}). ${sent}.`;
}

/** @param {Deliveries} [deliveries] */
function problemWords(deliveries) {
  if (deliveries === undefined || deliveries.last_error === null) return '';
  const { failures, dropped, last_error } = deliveries;
  if (failures > 1) return `The last ${numberWord(failures)} tries failed: ${last_error}.`;
  return failures === 1 || dropped > 0 ? `The last try failed: ${last_error}.` : '';
}
