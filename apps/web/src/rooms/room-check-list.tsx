import type { RoomSummary } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { RoomFace } from './room-face.tsx';
import { roomsCalled } from './rooms-called.ts';

interface RoomCheckListProps {
  readonly rooms: readonly RoomSummary[];
  /** What the names have to hold; empty: all are shown. */
  readonly query: string;
  readonly chosen: readonly RoomId[];
  readonly onChosen: (chosen: readonly RoomId[]) => void;
}

/** Conversations of which some are chosen, found by their names. */
export function RoomCheckList({ rooms, query, chosen, onChosen }: RoomCheckListProps) {
  const { t } = useTexts();
  const client = useClient();
  const listed = roomsCalled(rooms, query, client, t);
  const press = (one: RoomId) =>
    onChosen(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  return (
    <ul className="-mx-3 min-h-32 grow overflow-y-auto">
      {listed.map((summary) => (
        <RoomCheck
          key={summary.room}
          summary={summary}
          chosen={chosen.includes(summary.room)}
          onPress={() => press(summary.room)}
        />
      ))}
    </ul>
  );
}

interface RoomCheckProps {
  readonly summary: RoomSummary;
  readonly chosen: boolean;
  readonly onPress: () => void;
}

function RoomCheck({ summary, chosen, onPress }: RoomCheckProps) {
  return (
    <li>
      <label className="flex min-h-14 cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2">
        <RoomFace summary={summary} />
        <input type="checkbox" checked={chosen} onChange={onPress} className="size-5 shrink-0" />
      </label>
    </li>
  );
}
