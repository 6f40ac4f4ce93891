/** The part of a JSON schema that the reference page shows. */
export interface SchemaShape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: SchemaShape;
  readonly properties?: Readonly<Record<string, SchemaShape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaShape | boolean;
  readonly anyOf?: readonly SchemaShape[];
  readonly oneOf?: readonly SchemaShape[];
  readonly allOf?: readonly SchemaShape[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
}

const MAX_SHOWN_ENUM = 12;

/** A part of a type's description; `schema` names the component that it links to. */
interface TypeWord {
  readonly text: string;
  readonly schema?: string;
}

/** Describes a type: `list of Section`, `whole number or null`. */
export function typeWords(shape: SchemaShape): readonly TypeWord[] {
  if (shape.$ref !== undefined) return [refWord(shape.$ref)];
  const either = shape.anyOf ?? shape.oneOf ?? shape.allOf;
  if (either !== undefined) return joined(either.filter(hasType).map(typeWords));
  if (shape.const !== undefined) return [{ text: JSON.stringify(shape.const) }];
  if (shape.enum !== undefined) return [{ text: enumText(shape.enum) }];
  const types = typeof shape.type === 'string' ? [shape.type] : (shape.type ?? ['any']);
  return joined(types.map((type) => plainType(type, shape)));
}

/** Describes the bounds of a number; empty if it has none. */
export function boundsOf({ minimum, maximum }: SchemaShape): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `from ${minimum}`;
  return maximum === undefined ? '' : `to ${maximum}`;
}

function plainType(type: string, shape: SchemaShape): readonly TypeWord[] {
  if (type === 'array') return [{ text: 'list of ' }, ...typeWords(shape.items ?? {})];
  if (type === 'integer') return [{ text: 'whole number' }];
  if (type === 'object' && typeof shape.additionalProperties === 'object') {
    return [{ text: 'names to ' }, ...typeWords(shape.additionalProperties)];
  }
  if (type === 'object' && shape.properties !== undefined) {
    return [{ text: `object of ${Object.keys(shape.properties).join(', ')}` }];
  }
  return [{ text: shape.format === 'date-time' ? 'time (RFC 3339)' : type }];
}

function refWord(ref: string): TypeWord {
  const schema = ref.slice(ref.lastIndexOf('/') + 1);
  return { text: schema, schema };
}

/** Skips members of an `allOf` that have a description only. */
function hasType(shape: SchemaShape): boolean {
  return (
    shape.$ref !== undefined ||
    shape.type !== undefined ||
    shape.enum !== undefined ||
    shape.anyOf !== undefined
  );
}

function enumText(values: readonly unknown[]): string {
  const shown = values.slice(0, MAX_SHOWN_ENUM).map(String).join(' | ');
  return values.length > MAX_SHOWN_ENUM ? `${shown} | …` : shown;
}

function joined(parts: readonly (readonly TypeWord[])[]): readonly TypeWord[] {
  return parts.flatMap((part, index) => (index === 0 ? part : [{ text: ' or ' }, ...part]));
}
