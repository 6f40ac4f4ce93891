/** Crawls of a site whose pages and contents the map keeps; what an older one stored is deleted. */
export const MAX_KEPT_CRAWLS = 30;
/** Pages of an old crawl that are deleted at once; the others follow after later crawls. */
export const MAX_FORGOTTEN_PAGES = 20_000;
/** Lost sections of a page that the map keeps, those seen last. */
export const MAX_LOST_SECTIONS = 300;
/** Pages that are further from the root than this keep the depth at which they were found. */
export const MAX_CLICK_DEPTH = 10_000;
/** URLs whose numbers a writer caches: menus lead to the same ones from every page. */
export const MAX_CACHED_URLS = 20_000;
