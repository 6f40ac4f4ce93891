import { hash } from 'node:crypto';
import type { Claim, DiscoveredBy, Discovery, Outcome } from '../../model/frontier-url.ts';
import type { PageIdentity } from '../../ports/frontier.ts';

/** Ways of discovery by the number that a record holds. Known to `shared/discover.lua`. */
export const DISCOVERED_BY: readonly DiscoveredBy[] = ['seed', 'link', 'sitemap', 'redirect', 'board'];

/** The first two arguments of a command: JSON, and the digests that it names by number. */
export type Message = readonly [json: string, digests: Buffer];

export function discoveriesMessage(discoveries: readonly Discovery[]): Message {
  return message((digests) => discoveries.map((found) => discovery(digests, found)));
}

export function claimsMessage(claims: readonly Claim[]): Message {
  return message((digests) => claims.map((held) => claim(digests, held)));
}

export function outcomesMessage(outcomes: readonly Outcome[]): Message {
  return message((digests) =>
    outcomes.map((outcome) => ({
      kind: outcome.kind,
      claim: claim(digests, outcome.claim),
      ...outcomeFields(digests, outcome),
    })),
  );
}

export function identitiesMessage(pages: readonly PageIdentity[]): Message {
  return message((digests) =>
    pages.map(({ url, looseKey, contentHash }) => [
      digests.number(`${contentHash} ${looseKey}`),
      digests.number(url),
      url,
    ]),
  );
}

function message(content: (digests: DigestTable) => unknown): Message {
  const digests = new DigestTable();
  const json = JSON.stringify(content(digests));
  return [json, digests.toBuffer()];
}

function discovery(digests: DigestTable, found: Discovery): readonly unknown[] {
  return [
    digests.number(found.url),
    found.url,
    found.host,
    found.depth,
    DISCOVERED_BY.indexOf(found.by),
    found.foundOn === null ? -1 : digests.number(found.foundOn),
    found.skip ?? '',
    ...(found.spelling === undefined ? [] : [found.spelling]),
  ];
}

function claim(digests: DigestTable, { url, lease }: Claim): readonly [number, string] {
  return [digests.number(url), lease];
}

/** What a kind of outcome has beside its claim. Lua takes no null: what there is not is left out. */
function outcomeFields(digests: DigestTable, outcome: Outcome): object {
  switch (outcome.kind) {
    case 'done':
      return {
        depth: outcome.claim.depth,
        final: finalPage(digests, outcome),
        links: outcome.links.map((found) => discovery(digests, found)),
      };
    case 'skipped':
      return {
        reason: outcome.reason,
        target: outcome.target ?? undefined,
        spellings: outcome.claim.spellings?.length ?? 1,
      };
    case 'failed':
      return {
        reason: outcome.reason,
        detail: outcome.detail ?? undefined,
        status: outcome.status ?? undefined,
      };
    case 'retry': {
      const { reason, detail, notBefore } = outcome;
      return { reason, detail: detail ?? undefined, notBefore };
    }
  }
}

/** What was loaded, if it is not what was claimed. */
function finalPage(
  digests: DigestTable,
  { claim: { url }, finalUrl, finalHost }: Outcome & { readonly kind: 'done' },
): readonly unknown[] | undefined {
  return finalUrl === url ? undefined : [digests.number(finalUrl), finalUrl, finalHost];
}

/** Two of a million texts have the same digest with a chance of 1 in 10²². Known to `shared/records.lua`. */
const DIGEST_BYTES = 14;

/** Digests of the texts that one command names: it names each by the number that it has here. */
class DigestTable {
  readonly #numbers = new Map<string, number>();

  /** The number of this text, from 0. */
  number(text: string): number {
    const number = this.#numbers.get(text);
    if (number !== undefined) return number;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** All digests, one after the other. */
  toBuffer(): Buffer {
    const bytes = Buffer.alloc(this.#numbers.size * DIGEST_BYTES);
    for (const [text, number] of this.#numbers) {
      hash('sha256', text, 'buffer').copy(bytes, number * DIGEST_BYTES, 0, DIGEST_BYTES);
    }
    return bytes;
  }
}
