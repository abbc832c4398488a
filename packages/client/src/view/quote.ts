import { type Entity, type Event, type Seq, takeCodePoints, type UserId } from '@maru/protocol';

/** Code points of a quoted text. */
const QUOTE_CHARS_MAX = 200;

/** What a message answers, or what is pinned, as far as this device knows. */
export type Quote =
  | {
      readonly kind: 'message';
      readonly seq: Seq;
      readonly sender: UserId;
      /** The beginning of what it says by now; absent where that is no text, which its `type` tells. */
      readonly text: string | undefined;
      /** What of it looks otherwise, or is hidden. */
      readonly entities?: readonly Entity[];
      readonly type: string;
      /** Written where others read along, by somebody whom the user blocks: not to be shown unasked. */
      readonly folded?: true;
    }
  /** Nothing is left of it. `expired`: its time is over. */
  | { readonly kind: 'deleted'; readonly seq: Seq; readonly sender: UserId; readonly expired?: true }
  /** Not here yet: it is being read, or will be when there is a connection. */
  | { readonly kind: 'awaited'; readonly seq: Seq }
  /** The user may not see it. */
  | { readonly kind: 'hidden'; readonly seq: Seq };

const known = new WeakMap<Event, Quote>();
const folded = new WeakMap<Quote, Quote>();

/** A message as it is quoted at `now`, milliseconds since the epoch: the same object for the same event, until it expires. */
export function quoteOf(event: Event, now: number): Quote {
  const isOver = event.expiresAt !== undefined && event.expiresAt <= now;
  let quote = known.get(event);
  // What was deleted before its time was over says so no longer than until then, whenever it was looked at first.
  if (quote === undefined || (isOver && quote.kind === 'deleted' && quote.expired !== true)) {
    quote = quoted(event, isOver);
    known.set(event, quote);
  }
  return quote;
}

/** The same quote, of somebody whom the user blocks: the same object for the same quote. */
export function foldedQuote(quote: Quote): Quote {
  if (quote.kind !== 'message') return quote;
  let hidden = folded.get(quote);
  if (hidden === undefined) {
    hidden = { ...quote, folded: true };
    folded.set(quote, hidden);
  }
  return hidden;
}

export function isSameQuote(a: Quote | undefined, b: Quote | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return a.kind === b.kind && a.seq === b.seq && (a.kind === 'awaited' || a.kind === 'hidden');
}

function quoted({ kind, seq, sender, content, edited }: Event, isOver: boolean): Quote {
  const isGone = kind === 'message' && content === undefined;
  if (isGone) return { kind: 'deleted', seq, sender, ...(isOver && { expired: true }) };
  const said = edited?.content ?? content;
  const text =
    said?.type === 'text' && 'text' in said
      ? String(said.text)
      : said?.type === 'log-line' && 'line' in said
        ? String(said.line)
        : undefined;
  const entities = said?.type === 'text' && 'entities' in said ? entitiesWithin(said.entities) : [];
  return {
    kind: 'message',
    ...{ seq, sender },
    text: text === undefined ? undefined : takeCodePoints(text, QUOTE_CHARS_MAX),
    ...(entities.length > 0 && { entities }),
    type: said?.type ?? kind,
  };
}

/** Those that begin in the quoted part of a text, cut where it is cut. */
function entitiesWithin(entities: unknown): Entity[] {
  if (!Array.isArray(entities)) return [];
  return (entities as readonly Entity[]).flatMap((entity) => {
    const length = Math.min(entity.length, QUOTE_CHARS_MAX - entity.offset);
    return length > 0 ? [{ ...entity, length }] : [];
  });
}
