/** The product token that the groups of a robots.txt name (RFC 9309 §2.2.1). */
export const PRODUCT_TOKEN = 'Waymark';

/** The `User-Agent` of every request, with a URL that describes the crawler (RFC 9110 §10.1.5). */
export const USER_AGENT = `${PRODUCT_TOKEN}/0.1 (+https://github.com/waymark-map/waymark)`;
