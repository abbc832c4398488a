/** Codings in which a built file may lie beside itself, the smallest first, and how its name ends then. */
export const CODINGS = { br: '.br', gzip: '.gz' } as const;
export type Coding = keyof typeof CODINGS;

/**
 * The coding to answer in (RFC 9110 §12.5.3): the smallest of those at hand that the client takes at all; which it would
 * rather have, it does not know better. `undefined`: as it is.
 */
export function negotiateEncoding(
  header: string | null,
  atHand: ReadonlySet<Coding> | undefined,
): Coding | undefined {
  if (header === null || atHand === undefined) return undefined;
  const taken = new Map<string, boolean>();
  for (const element of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = element.split(';').map((part) => part.trim());
    taken.set(name, !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)));
  }
  const takes = (coding: Coding) => taken.get(coding) ?? taken.get('*') ?? false;
  return (Object.keys(CODINGS) as Coding[]).find((coding) => atHand.has(coding) && takes(coding));
}
