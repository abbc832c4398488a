import type { RoomSummary } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * Gives the focus to the row that takes the place of the one that had it, when that is gone: left, put away, or moved
 * to another list, here or on another device. Who moved it somewhere meanwhile keeps it there.
 *
 * @returns what notes which row had the focus last
 */
export function useKeptRowFocus(list: RefObject<HTMLElement | null>, rooms: readonly RoomSummary[]) {
  const last = useRef<{ readonly room: RoomId; readonly at: number }>(undefined);
  useEffect(() => {
    const { current: had } = last;
    if (had === undefined || rooms.some(({ room }) => room === had.room)) return;
    last.current = undefined;
    const place = () => {
      const { activeElement: active, body } = document;
      if (active !== body && active !== null) return;
      const rows = list.current?.querySelectorAll<HTMLElement>('[data-room]') ?? [];
      rows[Math.min(had.at, rows.length - 1)]?.focus({ preventScroll: true });
    };
    // A question that was asked about it closes first, and gives the focus to what is no longer there.
    setTimeout(place, CLOSED_MS);
  }, [list, rooms]);
  return (target: EventTarget) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-room]') : null;
    if (row === null) return;
    const rows = [...(list.current?.querySelectorAll('[data-room]') ?? [])];
    last.current = { room: row.dataset.room as RoomId, at: rows.indexOf(row) };
  };
}

/** Longer than a dialog takes to close. */
const CLOSED_MS = 300;
