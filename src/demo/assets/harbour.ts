/** The mark of the library. */
export const LIGHTHOUSE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">
<circle cx="20" cy="20" r="20" fill="#12394d"/>
<path d="M17 13h6l2.5 17h-11z" fill="#fffaf0"/>
<path d="M16.2 19h7.6l.6 4h-8.8z" fill="#d9583b"/>
<path d="M16 13l4-5 4 5z" fill="#f2b441"/>
<path d="M7 31q3.2-3 6.5 0t6.5 0 6.5 0 6.5 0" fill="none" stroke="#7fc4c0" stroke-width="2"/>
</svg>
`;

/** The library on the quay on a clear evening. */
export const HARBOUR = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 360" width="560" height="360">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1d5069"/><stop offset=".62" stop-color="#f0b98a"/><stop offset="1" stop-color="#f8e2c0"/></linearGradient>
<linearGradient id="sea" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2f7f86"/><stop offset="1" stop-color="#12394d"/></linearGradient>
</defs>
<rect width="560" height="360" fill="url(#sky)"/>
<circle cx="118" cy="196" r="44" fill="#fbe3a4" opacity=".9"/>
<path d="M0 236q70-46 150-30t150-22 130 12 130-10v60H0z" fill="#2c5b63" opacity=".55"/>
<rect y="240" width="560" height="120" fill="url(#sea)"/>
<path d="M250 250h310v34H250z" fill="#7b6450"/>
<path d="M250 250h310v8H250z" fill="#a98c6c"/>
<path d="M300 130h190v122H300z" fill="#fffaf0"/>
<path d="M288 132l107-52 107 52z" fill="#d9583b"/>
<path d="M376 34h40v66h-40z" fill="#fffaf0"/>
<path d="M370 36l26-26 26 26z" fill="#12394d"/>
<rect x="384" y="44" width="24" height="26" rx="3" fill="#f7cf63"/>
<path d="M384 57L196 20v64z" fill="#f7e3a0" opacity=".35"/>
<g fill="#f7cf63"><rect x="316" y="150" width="26" height="34" rx="2"/><rect x="356" y="150" width="26" height="34" rx="2"/><rect x="408" y="150" width="26" height="34" rx="2"/><rect x="448" y="150" width="26" height="34" rx="2"/><rect x="316" y="202" width="26" height="34" rx="2"/><rect x="448" y="202" width="26" height="34" rx="2"/></g>
<path d="M376 252v-46a19 19 0 0 1 38 0v46z" fill="#12394d"/>
<path d="M60 274h120l-18 26H80z" fill="#fffaf0"/>
<path d="M60 274h120l-5 8H65z" fill="#d9583b"/>
<path d="M118 274v-92" stroke="#3d2f25" stroke-width="4"/>
<path d="M122 186l50 80h-50z" fill="#fffaf0"/>
<path d="M114 198l-38 68h38z" fill="#f7ead2"/>
<g fill="none" stroke="#7fc4c0" stroke-width="3" opacity=".6"><path d="M20 318q14-9 28 0t28 0 28 0"/><path d="M220 312q14-9 28 0t28 0 28 0"/><path d="M410 330q14-9 28 0t28 0 28 0"/></g>
<g fill="none" stroke="#12394d" stroke-width="2.5"><path d="M206 96q8-8 14 0 6-8 14 0"/><path d="M250 122q6-6 11 0 5-6 11 0"/></g>
</svg>
`;
