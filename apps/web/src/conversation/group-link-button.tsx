import type { MaruClient } from '@maru/client';
import type { LinkCode, RoomId } from '@maru/protocol';
import { Link } from 'lucide-react';
import { useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useShareUrl } from '../people/use-share-url.ts';
import { useClient } from '../state/client-context.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { say } from '../ui/overlay-store.ts';

/** Gives the user a link into a group: one that lets people in at once and for good, made where there is none. */
export function GroupLinkButton({
  room,
  kind,
}: {
  readonly room: RoomId;
  readonly kind: 'group' | 'channel';
}) {
  const { t } = useTexts();
  const client = useClient();
  const [error, setError] = useState<string>();
  const { share } = useShareUrl();
  const give = async () => {
    try {
      if (await share({ kind: 'join', code: await openLink(client, room) })) say(t('links.copied'));
    } catch (reason) {
      setError(errorText(reason, t));
    }
  };
  return (
    <>
      <IconButton icon={Link} label={t('group.shareLink', { kind })} onClick={() => void give()} />
      {error !== undefined && <Notice text={error} onClose={() => setError(undefined)} />}
    </>
  );
}

async function openLink(client: MaruClient, room: RoomId): Promise<LinkCode> {
  const { links } = await client.links(room);
  const open = links.find(
    (link) => !link.approval && link.usesMax === undefined && link.expiresAt === undefined,
  );
  if (open !== undefined) return open.code;
  const { code, sending } = await client.commands.makeLink(room);
  await sending.outcome();
  return code;
}
