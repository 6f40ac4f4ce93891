import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generatedPage } from './generated-page.ts';

/** Serves a made-up site of N pages, each answered after some milliseconds. To be run as a process of its own. */
const [pages = '200', delayMs = '0', textBytes = '4000'] = process.argv.slice(2);

const server = createServer((request, response) => {
  process.send?.({ visit: request.url });
  const page = generatedPage(request.url ?? '/', Number(pages), Number(textBytes));
  const answer = () => {
    if (page === null) response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  };
  setTimeout(answer, Number(delayMs));
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
