import type { ListedChannel } from '@maru/protocol';
import { Compass, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { currentRoute, go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { TextField } from '../ui/text-field.tsx';
import { NewChannelSheet } from './new-channel-sheet.tsx';

/** Between two letters: nobody types words slower than this. */
const WRITTEN_MS = 250;
/** How long a room may take to arrive after somebody came into it. */
const ROOM_COMES_MS_MAX = 10_000;

/** The directory: channels that anybody may come into. */
export function ChannelsPane() {
  const { t } = useTexts();
  const client = useClient();
  const act = useAct();
  const [query, setQuery] = useState('');
  const [isMaking, setMaking] = useState(false);
  const { channels, more, error, showMore } = useChannels(query);
  const mine = useClientValue(({ allRooms }) => allRooms);
  const isIn = ({ room }: ListedChannel) =>
    mine.some((one) => one.room === room && one.membership === 'member');
  const open = async (channel: ListedChannel) => {
    const { room } = channel;
    if (isIn(channel)) return go({ kind: 'room', room });
    const isBegun = await act(() => client.commands.joinChannel(room));
    if (!isBegun) return;
    const arrived = () => client.room(room)?.membership === 'member';
    await client.until(arrived, AbortSignal.timeout(ROOM_COMES_MS_MAX)).then(
      // Who has gone elsewhere meanwhile stays there.
      () => currentRoute().kind === 'channels' && go({ kind: 'room', room }),
      // Why it was refused has been said already.
      () => undefined,
    );
  };
  return (
    <>
      <PaneHeader title={t('channels.title')}>
        <IconButton icon={Plus} label={t('channels.make')} onClick={() => setMaking(true)} />
      </PaneHeader>
      <div className="flex min-h-0 grow flex-col gap-3 overflow-y-auto px-4 pt-1 pb-6">
        <TextField
          label={t('channels.find')}
          type="search"
          value={query}
          onValue={setQuery}
          autoComplete="off"
        />
        {error !== undefined && (
          <p role="alert" className="text-danger">
            {error}
          </p>
        )}
        {channels?.length === 0 && (
          <EmptyState
            icon={Compass}
            title={t(query === '' ? 'channels.emptyTitle' : 'channels.noneTitle')}
            text={t(query === '' ? 'channels.emptyText' : 'channels.noneText')}
          />
        )}
        <ul className="-mx-1 flex flex-col gap-1">
          {channels?.map((channel) => (
            <ChannelRow
              key={channel.room}
              channel={channel}
              isIn={isIn(channel)}
              onOpen={() => void open(channel)}
            />
          ))}
        </ul>
        {more && <Button onClick={() => void showMore()}>{t('channels.more')}</Button>}
      </div>
      {isMaking && <NewChannelSheet onClose={() => setMaking(false)} />}
    </>
  );
}

interface ChannelRowProps {
  readonly channel: ListedChannel;
  readonly isIn: boolean;
  readonly onOpen: () => void;
}

function ChannelRow({ channel: { room, name, description, memberCount }, isIn, onOpen }: ChannelRowProps) {
  const { t } = useTexts();
  return (
    <li className="flex items-center gap-3 rounded-control px-1 py-2">
      <Avatar id={room} name={name} group />
      <div className="min-w-0 grow">
        <p className="truncate font-medium">
          <bdi>{name}</bdi>
        </p>
        <p className="line-clamp-2 text-small text-soft">
          {t('channels.readers', { count: memberCount })}
          {description !== undefined && description !== '' && (
            <>
              {' · '}
              <bdi>{description}</bdi>
            </>
          )}
        </p>
      </div>
      <span className="shrink-0">
        <Button
          look={isIn ? 'plain' : 'quiet'}
          onClick={onOpen}
          aria-label={t(isIn ? 'channels.openOne' : 'channels.joinOne', { name })}
        >
          {t(isIn ? 'channels.open' : 'channels.join')}
        </Button>
      </span>
    </li>
  );
}

/** What the directory has for some words, a page at a time. */
function useChannels(query: string) {
  const { t } = useTexts();
  const client = useClient();
  const isOnline = useClientValue(({ connection }) => connection.state === 'online');
  const [found, setFound] = useState<{ channels: readonly ListedChannel[]; more: boolean }>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      try {
        const answer = await client.channels(query.trim());
        if (isOver) return;
        setFound(answer);
        setError(undefined);
      } catch (reason) {
        if (!isOver) setError(errorText(reason, t));
      }
    };
    const timer = setTimeout(() => isOnline && void look(), query === '' ? 0 : WRITTEN_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, isOnline, query, t]);
  const showMore = async () => {
    const last = found?.channels.at(-1);
    if (found === undefined || last === undefined) return;
    try {
      const answer = await client.channels(query.trim(), last.room);
      // By then other words may have been answered.
      setFound((now) =>
        now === found ? { ...answer, channels: [...found.channels, ...answer.channels] } : now,
      );
    } catch (reason) {
      setError(errorText(reason, t));
    }
  };
  return { channels: found?.channels, more: found?.more === true, error, showMore };
}
