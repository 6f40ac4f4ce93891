import { type Chrome, chromeOf, type FooterColumn } from './chrome.ts';
import { type Crumb, type Html, html, type Page } from './page.ts';

/** The whole document of a page: head, header, main menu, breadcrumb, content and footer. */
export function frame(page: Page): Html {
  const chrome = chromeOf(page.language);
  return html`<!doctype html>
<html lang="${page.language}">
${head(page, chrome)}
<body id="top">
<a class="skip" href="#content">${chrome.labels.skip}</a>
${header(page, chrome)}
${breadcrumb(page, chrome)}
<main id="content" tabindex="-1">
${page.main}
</main>
${footer(chrome)}
</body>
</html>
`;
}

/** What stands in the `title` element: the page's own title, then the name of the site. */
export function fullTitle(page: Page): string {
  const { siteName } = chromeOf(page.language);
  return page.title === siteName ? siteName : `${page.title} · ${siteName}`;
}

function head(page: Page, chrome: Chrome): Html {
  return html`<head>
<meta charset="${chrome.charset}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${fullTitle(page)}</title>
<meta name="description" content="${page.description}">
<link rel="canonical" href="${page.path}">
<link rel="stylesheet" href="/assets/site.css">
<link rel="icon" href="/images/lighthouse.svg" type="image/svg+xml">
${page.head}
</head>`;
}

function header(page: Page, chrome: Chrome): Html {
  const other = chrome.otherLanguage;
  return html`<header class="site-header">
<div class="masthead wrap">
<a class="brand" href="${chrome.home.path}"><img src="/images/lighthouse.svg" alt="" width="40" height="40"><span><strong>${chrome.siteName}</strong> <small>${chrome.tagline}</small></span></a>
<form class="site-search" role="search" action="/search" method="get" accept-charset="utf-8">
<label class="visually-hidden" for="site-q">${chrome.labels.search}</label>
<input id="site-q" name="q" type="search" placeholder="${chrome.labels.search}">
<button type="submit">${chrome.labels.searchButton}</button>
</form>
<a class="language" href="${other.path}" lang="${other.language}" hreflang="${other.language}">${other.label}</a>
</div>
<nav class="main-menu" aria-label="${chrome.labels.mainMenu}">
<ul class="wrap">${chrome.menu.map((entry) => menuEntry(entry, page))}</ul>
</nav>
</header>`;
}

function menuEntry(entry: Crumb, page: Page): Html {
  const current = entry.path === page.path ? html` aria-current="page"` : null;
  const inside = page.above.some((crumb) => crumb.path === entry.path) ? html` class="inside"` : null;
  return html`<li><a href="${entry.path}"${current}${inside}>${entry.label}</a></li>`;
}

function breadcrumb(page: Page, chrome: Chrome): Html | null {
  if (page.path === chrome.home.path) return null;
  const trail = [chrome.home, ...page.above];
  return html`<nav class="breadcrumb wrap" aria-label="${chrome.labels.breadcrumb}">
<ol>${trail.map(({ path, label }) => html`<li><a href="${path}">${label}</a></li>`)}<li aria-current="page">${page.title}</li></ol>
</nav>`;
}

function footer(chrome: Chrome): Html {
  return html`<footer class="site-footer">
<div class="wrap">
${chrome.footer.map(footerColumn)}
<section aria-label="${chrome.siteName}">
<address>${chrome.address.map((line) => html`${line}<br>`)}<a href="tel:+440000555100">+44 0000 555 100</a><br>
<a href="mailto:hello@saltmere.example">hello@saltmere.example</a></address>
<a class="icon-link" href="/contact" aria-label="${chrome.labels.write}"><svg aria-hidden="true" viewBox="0 0 24 24" width="22" height="22"><path d="M3 5h18v14H3z M3 6l9 7 9-7" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/></svg></a>
</section>
</div>
</footer>`;
}

function footerColumn(column: FooterColumn): Html {
  return html`<nav aria-label="${column.heading}">
<h2>${column.heading}</h2>
<ul>${column.links.map(({ path, label }) => html`<li><a href="${path}">${label}</a></li>`)}</ul>
</nav>`;
}
