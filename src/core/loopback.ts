/** 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3) and `localhost` (RFC 6761 §6.3). */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether a host, as written in a setting or in a URL, can be reached from this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}
