import { SummaryError } from '../../core/summaries/summary-error.ts';

/** Bytes of an answer at most, decompressed: a right one has some ten thousand. */
const MAX_BYTES = 2 * 1024 * 1024;

/** `fetch` that follows no redirect, which could take the key elsewhere, and breaks off answers without an end. */
export async function boundedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error' });
  if (response.body === null) return response;
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(atMost(MAX_BYTES)), { status, statusText, headers });
}

function atMost(most: number): TransformStream<Uint8Array, Uint8Array> {
  let taken = 0;
  return new TransformStream({
    transform(chunk, controller) {
      taken += chunk.byteLength;
      if (taken > most)
        controller.error(new SummaryError('unusable', `the answer has more than ${most} bytes`));
      else controller.enqueue(chunk);
    },
  });
}
