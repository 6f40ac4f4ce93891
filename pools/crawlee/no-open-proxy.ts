import { createRequire } from 'node:module';

interface ProxyChain {
  readonly Server: { readonly prototype: { listen: () => Promise<void> } };
}

/**
 * Crawlee 3.18 opens a proxy as soon as it is loaded: on every interface, without a password, leading anywhere that
 * this machine can reach, the services on its loopback included. It stands for a proxy that was not set, and ours
 * always is (`browser-proxy.ts`), so no proxy of Crawlee's may ever listen.
 */
const ofCrawlee = createRequire(import.meta.resolve('crawlee'));
const ofItsBrowsers = createRequire(ofCrawlee.resolve('@crawlee/browser-pool'));
const { Server } = ofItsBrowsers('proxy-chain') as ProxyChain;
Server.prototype.listen = async () => {};
