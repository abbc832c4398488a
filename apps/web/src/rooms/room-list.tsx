import type { RoomSummary } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { type KeyboardEvent, type ReactNode, Suspense, useRef } from 'react';
import { VList } from 'virtua';
import { useNow } from '../state/use-now.ts';
import { useLookUp } from '../state/use-person.ts';
import { RoomMenu } from './lazy-room-menu.ts';
import { RoomRow } from './room-row.tsx';
import { useKeptRowFocus } from './use-kept-row-focus.ts';
import { useListMenu } from './use-list-menu.ts';

interface RoomListProps {
  readonly rooms: readonly RoomSummary[];
  readonly open: RoomId | undefined;
  readonly label: string;
  /** Rows that stand before and behind the rooms. */
  readonly before?: ReactNode;
  readonly after?: ReactNode;
}

/** Conversations, as many as there are: only those on the screen are in the page. */
export function RoomList({ rooms, open, label, before, after }: RoomListProps) {
  const now = useNow();
  useLookUp(rooms.flatMap(({ peer, latest }) => [peer, latest?.sender].filter((user) => user !== undefined)));
  const { menu, close, handlers } = useListMenu();
  const list = useRef<HTMLElement>(null);
  const noteFocus = useKeptRowFocus(list, rooms);
  return (
    <nav
      ref={list}
      onFocus={({ target }) => noteFocus(target)}
      aria-label={label}
      className="min-h-0 grow [-webkit-touch-callout:none]"
      onKeyDown={moveFocus}
      {...handlers}
    >
      <VList className="h-full pb-2">
        {before}
        {rooms.map((summary) => (
          <RoomRow key={summary.room} summary={summary} open={summary.room === open} now={now} />
        ))}
        {after}
      </VList>
      {menu !== undefined && (
        <Suspense>
          <RoomMenu room={menu.room} place={menu.place} onClose={close} />
        </Suspense>
      )}
    </nav>
  );
}

/** The arrows go from one conversation to the next. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
