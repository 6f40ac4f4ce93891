import ipaddr from 'ipaddr.js';

/**
 * Blocks that the IANA IPv4 Special-Purpose Address Registry (RFC 6890 and its updates) does not list as
 * globally reachable, multicast (RFC 5771), and the withdrawn 6to4 relay (RFC 7526).
 */
const REFUSED_V4 = [
  '0.0.0.0/8', // "this network", RFC 791
  '10.0.0.0/8', // private use, RFC 1918
  '100.64.0.0/10', // shared address space, RFC 6598
  '127.0.0.0/8', // loopback, RFC 1122
  '169.254.0.0/16', // link-local, RFC 3927
  '172.16.0.0/12', // private use, RFC 1918
  '192.0.0.0/24', // IETF protocol assignments, RFC 6890
  '192.0.2.0/24', // documentation, RFC 5737
  '192.88.99.0/24', // 6to4 relay anycast, RFC 7526
  '192.168.0.0/16', // private use, RFC 1918
  '198.18.0.0/15', // benchmarking, RFC 2544
  '198.51.100.0/24', // documentation, RFC 5737
  '203.0.113.0/24', // documentation, RFC 5737
  '224.0.0.0/4', // multicast, RFC 5771
  '240.0.0.0/4', // reserved and limited broadcast, RFC 1112 and RFC 919
].map((block) => ipaddr.IPv4.parseCIDR(block));

/** The only IPv6 block of which global unicast addresses are assigned (RFC 4291 §2.4). */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Blocks within global unicast without public websites. */
const REFUSED_V6 = [
  '2001::/23', // IETF protocol assignments: Teredo, benchmarking, AMT, ORCHIDv2, drone tags; RFC 2928
  '2001:db8::/32', // documentation, RFC 3849
  '3fff::/20', // documentation, RFC 9637
].map((block) => ipaddr.IPv6.parseCIDR(block));

/** Blocks that embed an IPv4 address, and the index of its first byte. */
const TRANSLATED_V6 = [
  { block: ipaddr.IPv6.parseCIDR('64:ff9b::/96'), at: 12 }, // NAT64, RFC 6052 §2.2
  { block: ipaddr.IPv6.parseCIDR('2002::/16'), at: 2 }, // 6to4, RFC 3056 §2
] as const;

/**
 * Whether anyone on the Internet could reach this address, by the IANA special-purpose registries.
 *
 * False for anything but an address (names, zone ids, octal or shortened IPv4), and for IPv4-mapped, IPv4-compatible and
 * local-use NAT64 addresses (64:ff9b:1::/48, RFC 8215). The embedded IPv4 address decides for NAT64 and 6to4.
 */
export function isGloballyRoutable(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return isRoutableV4(ipaddr.IPv4.parse(address));
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return false;
  return isRoutableV6(ipaddr.IPv6.parse(address));
}

function isRoutableV4(address: ipaddr.IPv4): boolean {
  return !REFUSED_V4.some((block) => address.match(block));
}

function isRoutableV6(address: ipaddr.IPv6): boolean {
  const translated = TRANSLATED_V6.find(({ block }) => address.match(block));
  if (translated) {
    return isRoutableV4(new ipaddr.IPv4(address.toByteArray().slice(translated.at, translated.at + 4)));
  }
  return address.match(GLOBAL_UNICAST_V6) && !REFUSED_V6.some((block) => address.match(block));
}

/** 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3) and `localhost` (RFC 6761 §6.3). */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Whether a host, as written in a setting or in a URL, can be reached from this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}
