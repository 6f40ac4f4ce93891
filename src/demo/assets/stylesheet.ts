/** The one stylesheet of the demo site. */
export const STYLESHEET = `:root {
  --ink: #17303c;
  --muted: #516872;
  --deep: #12394d;
  --sea: #1c6f78;
  --foam: #e3f0ef;
  --sand: #fbf6ec;
  --paper: #fffdf8;
  --line: #e2d8c5;
  --coral: #b8432a;
  --lamp: #f2b441;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif;
  --radius: 0.75rem;
}

*, *::before, *::after { box-sizing: border-box; }

html { scroll-behavior: smooth; }

body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  background: var(--sand);
  color: var(--ink);
  font: 1.0625rem/1.65 var(--sans);
}

img { max-width: 100%; height: auto; }

a { color: var(--sea); text-underline-offset: 0.18em; }
a:hover { color: var(--coral); }

:focus-visible { outline: 3px solid var(--lamp); outline-offset: 3px; border-radius: 0.2rem; }

h1, h2, h3 { font-family: var(--serif); line-height: 1.2; color: var(--deep); text-wrap: balance; }
h1 { font-size: clamp(2rem, 1.5rem + 2.2vw, 3rem); margin: 0 0 1rem; }
h2 { font-size: 1.5rem; margin: 0 0 0.75rem; }
h3 { font-size: 1.2rem; margin: 0 0 0.5rem; }

.wrap { width: min(72rem, 100% - 2.5rem); margin-inline: auto; }

.lead { font-size: 1.2rem; color: var(--muted); max-width: 42rem; margin: 0 0 2rem; }

.kicker {
  margin: 0 0 0.4rem;
  color: var(--coral);
  font-size: 0.8rem;
  font-weight: 600;
  letter-spacing: 0.06em;
  text-transform: uppercase;
}

.skip { position: absolute; left: 1rem; top: -4rem; background: var(--lamp); color: var(--deep); padding: 0.6rem 1rem; z-index: 2; }
.skip:focus { top: 1rem; }

.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

/* Header */

.site-header { background: var(--paper); border-bottom: 1px solid var(--line); }

.masthead { display: flex; flex-wrap: wrap; align-items: center; gap: 1rem 1.5rem; padding-block: 1rem; }

.brand { display: flex; align-items: center; gap: 0.8rem; margin-right: auto; color: var(--deep); text-decoration: none; }
.brand strong { display: block; font: 600 1.3rem/1.15 var(--serif); }
.brand small { color: var(--muted); }

.site-search { display: flex; }
.site-search input { border-radius: 2rem 0 0 2rem; width: 13rem; }
.site-search button { border-radius: 0 2rem 2rem 0; }

.language { font-weight: 600; text-decoration: none; }

.main-menu { background: var(--deep); }
.main-menu ul { display: flex; flex-wrap: wrap; gap: 0 0.25rem; translate: -1rem; list-style: none; margin-block: 0; padding: 0; }
.main-menu a { display: block; padding: 0.8rem 1rem; color: #fff; text-decoration: none; border-bottom: 3px solid transparent; }
.main-menu a:hover { background: #1d5069; color: #fff; }
.main-menu a[aria-current], .main-menu a.inside { border-bottom-color: var(--lamp); }

.breadcrumb { padding-top: 1.25rem; font-size: 0.9rem; }
.breadcrumb ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; color: var(--muted); }
.breadcrumb li + li::before { content: "›"; margin-inline: 0.6rem; color: var(--coral); }

/* Content */

main { flex: 1; padding-block: 1.75rem 4rem; }
main:has(.hero) { padding-top: 0; }
main:focus { outline: none; }

.with-aside { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 2.5rem 3.5rem; align-items: start; }

main section { scroll-margin-top: 1rem; }
article > section, main .wrap > section { margin-top: 2.5rem; }
article p, article li { max-width: 42rem; }

.side { background: var(--foam); border-radius: var(--radius); padding: 1.4rem; font-size: 0.95rem; }
.side h2 { font-size: 1.05rem; margin: 0 0 0.4rem; }
.side * + h2 { margin-top: 1.25rem; }
.side ul { margin: 0; padding-left: 1.1rem; }
.side p { margin: 0; }
dl { margin: 0; }
dt { color: var(--muted); font-size: 0.9rem; }
dd { margin: 0 0 0.5rem; font-weight: 600; }

.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.5rem; align-items: baseline; }
.facts dd { margin: 0; }

.hero { background: linear-gradient(120deg, var(--foam), var(--sand) 70%); border-bottom: 1px solid var(--line); }
.hero .wrap { display: grid; grid-template-columns: 1.1fr 1fr; gap: 3rem; align-items: center; padding-block: 3rem; }
.hero img { display: block; border-radius: calc(var(--radius) * 1.5); box-shadow: 0 1.2rem 2.5rem rgb(18 57 77 / 22%); }

.button, button {
  display: inline-block;
  padding: 0.65rem 1.3rem;
  border: 1px solid var(--sea);
  border-radius: 2rem;
  background: var(--sea);
  color: #fff;
  font: 600 1rem/1.3 var(--sans);
  text-decoration: none;
  cursor: pointer;
}
.button:hover, button:hover { background: var(--deep); border-color: var(--deep); color: #fff; }
.button.quiet { background: transparent; color: var(--sea); }
.button.quiet:hover { background: #fff; color: var(--deep); }
.actions { display: flex; flex-wrap: wrap; gap: 0.8rem; margin: 0; }

.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 1.25rem; margin: 1rem 0; padding: 0; list-style: none; }
.card { position: relative; background: var(--paper); border: 1px solid var(--line); border-top: 4px solid var(--sea); border-radius: var(--radius); padding: 1.4rem; transition: box-shadow 0.2s, translate 0.2s; }
.card:hover { box-shadow: 0 0.6rem 1.4rem rgb(18 57 77 / 12%); translate: 0 -2px; }
.card h2, .card h3 { font-size: 1.25rem; margin: 0 0 0.5rem; }
.card h2 a, .card h3 a { color: var(--deep); text-decoration: none; }
.card h2 a::after, .card h3 a::after { content: ""; position: absolute; inset: 0; }
.card p:last-child { margin: 0; color: var(--muted); }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(10.5rem, 100%), 1fr)); gap: 1rem; }
.tiles div { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem 1.2rem; }
.tiles dd { margin: 0; font: 600 1.2rem/1.4 var(--serif); color: var(--deep); }

.table-box { overflow-x: auto; border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0.9rem 1rem 0.4rem; font-weight: 600; color: var(--muted); }
th, td { padding: 0.65rem 1rem; text-align: left; white-space: nowrap; border-top: 1px solid var(--line); }
thead th { border-top: 0; font-size: 0.9rem; color: var(--muted); }
tbody th { font-weight: 600; color: var(--deep); }
tbody tr:hover { background: var(--foam); }

.board { margin: 0; padding: 0; list-style: none; }
.board li { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1.5rem; padding: 1.1rem 0; border-top: 1px solid var(--line); }
.board time { color: var(--muted); font-size: 0.95rem; grid-row: span 2; padding-top: 0.2rem; }
.board h2 { font-size: 1.2rem; margin: 0 0 0.25rem; }
.board p { margin: 0; color: var(--muted); }

.pagination { margin-top: 2rem; }
.pagination ul { display: flex; flex-wrap: wrap; gap: 0.4rem; list-style: none; margin: 0; padding: 0; }
.pagination a { display: block; min-width: 2.6rem; padding: 0.4rem 0.7rem; text-align: center; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--paper); text-decoration: none; }
.pagination a:hover { border-color: var(--sea); }
.pagination a[aria-current] { background: var(--deep); border-color: var(--deep); color: #fff; }

.book { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 3rem; align-items: start; }
.cover { aspect-ratio: 2 / 3; display: flex; flex-direction: column; justify-content: space-between; padding: 1.4rem 1.2rem 1.4rem 1.8rem; border-radius: 0.3rem 0.7rem 0.7rem 0.3rem; background: linear-gradient(90deg, #0c2a39 0.6rem, transparent 0.6rem), linear-gradient(120deg, var(--deep), var(--sea)); color: #fffaf0; box-shadow: 0 0.8rem 1.6rem rgb(18 57 77 / 30%); font: 600 1.5rem/1.2 var(--serif); }
.cover small { font-size: 1rem; font-weight: 400; color: var(--lamp); }

blockquote { margin: 0; padding-left: 1.2rem; border-left: 4px solid var(--lamp); font: italic 1.15rem/1.6 var(--serif); }
.plan-box { overflow-x: auto; }
.plan { max-width: none; border-radius: var(--radius); }
.hint { background: #fff3d6; border-left: 4px solid var(--lamp); padding: 1rem 1.2rem; }

details { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 0.9rem 1.2rem; margin-bottom: 0.75rem; }
summary { cursor: pointer; font-weight: 600; }
details p { margin: 0.6rem 0 0; }

/* Forms */

.panel { display: grid; gap: 1.1rem; max-width: 42rem; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.6rem; }
.panel button { justify-self: start; }
.field { display: grid; gap: 0.3rem; }
label, legend { font-weight: 600; }
fieldset { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.8rem 1rem; }
fieldset label { display: inline-block; margin-right: 1.5rem; font-weight: 400; }
input, select, textarea { font: inherit; color: inherit; padding: 0.55rem 0.8rem; border: 1px solid #9aa9a9; border-radius: 0.5rem; background: #fff; }
input[type="radio"] { accent-color: var(--sea); }

/* Footer */

.site-footer { background: var(--deep); color: #d6e4e6; padding-block: 2.5rem; }
.site-footer .wrap { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); gap: 2rem; }
.site-footer h2 { color: #fff; font-size: 1.1rem; }
.site-footer ul { list-style: none; margin: 0; padding: 0; }
.site-footer li { margin-bottom: 0.3rem; }
.site-footer a { color: #bfe3e0; }
.site-footer a:hover { color: var(--lamp); }
.site-footer address { font-style: normal; }
.icon-link { display: inline-block; margin-top: 0.8rem; }

@media (max-width: 50rem) {
  .with-aside, .hero .wrap { grid-template-columns: minmax(0, 1fr); }
  .hero .wrap { padding-block: 2rem; gap: 2rem; }
  .book { grid-template-columns: minmax(0, 1fr); gap: 2rem; }
  .cover { width: 10rem; font-size: 1.2rem; }
  .board li { grid-template-columns: 1fr; }
  .site-search { order: 3; flex: 1 0 100%; }
  .site-search input { flex: 1; width: auto; min-width: 0; }
  .main-menu ul { translate: -0.7rem; }
  .main-menu a { padding: 0.5rem 0.7rem; }
}

@media (prefers-reduced-motion: reduce) {
  html { scroll-behavior: auto; }
  .card { transition: none; }
  .card:hover { translate: none; }
}
`;
