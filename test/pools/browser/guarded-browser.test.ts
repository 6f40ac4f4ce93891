import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Browser } from 'playwright';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BrowserProxy, startBrowserProxy } from '../../../pools/browser/browser-proxy.ts';
import { GuardedLookup } from '../../../pools/net/guarded-lookup.ts';
import { AccessPolicy } from '../../../src/core/net/access-policy.ts';
import { type Loopback, serve } from '../net/loopback.ts';
import { launchBehind } from './test-browser.ts';

interface Setting {
  readonly site: Loopback;
  readonly proxy: BrowserProxy;
  readonly browser: Browser;
}

async function setUp(listener: RequestListener): Promise<Setting> {
  const site = await serve(listener);
  const lookup = new GuardedLookup({ policy: new AccessPolicy([`127.0.0.1:${site.port}`]) });
  const proxy = await startBrowserProxy({ lookup });
  onTestFinished(() => proxy.close());
  return { site, proxy, browser: await launchBehind(proxy) };
}

function servesPage(html: string): RequestListener {
  return (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html);
}

/** Tries every way of a page to reach `origin`; its title lists those that have not ended yet. */
const intrusivePage = (origin: string, udpPort: number) => `<!DOCTYPE html>
<title>begins</title>
<link rel=preconnect href="${origin}"><link rel=dns-prefetch href="${origin}"><link rel=prefetch href="${origin}/p">
<script>
  const open = new Set(['img', 'iframe', 'script', 'link', 'fetch', 'keepalive', 'socket', 'events', 'worker', 'peer']);
  const ended = (way) => { open.delete(way); document.title = [...open].join(); };
  const by = (tag, attributes) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.onload = element.onerror = () => ended(tag);
    document.documentElement.append(element);
  };
  by('img', { src: '${origin}/image' });
  by('iframe', { src: '${origin}/frame' });
  by('script', { src: '${origin}/script' });
  by('link', { rel: 'stylesheet', href: '${origin}/style' });
  fetch('${origin}/fetch', { mode: 'no-cors' }).finally(() => ended('fetch'));
  fetch('${origin}/alive', { mode: 'no-cors', keepalive: true }).finally(() => ended('keepalive'));
  navigator.sendBeacon('${origin}/beacon', 'x');
  new WebSocket('${origin.replace('http', 'ws')}/socket').onerror = () => ended('socket');
  new EventSource('${origin}/events').onerror = () => ended('events');
  const code = "fetch('${origin}/worker', { mode: 'no-cors' }).finally(() => postMessage(1))";
  new Worker(URL.createObjectURL(new Blob([code]))).onmessage = () => ended('worker');
  const peer = new RTCPeerConnection({ iceServers: [
    { urls: 'stun:127.0.0.1:${udpPort}' },
    { urls: '${origin.replace('http://', 'turn:')}?transport=tcp', username: 'u', credential: 'c' },
  ] });
  peer.createDataChannel('x');
  peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === 'complete') ended('peer'); };
  peer.createOffer().then((offer) => peer.setLocalDescription(offer));
</script>`;

describe('a browser behind the proxy', () => {
  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])(
    'reaches nothing at %s that is not exempt, by no way that a page has',
    { timeout: 40_000 },
    async (host) => {
      const secret = await serve((_, response) => response.end('secret'));
      const udp = createSocket('udp4').bind(0, '127.0.0.1');
      onTestFinished(() => void udp.close());
      let datagrams = 0;
      udp.on('message', () => {
        datagrams += 1;
      });
      await once(udp, 'listening');
      const html = intrusivePage(`http://${host}:${secret.port}`, udp.address().port);
      const { site, browser } = await setUp(servesPage(html));
      const page = await browser.newPage();
      await page.goto(site.origin);
      await expect.poll(() => page.title(), { timeout: 30_000 }).toBe('');
      expect([secret.connections(), datagrams]).toEqual([0, 0]);
    },
  );

  it('is distinguished from a website that responds 502', { timeout: 30_000 }, async () => {
    const secret = await serve((_, response) => response.end('secret'));
    const { site, proxy, browser } = await setUp((request, response) => {
      if (request.url === '/')
        response.writeHead(302, { location: `http://localhost:${secret.port}/` }).end();
      else response.writeHead(502).end();
    });
    const page = await browser.newPage();
    const refused = await page.goto(site.origin);
    expect(refused?.headers()['x-waymark-failure']).toBe('address-refused');
    expect(proxy.failureOf(refused?.url() ?? '')?.reason).toBe('address-refused');
    const answered = await page.goto(`${site.origin}/502`);
    expect(answered?.headers()).not.toHaveProperty('x-waymark-failure');
    expect(secret.connections()).toBe(0);
  });

  it('reports why a page cannot be loaded over TLS', { timeout: 30_000 }, async () => {
    const secret = await serve(() => {});
    const { proxy, browser } = await setUp(() => {});
    const page = await browser.newPage();
    const url = `https://localhost:${secret.port}/`;
    await expect(page.goto(url)).rejects.toThrow('ERR_TUNNEL_CONNECTION_FAILED');
    expect(proxy.failureOf(url)?.reason).toBe('address-refused');
    await expect(page.goto('https://no-such-host.invalid/')).rejects.toThrow('ERR_TUNNEL_CONNECTION_FAILED');
    expect(proxy.failureOf('https://no-such-host.invalid/')?.reason).toBe('dns');
    expect(secret.connections()).toBe(0);
  });

  it('can use the WebSockets of a site', { timeout: 30_000 }, async () => {
    const html = `<script>
      new WebSocket('ws://' + location.host).onopen = () => { document.title = 'open'; };
    </script>`;
    const { site, browser } = await setUp(servesPage(html));
    site.server.on('upgrade', ({ headers }, socket) => {
      // RFC 6455 §4.2.2
      const accept = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
      const hash = createHash('sha1').update(accept).digest('base64');
      const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
      socket.write([...head, `Sec-WebSocket-Accept: ${hash}`, '', ''].join('\r\n'));
    });
    const page = await browser.newPage();
    await page.goto(site.origin);
    await page.waitForFunction("document.title === 'open'", null, { timeout: 20_000 });
  });
});
