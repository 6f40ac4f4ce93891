import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { CLOSE, failureReply, OPENING, type ReplyMessage } from '../../core/thread-calls.ts';
import { Neo4jGraphStore } from './graph-store.ts';
import type { Neo4j } from './neo4j.ts';
import { type Neo4jAddress, openNeo4j } from './open-neo4j.ts';
import { type CallMessage, GRAPH_METHODS } from './thread-messages.ts';

/** How long calls that still run may take to end, in milliseconds. */
const DRAIN_MS = 5000;

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * The driver notes the call stack of every statement, which takes a tenth of its time. Only codes and messages of errors
 * leave this thread.
 */
Error.stackTraceLimit = 0;

const port = parentPort;
if (port === null) throw new Error('the client of Neo4j runs on a worker thread');

const running = new Set<Promise<void>>();

function answer(message: ReplyMessage): void {
  port?.postMessage(message);
}

function callsOf(neo4j: Neo4j): ReadonlyMap<string, Call> {
  const graph = new Neo4jGraphStore(neo4j);
  const calls = new Map<string, Call>([
    ['ping', () => neo4j.ping()],
    ['id', () => neo4j.id()],
  ]);
  for (const method of GRAPH_METHODS) {
    const call: unknown = Reflect.get(graph, method);
    if (typeof call === 'function') calls.set(method, (...args) => Reflect.apply(call, graph, args));
  }
  return calls;
}

async function serve(call: Call | undefined, { id, method, args }: CallMessage): Promise<void> {
  try {
    if (call === undefined) throw new Error(`there is no ${method}`);
    answer({ id, ok: true, value: await call(...args) });
  } catch (error) {
    answer(failureReply(id, error));
  }
}

/** A call of the driver whose connection is closed may never end: the thread does. */
async function close(neo4j: Neo4j): Promise<void> {
  await Promise.race([Promise.all(running), setTimeout(DRAIN_MS)]);
  await Promise.race([neo4j.close(), setTimeout(DRAIN_MS)]);
  process.exit();
}

try {
  const neo4j = await openNeo4j(workerData as Neo4jAddress);
  const calls = callsOf(neo4j);
  port.on('message', (message: CallMessage | typeof CLOSE) => {
    if (message === CLOSE) return void close(neo4j);
    const served = serve(calls.get(message.method), message).finally(() => running.delete(served));
    running.add(served);
  });
  answer({ id: OPENING, ok: true, value: null });
} catch (error) {
  answer(failureReply(OPENING, error));
}
