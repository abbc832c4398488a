import type { MaruClient } from '@maru/client';
import { EllipsisVertical, KeyRound, ShieldCheck, ShieldOff, UserCheck, UserX } from 'lucide-react';
import { type MouseEvent, useCallback, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { MenuAt, type MenuPlace } from '../ui/menu-at.tsx';
import { MenuItem } from '../ui/menu-item.tsx';
import { ask } from '../ui/overlay-store.ts';
import { InfoRow } from '../ui/row.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { PageList } from './page-list.tsx';
import { usePages } from './use-pages.ts';

type Account = Awaited<ReturnType<MaruClient['api']['listAccounts']>>['accounts'][number];

/** Who has an account, and what can be done about that. */
export function AccountsTab() {
  const { t } = useTexts();
  const { api, user: me } = useClient();
  const list = usePages(
    useCallback(
      async (after: string | undefined) => {
        const { accounts, next } = await api.listAccounts({
          query: { ...(after !== undefined && { after }) },
        });
        return { items: accounts, next };
      },
      [api],
    ),
  );
  const [menu, setMenu] = useState<{ account: Account; place: MenuPlace }>();
  const [code, setCode] = useState<string>();
  const openMenu = (account: Account) => (event: MouseEvent<HTMLButtonElement>) => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    setMenu({ account, place: { x: left, y: bottom } });
  };
  const said = ({ handle, state, administrator }: Account) =>
    [
      `@${handle}`,
      administrator ? t('role.is.administrator') : '',
      state === 'active' ? '' : t(`admin.state.${state}`),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <PageList {...list} isEmpty={list.items?.length === 0} empty={t('admin.nobody')}>
      {list.items?.map((account) => (
        <InfoRow key={account.user} title={account.name} text={said(account)}>
          {account.user !== me && (account.state === 'active' || account.state === 'suspended') && (
            <IconButton
              icon={EllipsisVertical}
              label={t('details.memberMenu', { name: account.handle })}
              aria-haspopup="menu"
              onClick={openMenu(account)}
            />
          )}
        </InfoRow>
      ))}
      {menu !== undefined && (
        <AccountMenu {...menu} onDone={list.reload} onCode={setCode} onClose={() => setMenu(undefined)} />
      )}
      {code !== undefined && (
        <Sheet title={t('admin.resetPassword')} onClose={() => setCode(undefined)}>
          <p className="text-soft">{t('admin.resetCode')}</p>
          <p className="select-all rounded-control bg-field p-3 text-center font-mono">{code}</p>
        </Sheet>
      )}
    </PageList>
  );
}

interface AccountMenuProps {
  readonly account: Account;
  readonly place: MenuPlace;
  readonly onDone: () => void;
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}

function AccountMenu({ account, place, onDone, onCode, onClose }: AccountMenuProps) {
  const { t } = useTexts();
  const { api } = useClient();
  const act = useAct();
  const { user, handle, state, administrator } = account;
  const params = { user };
  const give = async (doing: () => Promise<unknown>, said: string) => {
    if (await act(doing, { said })) onDone();
  };
  const suspend = async () => {
    const question = {
      title: t('admin.suspendTitle', { handle }),
      text: t('admin.suspendText'),
      action: t('admin.suspend'),
    };
    if (await ask(question))
      await give(() => api.suspendAccount({ params }), t('admin.suspended', { handle }));
  };
  const reset = async () => {
    const question = {
      title: t('admin.resetTitle', { handle }),
      text: t('admin.resetText'),
      action: t('admin.resetPassword'),
    };
    if (!(await ask(question))) return;
    await act(async () => onCode((await api.resetPassword({ params })).recoveryCode));
  };
  return (
    <MenuAt place={place} label={t('details.memberMenu', { name: handle })} onClose={onClose}>
      {state === 'suspended' ? (
        <MenuItem
          icon={UserCheck}
          text={t('admin.unsuspend')}
          onPress={() =>
            void give(() => api.unsuspendAccount({ params }), t('admin.unsuspended', { handle }))
          }
        />
      ) : (
        <>
          {administrator ? (
            <MenuItem
              icon={ShieldOff}
              text={t('role.demote')}
              onPress={() =>
                void give(() => api.unmakeAdministrator({ params }), t('role.demoted', { name: handle }))
              }
            />
          ) : (
            <MenuItem
              icon={ShieldCheck}
              text={t('role.promote')}
              onPress={() =>
                void give(() => api.makeAdministrator({ params }), t('role.promoted', { name: handle }))
              }
            />
          )}
          <MenuItem icon={KeyRound} text={t('admin.resetPassword')} onPress={() => void reset()} />
          <MenuItem icon={UserX} danger text={t('admin.suspend')} onPress={() => void suspend()} />
        </>
      )}
    </MenuAt>
  );
}
