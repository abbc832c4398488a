import { type DownFrame, downFrame } from '@maru/protocol';

export type ParsedFrame =
  | { readonly kind: 'frame'; readonly frame: DownFrame }
  /** Of a later version: passed over. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable'; readonly cause: unknown };

const UNKNOWN: ParsedFrame = { kind: 'unknown' };
const KINDS = new Set<unknown>(downFrame.options.flatMap((option) => [...option.shape.kind.values]));

/** Reads a server's frame, once, at the edge (`[WIRE2]`: kinds and fields that aren't known are ignored). */
export function parseFrame(text: string): ParsedFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    return { kind: 'unreadable', cause };
  }
  if (typeof json !== 'object' || json === null || !('kind' in json)) {
    return { kind: 'unreadable', cause: new Error('not an object with a kind') };
  }
  if (!KINDS.has(json.kind)) return UNKNOWN;
  const parsed = downFrame.safeParse(json);
  return parsed.success ? { kind: 'frame', frame: parsed.data } : { kind: 'unreadable', cause: parsed.error };
}
