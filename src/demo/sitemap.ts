/** The pages of the main menu, and one that no page links to. */
const SITEMAP_PATHS = ['/', '/hours', '/services', '/catalogue', '/events', '/contact', '/lantern-fund'];

export function robotsText(origin: string): string {
  return `User-agent: *\nDisallow: /staff/\n\nSitemap: ${origin}/sitemap.xml\n`;
}

/** In the form of sitemaps.org, with absolute URLs. */
export function sitemap(origin: string): string {
  const entries = SITEMAP_PATHS.map((path) => `<url><loc>${origin}${path}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('')}</urlset>
`;
}
