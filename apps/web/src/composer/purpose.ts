import type { Draft, Seq } from '@maru/protocol';

/** What becomes of what is written: a message, an answer to one, or another text of one's own message. */
export type Purpose =
  | { readonly kind: 'message' }
  | { readonly kind: 'reply'; readonly seq: Seq }
  | { readonly kind: 'edit'; readonly seq: Seq };

/** As a draft says it. */
export function purposeOf(draft: Draft | undefined): Purpose {
  if (draft?.editOf !== undefined) return { kind: 'edit', seq: draft.editOf };
  return draft?.replyTo === undefined ? { kind: 'message' } : { kind: 'reply', seq: draft.replyTo };
}

/** What is kept of what is being written; `undefined`: there is nothing. */
export function draftOf(text: string, purpose: Purpose): Draft | undefined {
  if (text.trim() === '') return undefined;
  switch (purpose.kind) {
    case 'message':
      return { text };
    case 'reply':
      return { text, replyTo: purpose.seq };
    case 'edit':
      return { text, editOf: purpose.seq };
  }
}
