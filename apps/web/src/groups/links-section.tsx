import type { MaruClient, RoomSnapshot } from '@maru/client';
import { Link, Link2Off, QrCode as QrIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { LinkCard } from '../people/link-card.tsx';
import { urlOf } from '../route/url-of.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { useNow } from '../state/use-now.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ask } from '../ui/overlay-store.ts';
import { ActionRow, InfoRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { NewLinkSheet } from './new-link-sheet.tsx';

type GroupLink = Awaited<ReturnType<MaruClient['links']>>['links'][number];

/** The links that let people into a group. */
export function LinksSection({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t } = useTexts();
  const { commands } = useClient();
  const act = useAct();
  const links = useLinks(snapshot);
  const [shown, setShown] = useState<string>();
  const [isMaking, setMaking] = useState(false);
  const revoke = async ({ link }: GroupLink) => {
    const question = {
      title: t('links.revokeTitle'),
      text: t('links.revokeText'),
      action: t('links.revoke'),
    };
    if (await ask(question)) await act(() => commands.revokeLink(snapshot.room, link));
  };
  return (
    <Section title={t('links.title')}>
      {links.map((link) => (
        <LinkLine
          key={link.link}
          link={link}
          onShow={() => setShown(link.url ?? urlOf({ kind: 'join', code: link.code }))}
          onRevoke={() => void revoke(link)}
        />
      ))}
      <ActionRow icon={Link} title={t('links.make')} onPress={() => setMaking(true)} />
      {isMaking && (
        <NewLinkSheet
          room={snapshot.room}
          onMade={(code) => {
            setMaking(false);
            setShown(urlOf({ kind: 'join', code }));
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {shown !== undefined && (
        <Sheet title={t('links.show')} onClose={() => setShown(undefined)}>
          <LinkCard url={shown} label={t('links.qr', { room: snapshot.name ?? '' })} />
        </Sheet>
      )}
    </Section>
  );
}

interface LinkLineProps {
  readonly link: GroupLink;
  readonly onShow: () => void;
  readonly onRevoke: () => void;
}

function LinkLine({ link: { uses, usesMax, expiresAt, approval }, onShow, onRevoke }: LinkLineProps) {
  const { t, moments } = useTexts();
  const now = useNow();
  const said = [
    usesMax === undefined
      ? t('links.used', { count: uses })
      : t('links.usedOf', { count: uses, max: usesMax }),
    expiresAt === undefined
      ? ''
      : expiresAt <= now
        ? t('links.over')
        : t('links.until', { when: `${moments.short(expiresAt, now)} ${moments.time(expiresAt)}` }),
  ];
  return (
    <InfoRow
      title={t(approval ? 'links.asks' : 'links.open')}
      text={said.filter((part) => part !== '').join(' · ')}
    >
      <IconButton icon={QrIcon} label={t('links.show')} onClick={onShow} />
      <IconButton icon={Link2Off} label={t('links.revoke')} onClick={onRevoke} />
    </InfoRow>
  );
}

/** The links with their codes, which only the server tells; again whenever the room says that they changed. */
function useLinks({ room, facts }: RoomSnapshot): readonly GroupLink[] {
  const client = useClient();
  const isOnline = useClientValue(({ connection }) => connection.state === 'online');
  const [links, setLinks] = useState<readonly GroupLink[]>([]);
  // The facts are the reason to ask again.
  const known = facts.links;
  useEffect(() => {
    if (!isOnline) return;
    let isOver = false;
    if (known === undefined) setLinks([]);
    else {
      client.links(room).then(
        (answer) => !isOver && setLinks(answer.links),
        () => undefined,
      );
    }
    return () => {
      isOver = true;
    };
  }, [client, isOnline, room, known]);
  return links;
}
