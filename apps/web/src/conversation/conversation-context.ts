import type { Message } from '@maru/client';
import type { RoomId, RoomKind, Seq } from '@maru/protocol';
import { createContext, useContext } from 'react';
import type { MenuPlace } from '../ui/menu-at.tsx';
import type { PanelChoice } from './panels/panel-choice.ts';

/** What a message can do in the conversation around it. The same object as long as the conversation is open. */
export interface ConversationActions {
  readonly room: RoomId;
  readonly roomKind: RoomKind;
  /** Offers what can be done with a message. */
  readonly openMenu: (message: Message, place: MenuPlace) => void;
  /** Shows a message, wherever in the history it is. */
  readonly goTo: (seq: Seq) => void;
  readonly reply: (message: Message) => void;
  readonly edit: (message: Message) => void;
  /** Opens something above the conversation. */
  readonly openPanel: (choice: PanelChoice) => void;
}

export const ConversationContext = createContext<ConversationActions | undefined>(undefined);

export function useConversation(): ConversationActions {
  const actions = useContext(ConversationContext);
  if (actions === undefined) throw new Error('useConversation needs a Conversation around it');
  return actions;
}
