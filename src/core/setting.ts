import { z } from 'zod';

/** One setting. Its schema parses the text of an environment variable or a flag. */
export interface Setting<T> {
  readonly env: string;
  /** Flag of the command line, for example `--port`; null if there is none. */
  readonly flag: string | null;
  readonly schema: z.ZodType<T, string>;
  /** The value if the text is missing or empty. */
  readonly fallback: T;
  /** Unit of a number, for example `seconds`. */
  readonly unit: string | null;
  /** The accepted values in words, for messages: `must be …`. */
  readonly takes: string;
  /** One line of documentation. */
  readonly help: string;
  /** Whether messages and logs must not show the value. */
  readonly secret: boolean;
}

interface Common {
  readonly flag?: string;
  readonly unit?: string;
  readonly secret?: boolean;
}

interface Bounds extends Common {
  readonly min: number;
  readonly max: number;
}

interface TextRule extends Common {
  readonly takes: string;
  readonly pattern: RegExp;
}

/** A whole number from `min` to `max`. */
export function integer(env: string, rule: Bounds & { fallback: number }, help: string): Setting<number> {
  const takes = `a whole number from ${rule.min} to ${rule.max}`;
  const schema = boundedNumber(/^\d{1,15}$/, takes, rule);
  return { ...common(env, rule, help), fallback: rule.fallback, takes, schema };
}

/** A number from `min` to `max`, with or without decimals; null if it is not set. */
export function optionalDecimal(env: string, rule: Bounds, help: string): Setting<number | null> {
  const takes = `a number from ${rule.min} to ${rule.max}`;
  const schema = boundedNumber(/^\d{1,9}(?:\.\d{1,9})?$/, takes, rule);
  return { ...common(env, rule, help), fallback: null, takes, schema };
}

/** A text that matches a pattern. */
export function text(env: string, rule: TextRule & { fallback: string }, help: string): Setting<string> {
  const { fallback, takes, pattern } = rule;
  const schema = z.string().regex(pattern, `must be ${takes}`);
  return { ...common(env, rule, help), fallback, takes, schema };
}

/** A text that matches a pattern; null if it is not set. */
export function optionalText(env: string, rule: TextRule, help: string): Setting<string | null> {
  const { takes, pattern } = rule;
  const schema = z.string().regex(pattern, `must be ${takes}`);
  return { ...common(env, rule, help), fallback: null, takes, schema };
}

/** One of a few words. */
export function choice<const T extends string>(
  env: string,
  rule: Common & { of: readonly T[]; fallback: NoInfer<T> },
  help: string,
): Setting<T> {
  const takes = `one of ${rule.of.join(', ')}`;
  const schema = z.enum(rule.of, `must be ${takes}`);
  return { ...common(env, rule, help), fallback: rule.fallback, takes, schema };
}

/** Texts separated by commas; `problemOf` returns what is wrong with an entry, or null. */
export function list(
  env: string,
  rule: Common & { takes: string; problemOf: (entry: string) => string | null },
  help: string,
): Setting<readonly string[]> {
  const schema = z
    .string()
    .transform((value) => Object.freeze(value.split(',').map((entry) => entry.trim())))
    .superRefine((entries, context) => {
      for (const problem of entries.map(rule.problemOf)) if (problem !== null) context.addIssue(problem);
    });
  return { ...common(env, rule, help), fallback: Object.freeze([]), takes: rule.takes, schema };
}

function boundedNumber(pattern: RegExp, takes: string, { min, max }: Bounds) {
  const message = `must be ${takes}`;
  return z
    .string()
    .regex(pattern, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
}

function common(env: string, rule: Common, help: string) {
  const { flag = null, unit = null, secret = false } = rule;
  return { env, flag, unit, secret, help };
}
