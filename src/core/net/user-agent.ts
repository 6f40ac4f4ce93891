/** The product token that robots.txt groups are matched against (RFC 9309 §2.2.1). */
export const PRODUCT_TOKEN = 'Waymark';

/** The `User-Agent` of every request: who is asking, and where to read about it (RFC 9110 §10.1.5). */
export const USER_AGENT = `${PRODUCT_TOKEN}/0.1 (+https://github.com/waymark-map/waymark)`;
