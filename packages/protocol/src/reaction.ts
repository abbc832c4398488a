/** What people put on a message in one sign, and how it is counted: the same on both sides. */
import * as z from 'zod';
import { seq } from './ids.ts';
import { REACTION_BYTES_MAX } from './limits.ts';

const EMOJI = /^\p{RGI_Emoji}$/v;
/** Drawn as text unless U+FE0F follows, or a skin tone. */
const TEXT_BY_DEFAULT = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu;

/**
 * A reaction as it is kept: exactly one emoji, of any sequence that Unicode recommends (families, flags, keycaps, skin
 * tones), in its fully-qualified form (UTS #51, ED-18), so that one that was written without its U+FE0F is no other
 * kind. `undefined`: it is none.
 */
export function reactionOf(text: string): string | undefined {
  if (text.length > REACTION_BYTES_MAX) return undefined;
  const qualified = text.replaceAll('\ufe0f', '').replace(TEXT_BY_DEFAULT, '$&\ufe0f');
  if (!EMOJI.test(qualified)) return undefined;
  return new TextEncoder().encode(qualified).length <= REACTION_BYTES_MAX ? qualified : undefined;
}

/** What a command may put on a message. */
export const reaction = z
  .string()
  .max(REACTION_BYTES_MAX)
  .transform((text) => reactionOf(text) ?? '')
  .refine((emoji) => emoji !== '', { message: 'must be exactly one emoji' });

/** One kind of reaction to a message, and by how many people. */
export const reactionCount = z.object({
  reaction: z.string(),
  count: z.int().min(1),
  /** Whether the reader is one of them. */
  mine: z.boolean(),
});
export type ReactionCount = z.infer<typeof reactionCount>;

/** What stands on a message. */
export const reactions = z.object({
  /** The newest reaction that is counted in, or was taken off: one up to here changes nothing any more. */
  seq,
  kinds: z.array(reactionCount),
});
export type Reactions = z.infer<typeof reactions>;

/** One person puts a kind of reaction on, or takes it off: what the log says, where each was the other before. */
export interface ReactionStep {
  readonly reaction: string;
  readonly on: boolean;
  readonly mine: boolean;
}

/** The kinds after a step: what most put on stands first, and of two alike the lesser text, whatever came first. */
export function withReaction(kinds: readonly ReactionCount[], step: ReactionStep): ReactionCount[] {
  const { reaction: kind, on, mine } = step;
  const known = kinds.find((one) => one.reaction === kind);
  const others = kinds.filter((one) => one !== known);
  const count = (known?.count ?? 0) + (on ? 1 : -1);
  if (count <= 0) return others;
  const changed = { reaction: kind, count, mine: mine ? on : (known?.mine ?? false) };
  return [...others, changed].sort((a, b) => b.count - a.count || (a.reaction < b.reaction ? -1 : 1));
}
