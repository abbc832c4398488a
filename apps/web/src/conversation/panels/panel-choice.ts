import type { Message } from '@maru/client';

/** Something about one message. */
export interface MessagePanelChoice {
  readonly kind: 'forward' | 'versions' | 'details' | 'report' | 'emoji';
  /** As it was when that was opened. */
  readonly message: Message;
}

/** What is open above a conversation. */
export type PanelChoice = { readonly kind: 'pins' } | MessagePanelChoice;
