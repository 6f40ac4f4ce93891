const PLAIN = /^\p{L}[\p{L}\p{N}_.:-]{0,79}$/u;
const GENERATED = /\d{4,}|(?=[a-f]*\d)[a-f\d]{8,}/i;

/** Whether an id was given by a person: no counter and no hash, which change from build to build. */
export function isStableId(id: string): boolean {
  return PLAIN.test(id) && !GENERATED.test(id);
}
