import { z } from 'zod';

/** One setting. Its schema turns the text of an environment variable or a flag into the value. */
export interface Setting<T> {
  readonly env: string;
  /** Of the command line, where there is one: `--port`. */
  readonly flag: string | null;
  readonly schema: z.ZodType<T, string>;
  /** Where nothing or an empty text is given. */
  readonly fallback: T;
  /** What a number counts, e.g. `seconds`. */
  readonly unit: string | null;
  /** What values it takes, in words. */
  readonly takes: string;
  /** One line. */
  readonly help: string;
  /** Its value is shown nowhere. */
  readonly secret: boolean;
}

type About = Pick<Setting<unknown>, 'env' | 'help'> &
  Partial<Pick<Setting<unknown>, 'flag' | 'unit' | 'secret'>>;

interface TextRule {
  readonly takes: string;
  readonly pattern: RegExp;
}

const PLAIN = { flag: null, unit: null, secret: false } as const;

/** A whole number between two bounds, both allowed. */
export function integer(about: About & { fallback: number; min: number; max: number }): Setting<number> {
  const { min, max, ...rest } = about;
  const takes = `a whole number from ${min} to ${max}`;
  const schema = z
    .string()
    .regex(/^\d{1,15}$/, `must be ${takes}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be ${takes}`).max(max, `must be ${takes}`));
  return { ...PLAIN, ...rest, schema, takes };
}

/** A number between two bounds, both allowed, with decimals or without; it may be left out. */
export function optionalDecimal(about: About & { min: number; max: number }): Setting<number | null> {
  const { min, max, ...rest } = about;
  const takes = `a number from ${min} to ${max}`;
  const schema = z
    .string()
    .regex(/^\d{1,9}(?:\.\d{1,9})?$/, `must be ${takes}`)
    .transform(Number)
    .pipe(z.number().min(min, `must be ${takes}`).max(max, `must be ${takes}`));
  return { ...PLAIN, ...rest, fallback: null, schema, takes };
}

/** A text that follows a rule. */
export function text(about: About & TextRule & { fallback: string }): Setting<string> {
  const { pattern, ...rest } = about;
  return { ...PLAIN, ...rest, schema: z.string().regex(pattern, `must be ${about.takes}`) };
}

/** A text that may be left out. */
export function optionalText(about: About & TextRule): Setting<string | null> {
  const { pattern, ...rest } = about;
  return { ...PLAIN, ...rest, fallback: null, schema: z.string().regex(pattern, `must be ${about.takes}`) };
}

/** One of a few words. */
export function choice<const T extends string>(
  about: About & { of: readonly T[]; fallback: NoInfer<T> },
): Setting<T> {
  const { of, ...rest } = about;
  const takes = `one of ${of.join(', ')}`;
  return { ...PLAIN, ...rest, takes, schema: z.enum(of, `must be ${takes}`) };
}

/** Texts between commas; `problemOf` says what is wrong with one of them, null if nothing is. */
export function list(
  about: About & { takes: string; problemOf: (entry: string) => string | null },
): Setting<readonly string[]> {
  const { problemOf, ...rest } = about;
  const schema = z
    .string()
    .transform((value) => Object.freeze(value.split(',').map((entry) => entry.trim())))
    .superRefine((entries, context) => {
      for (const problem of entries.map(problemOf)) if (problem !== null) context.addIssue(problem);
    });
  return { ...PLAIN, ...rest, fallback: Object.freeze([]), schema };
}
