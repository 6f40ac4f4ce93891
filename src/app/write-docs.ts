/** Generates the pages of `docs/` that come from tables in the code: `node src/app/write-docs.ts`. */
import { writeFile } from 'node:fs/promises';
import { errorsPage, settingsPage } from '../core/docs/generated-docs.ts';

const DOCS = new URL('../../docs/', import.meta.url);

await writeFile(new URL('settings.md', DOCS), settingsPage());
await writeFile(new URL('errors.md', DOCS), errorsPage());
