import { createRequire } from 'node:module';

interface ProxyChain {
  readonly Server: { readonly prototype: { listen: () => Promise<void> } };
}

/**
 * Crawlee 3.18 opens a proxy when it loads: on every interface, without a password, with access to everything that this
 * machine can reach, the services on its loopback included. Crawlee uses it where no proxy is set. Waymark always sets
 * one (`browser-proxy.ts`), so this makes `listen` do nothing.
 */
const ofCrawlee = createRequire(import.meta.resolve('crawlee'));
const ofItsBrowsers = createRequire(ofCrawlee.resolve('@crawlee/browser-pool'));
const { Server } = ofItsBrowsers('proxy-chain') as ProxyChain;
Server.prototype.listen = async () => {};
