import type { OpenInvite } from '@maru/protocol';
import { Trash2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { LinkCard } from '../people/link-card.tsx';
import { urlOf } from '../route/url-of.ts';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { InfoRow } from '../ui/row.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { PageList } from './page-list.tsx';
import { usePages } from './use-pages.ts';

/** Links that let somebody sign up. */
export function InvitesTab() {
  const { t, moments } = useTexts();
  const { api } = useClient();
  const act = useAct();
  const [url, setUrl] = useState<string>();
  const list = usePages(
    useCallback(
      async (after: string | undefined) => {
        const { invites, next } = await api.listInvites({ query: { ...(after !== undefined && { after }) } });
        return { items: invites, next };
      },
      [api],
    ),
  );
  const make = async () => {
    await act(async () => {
      const { invite, link } = await api.createInvite({ body: {} });
      setUrl(link ?? urlOf({ kind: 'invite', code: invite }));
    });
    list.reload();
  };
  const revoke = async ({ id }: OpenInvite) => {
    if (await act(() => api.revokeInvite({ params: { invite: id } }), { said: t('admin.inviteRevoked') }))
      list.reload();
  };
  return (
    <>
      <Button look="primary" onClick={() => void make()}>
        {t('admin.invite')}
      </Button>
      <PageList {...list} isEmpty={list.items?.length === 0} empty={t('admin.noInvites')}>
        {list.items?.map((invite) => (
          <InfoRow
            key={invite.id}
            title={t('links.until', { when: moments.full(invite.expiresAt) })}
            text={invite.createdBy === undefined ? t('admin.inviteFirst') : `@${invite.createdBy.handle}`}
          >
            <IconButton icon={Trash2} label={t('links.revoke')} onClick={() => void revoke(invite)} />
          </InfoRow>
        ))}
      </PageList>
      {url !== undefined && (
        <Sheet title={t('admin.invite')} onClose={() => setUrl(undefined)}>
          <p className="text-soft">{t('admin.inviteText')}</p>
          <LinkCard url={url} label={t('admin.inviteQr')} />
        </Sheet>
      )}
    </>
  );
}
