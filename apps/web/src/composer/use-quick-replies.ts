import type { QuickReply } from '@maru/protocol';
import { useState } from 'react';
import { useClient } from '../state/client-context.tsx';
import { pressInOffer } from './press-in-offer.ts';
import { quickReplyCompletion } from './quick-reply-completion.ts';
import type { Field } from './use-field.ts';

/** A shortcut is shorter: a long text is not looked at with each key. */
const LOOKED_AT_UNITS_MAX = 64;

interface Offer {
  readonly replies: readonly QuickReply[];
  readonly at: number;
}

/** Offers texts that the user keeps, by a slash and their shortcut. `onTaken`: the field says something else now. */
export function useQuickReplies({ element, text, put }: Field, onTaken: () => void) {
  const { settings } = useClient();
  const [offer, setOffer] = useState<Offer>();
  const look = () => {
    const written = text();
    const replies =
      written.length > LOOKED_AT_UNITS_MAX ? undefined : quickReplyCompletion(written, settings.quickReplies);
    setOffer(replies && { replies, at: 0 });
  };
  const take = (index: number) => {
    const reply = offer?.replies[index];
    if (reply === undefined) return;
    put(reply.text);
    element.current?.focus();
    setOffer(undefined);
    onTaken();
  };
  /** Gives whether the key was one of the list's. */
  const press = (key: string): boolean => {
    if (offer === undefined) return false;
    const move = (at: number) => setOffer({ ...offer, at });
    const close = () => setOffer(undefined);
    return pressInOffer(key, { at: offer.at, count: offer.replies.length, move, take, close });
  };
  return { offer, look, take, press };
}
