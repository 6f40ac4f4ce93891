export interface StreamedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events of a task after an id ('' for all), until `enough` returns true or the stream ends. Rejects after `ms`. */
export async function readEvents(
  origin: string,
  taskId: string,
  afterId: string,
  enough: (events: readonly StreamedEvent[]) => boolean,
  ms = 60_000,
): Promise<readonly StreamedEvent[]> {
  const events: StreamedEvent[] = [];
  const stop = new AbortController();
  const response = await fetch(`${origin}/api/v1/tasks/${taskId}/events`, {
    headers: afterId === '' ? {} : { 'last-event-id': afterId },
    signal: AbortSignal.any([AbortSignal.timeout(ms), stop.signal]),
  });
  if (response.status !== 200) throw new Error(`the stream returned ${response.status}`);
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    events.push(...blocks.flatMap(eventOf));
    if (enough(events)) break;
  }
  stop.abort();
  return events;
}

function eventOf(block: string): readonly StreamedEvent[] {
  const fields = new Map(
    block.split('\n').map((line) => {
      const [name = '', ...rest] = line.split(': ');
      return [name, rest.join(': ')];
    }),
  );
  const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
  return id === undefined || event === undefined || data === undefined
    ? []
    : [{ id, event, data: JSON.parse(data) as StreamedEvent['data'] }];
}
