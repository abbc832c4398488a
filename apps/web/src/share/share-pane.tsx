import type { RoomSummary } from '@maru/client';
import { limits, takeCodePoints } from '@maru/protocol';
import { Share2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { RoomFace } from '../rooms/room-face.tsx';
import { roomsCalled } from '../rooms/rooms-called.ts';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { TextField } from '../ui/text-field.tsx';
import { dropShared, readShared } from './shared-text.ts';

/** Where what another app shares is to go: it becomes the draft of a conversation, and is sent by nobody but the user. */
export function SharePane() {
  const { t } = useTexts();
  const client = useClient();
  const act = useAct();
  const rooms = useClientValue(({ rooms: all }) => all);
  const [text, setText] = useState<string>();
  const [query, setQuery] = useState('');
  useEffect(() => {
    readShared()
      .then((shared) => setText(shared ?? ''))
      .catch(() => setText(''));
  }, []);
  if (text === undefined) return <div aria-busy="true" className="grow" />;
  if (text === '') {
    return (
      <>
        <PaneHeader title={t('share.title')} />
        <EmptyState icon={Share2} title={t('share.nothing')} text={t('share.nothingText')} />
      </>
    );
  }
  const listed = roomsCalled(rooms.filter(mayTake), query, client, t);
  const choose = async ({ room, draft }: RoomSummary) => {
    // What is being written there stays, and what it answers.
    const begun = draft === undefined || draft.text.trim() === '' ? text : `${draft.text}\n${text}`;
    client.settings.setDraft(room, { ...draft, text: takeCodePoints(begun, limits.MESSAGE_CHARS_MAX) });
    await dropShared();
    go({ kind: 'room', room }, { replace: true });
  };
  return (
    <>
      <PaneHeader title={t('share.title')} />
      <div className="flex min-h-0 grow flex-col gap-3">
        <div className="flex flex-col gap-3 px-4">
          <p
            className="line-clamp-3 whitespace-pre-line rounded-panel bg-field px-3.5 py-2.5 text-soft"
            dir="auto"
          >
            {takeCodePoints(text, SHOWN_CHARS)}
          </p>
          <TextField label={t('forward.find')} value={query} onValue={setQuery} />
        </div>
        <ul aria-label={t('share.title')} className="min-h-0 grow overflow-y-auto px-1.5 pb-4">
          {listed.map((summary) => (
            <Place key={summary.room} summary={summary} onPress={() => void act(() => choose(summary))} />
          ))}
        </ul>
      </div>
    </>
  );
}

/** Code points that three lines hold, and more. */
const SHOWN_CHARS = 400;

function mayTake({ membership, unavailable, refused }: RoomSummary): boolean {
  return membership === 'member' && !unavailable && refused === undefined;
}

function Place({ summary, onPress }: { readonly summary: RoomSummary; readonly onPress: () => void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onPress}
        className="flex min-h-14 w-full items-center gap-3 rounded-control px-2.5 py-1.5 text-start -outline-offset-2 hover:bg-hover"
      >
        <RoomFace summary={summary} />
      </button>
    </li>
  );
}
