import {
  type AnyContent,
  type Content,
  type Event,
  type Forwarded,
  forwarded,
  type OpaqueContent,
  type UserId,
} from '@maru/protocol';
import { isText } from './is-text.ts';

/** Where a content came from, if it says so in a way that can be understood. */
export function forwardedIn(content: AnyContent | undefined): Forwarded | undefined {
  if (content === undefined || !('forwarded' in content)) return undefined;
  return forwarded.safeParse(content.forwarded).data;
}

/**
 * A message's whole content as it is sent on. It says where it was said first, and when; by whom only if that person is
 * given; `'nobody'`: by nobody, also where it was sent on before. Nobody who was mentioned there is named here, and no
 * room is.
 */
export function forwardContent(
  event: Event,
  whole: AnyContent,
  sender: UserId | 'nobody' | undefined,
): Content {
  const origin = forwardedIn(whole) ?? {
    ...(sender !== undefined && sender !== 'nobody' && { sender }),
    sentAt: event.sentAt ?? event.at,
  };
  const { sender: _said, ...bare } = origin;
  const from = sender === 'nobody' ? bare : origin;
  if (whole.type === 'log-line' && 'line' in whole)
    return { type: 'text', text: String(whole.line), forwarded: from };
  if (!isText(whole)) {
    const { long: _long, ...content } = whole as OpaqueContent;
    return { ...content, forwarded: from } as OpaqueContent;
  }
  const entities = whole.entities?.filter(({ type }) => type !== 'mention' && type !== 'mention-all') ?? [];
  return { type: 'text', text: whole.text, ...(entities.length > 0 && { entities }), forwarded: from };
}
