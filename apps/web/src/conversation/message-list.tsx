import type { RoomSnapshot } from '@maru/client';
import type { Seq } from '@maru/protocol';
import {
  type FocusEvent,
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { isSameDay } from '../i18n/moments.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useNow } from '../state/use-now.ts';
import { useLookUp } from '../state/use-person.ts';
import { useConversation } from './conversation-context.ts';
import { DayLine, EventLine, NewLine } from './lines.tsx';
import { MessageRow } from './message-row.tsx';
import { moveAmongMessages } from './move-among-messages.ts';
import { type TimelineRow, timelineRows } from './timeline-rows.ts';
import { ToEndButton } from './to-end-button.tsx';
import { ToMentionButton } from './to-mention-button.tsx';
import { useNewAfter } from './use-new-after.ts';
import { usePaging } from './use-paging.ts';
import { useReadMarks } from './use-read-marks.ts';

/** Nearer to the end than this, the view stays there when something comes. */
const AT_END_PIXELS = 48;
/** Farther from it than this, there is a button back. */
const FAR_PIXELS = 320;
/** Rows that have just come are measured by then. */
const MEASURED_MS = 200;
/** How long what was jumped to is lit. */
const LIT_MS = 1_600;

/** What the list shows of a room: of anything else it is not drawn anew, as of a draft with each key. */
const SHOWN = [
  ...(['room', 'messages', 'opened', 'atStart', 'atEnd'] as const),
  ...(['unreadCount', 'unreadMentions', 'mentionCount'] as const),
] as const;
type Shown = Pick<RoomSnapshot, (typeof SHOWN)[number]>;

interface MessageListProps {
  readonly snapshot: Shown;
  /** The last message that was read when the user came. */
  readonly newAfter: number | undefined;
  /** A message to be shown; anew each time. */
  readonly target: { readonly seq: Seq } | undefined;
  /** How often the end was to be shown. */
  readonly ends: number;
}

/** A conversation's messages, as many as there are: only those around the view are in the page. */
export const MessageList = memo(function MessageList({
  snapshot,
  newAfter: found,
  target,
  ends,
}: MessageListProps) {
  const { t } = useTexts();
  const client = useClient();
  const now = useNow();
  const newAfter = useNewAfter(found, snapshot);
  const { messages, atEnd, room } = snapshot;
  const rows = useMemo(() => timelineRows(messages, newAfter, isSameDay), [messages, newAfter]);
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const staysAtEnd = useRef(atEnd && !rows.some(({ kind }) => kind === 'new'));
  const last = useRef({ offset: 0, size: 0 });
  const [isFar, setFar] = useState(false);
  const focus = useKeptFocus(rows, scroller);
  const shift = useShift(rows);
  useLookUp(useMemo(() => [...new Set(messages.map(({ sender }) => sender))], [messages]));

  const lastInSight = useLastInSight(rows, list);
  const markRead = useReadMarks(snapshot, lastInSight);
  const page = usePaging(snapshot, lastInSight);

  const look = useCallback(() => {
    const handle = list.current;
    if (handle === null) return;
    const { scrollOffset: offset, scrollSize: size, viewportSize: height } = handle;
    const below = size - offset - height;
    // Where much comes, the end is farther away than the view has been brought: only who scrolls back leaves it.
    // Where the first rows are freed, the list is shorter, and nobody has scrolled.
    const goesBack = offset < last.current.offset && size >= last.current.size;
    last.current = { offset, size };
    staysAtEnd.current = atEnd && (below < AT_END_PIXELS || (staysAtEnd.current && !goesBack));
    setFar(!atEnd || below > FAR_PIXELS);
    page({ offset, size, height });
    markRead();
  }, [atEnd, markRead, page]);

  const toEnd = useCallback(() => {
    list.current?.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [rows.length]);

  useFirstPlace(rows, list);
  // What comes keeps who is at the end there, and one's own message brings one there.
  const ownOnItsWay = messages.at(-1)?.state === 'pending' ? messages.at(-1)?.key : undefined;
  useLayoutEffect(() => {
    if (ownOnItsWay !== undefined) staysAtEnd.current = true;
    if (staysAtEnd.current) toEnd();
    return lookSoon(look);
  }, [look, ownOnItsWay, toEnd]);
  // The server may have taken it before it was drawn as on its way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once each time.
  useLayoutEffect(() => {
    if (ends === 0) return;
    staysAtEnd.current = true;
    toEnd();
  }, [ends]);
  useResize(scroller, () => {
    if (staysAtEnd.current) toEnd();
    requestAnimationFrame(look);
  });
  const lit = useTarget(target, rows, (index) => {
    staysAtEnd.current = false;
    list.current?.scrollToIndex(index, { align: 'center' });
  });

  const backToEnd = async () => {
    staysAtEnd.current = true;
    if (!atEnd) await client.jumpToEnd(room);
    toEnd();
  };
  return (
    <div className="relative min-h-0 grow">
      <div
        ref={scroller}
        role="log"
        aria-label={t('conversation.messages')}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
        tabIndex={0}
        onKeyDown={moveAmongMessages}
        onFocus={focus.note}
        className="flex h-full flex-col overflow-y-auto overscroll-contain pb-2 outline-none [overflow-anchor:none]"
      >
        <div className="grow" />
        <Virtualizer
          ref={list}
          data={rows}
          shift={shift}
          onScroll={look}
          scrollRef={scroller}
          {...focus.kept}
        >
          {(row) => <Row key={row.key} row={row} now={now} lit={lit} />}
        </Virtualizer>
      </div>
      <NextMention snapshot={snapshot} />
      {isFar && <ToEndButton count={snapshot.unreadCount} onPress={() => void backToEnd()} />}
    </div>
  );
}, isSameList);

function isSameList(before: MessageListProps, after: MessageListProps): boolean {
  return (
    before.newAfter === after.newAfter &&
    before.target === after.target &&
    before.ends === after.ends &&
    SHOWN.every((name) => before.snapshot[name] === after.snapshot[name])
  );
}

/** Looks when it is drawn, and again when the list has measured what it drew, of which nobody tells. */
function lookSoon(look: () => void): () => void {
  requestAnimationFrame(look);
  const measured = setTimeout(look, MEASURED_MS);
  return () => clearTimeout(measured);
}

/** What names the user and was not read, where that is not in sight already. */
function NextMention({ snapshot: { unreadMentions, mentionCount } }: { readonly snapshot: Shown }) {
  const { goTo } = useConversation();
  const [first] = unreadMentions;
  if (first === undefined) return null;
  return <ToMentionButton count={mentionCount} onPress={() => goTo(first as Seq)} />;
}

function Row({
  row,
  now,
  lit,
}: {
  readonly row: TimelineRow;
  readonly now: number;
  readonly lit: Seq | undefined;
}) {
  switch (row.kind) {
    case 'day':
      return <DayLine at={row.at} now={now} />;
    case 'new':
      return <NewLine />;
    case 'event':
      return <EventLine message={row.message} />;
    case 'message':
      return (
        <MessageRow
          message={row.message}
          first={row.first}
          last={row.last}
          lit={lit !== undefined && row.message.seq === lit}
        />
      );
  }
}

/** Gives the function that tells the last message that is on the screen, by its number. */
function useLastInSight(
  rows: readonly TimelineRow[],
  list: { readonly current: VirtualizerHandle | null },
): () => Seq | undefined {
  return useCallback((): Seq | undefined => {
    const handle = list.current;
    if (handle === null) return undefined;
    const index = handle.findItemIndex(handle.scrollOffset + handle.viewportSize - 1);
    const row = rows.slice(0, index + 1).findLast((one) => 'message' in one && one.message.seq !== undefined);
    return row !== undefined && 'message' in row ? row.message.seq : undefined;
  }, [list, rows]);
}

/**
 * Keeps the message that has the focus in the page while the list is scrolled. Where it goes for good, the focus goes to
 * the one that stands in its place, or to the list.
 */
function useKeptFocus(rows: readonly TimelineRow[], scroller: { readonly current: HTMLElement | null }) {
  const [focused, setFocused] = useState<string>();
  const place = useRef(-1);
  useLayoutEffect(() => {
    const index = rows.findIndex(({ key }) => key === focused);
    const isGone = focused !== undefined && index < 0 && place.current >= 0;
    if (isGone && document.activeElement === document.body) {
      const near = [...rows.slice(place.current), ...rows.slice(0, place.current).reverse()];
      const key = near.find(({ kind }) => kind === 'message')?.key ?? '';
      const article = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
      (article ?? scroller.current)?.focus({ preventScroll: true });
    }
    place.current = index;
  }, [focused, rows, scroller]);
  const note = useCallback(({ target }: FocusEvent<HTMLElement>) => {
    setFocused(target.closest('article')?.dataset.key);
  }, []);
  const kept = useMemo(() => {
    const index = focused === undefined ? -1 : rows.findIndex(({ key }) => key === focused);
    return index < 0 ? {} : { keepMounted: [index] };
  }, [focused, rows]);
  return { note, kept };
}

/**
 * Whether rows came before those that were first, or the first ones went: the view then stays where it is, seen from the
 * end.
 */
function useShift(rows: readonly TimelineRow[]): boolean {
  const first = firstKey(rows);
  const before = useRef(rows);
  const former = firstKey(before.current);
  const shift = former !== undefined && former !== first && (has(rows, former) || has(before.current, first));
  useLayoutEffect(() => {
    before.current = rows;
  });
  return shift;
}

function firstKey(rows: readonly TimelineRow[]): string | undefined {
  return rows.find((row) => 'message' in row)?.key;
}

function has(rows: readonly TimelineRow[], wanted: string | undefined): boolean {
  return rows.some(({ key }) => key === wanted);
}

/** Shows the message that is wanted, and gives its number as long as it is lit. */
function useTarget(
  target: MessageListProps['target'],
  rows: readonly TimelineRow[],
  show: (index: number) => void,
): Seq | undefined {
  const [lit, setLit] = useState<Seq>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each target, and not with rows that come later.
  useEffect(() => {
    const index = rows.findIndex((row) => 'message' in row && row.message.seq === target?.seq);
    if (target === undefined || index < 0) return;
    show(index);
    setLit(target.seq);
    const timer = setTimeout(() => setLit(undefined), LIT_MS);
    return () => clearTimeout(timer);
  }, [target]);
  return lit;
}

/** Begins where the new messages do, a little below the top; else at the end. */
function useFirstPlace(
  rows: readonly TimelineRow[],
  list: { readonly current: VirtualizerHandle | null },
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the conversation is opened, and never again.
  useLayoutEffect(() => {
    const index = rows.findIndex(({ kind }) => kind === 'new');
    if (index > 0) list.current?.scrollToIndex(index, { align: 'start', offset: -64 });
    else list.current?.scrollToIndex(rows.length - 1, { align: 'end' });
  }, []);
}

/** Tells when an element has another height. */
function useResize(element: { readonly current: HTMLElement | null }, changed: () => void): void {
  const latest = useRef(changed);
  latest.current = changed;
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
}
