import {
  Bell,
  CircleUserRound,
  Info,
  KeyRound,
  Laptop,
  LogOut,
  type LucideIcon,
  Shield,
  SlidersHorizontal,
  Star,
  Wifi,
  Wrench,
} from 'lucide-react';
import { personName } from '../i18n/room-title.ts';
import { useTexts } from '../i18n/texts.tsx';
import type { SettingPage } from '../route/route.ts';
import { useRoute } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import type { Session } from '../state/session.ts';
import { useAct } from '../state/use-act.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { usePerson } from '../state/use-person.ts';
import { Avatar } from '../ui/avatar.tsx';
import { ask } from '../ui/overlay-store.ts';
import { ActionRow, LinkRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { AboutPage } from './about-page.tsx';
import { AccountPage } from './account-page.tsx';
import { ConnectionPage } from './connection-page.tsx';
import { DevicesPage } from './devices-page.tsx';
import { LooksPage } from './looks-page.tsx';
import { NotificationsPage } from './notifications-page.tsx';
import { PrivacyPage } from './privacy-page.tsx';
import { ProfilePage } from './profile-page.tsx';
import { SettingsPage } from './settings-page.tsx';
import { useMe } from './use-me.ts';

const PAGES = [
  [
    ['profile', CircleUserRound],
    ['looks', SlidersHorizontal],
    ['notifications', Bell],
  ],
  [
    ['privacy', Shield],
    ['devices', Laptop],
    ['account', KeyRound],
  ],
  [
    ['connection', Wifi],
    ['about', Info],
  ],
] as const satisfies readonly (readonly (readonly [SettingPage, LucideIcon])[])[];

/** Everything that the user can choose, and the way out. */
export function SettingsPane({ session }: { readonly session: Session }) {
  const route = useRoute();
  if (route.kind === 'device') return <DevicesPage code={route.code} />;
  if (route.kind !== 'setting') return <Home session={session} />;
  switch (route.page) {
    case 'profile':
      return <ProfilePage />;
    case 'looks':
      return <LooksPage />;
    case 'notifications':
      return <NotificationsPage />;
    case 'privacy':
      return <PrivacyPage />;
    case 'devices':
      return <DevicesPage />;
    case 'account':
      return <AccountPage session={session} />;
    case 'connection':
      return <ConnectionPage />;
    case 'about':
      return <AboutPage />;
  }
}

function Home({ session }: { readonly session: Session }) {
  const { t } = useTexts();
  const client = useClient();
  const me = usePerson(client.user);
  const account = useMe();
  const refused = useClientValue(({ deadLetters }) => deadLetters.length);
  const act = useAct();
  const signOut = async () => {
    const question = {
      title: t('settings.signOutTitle'),
      text: t('settings.signOutText'),
      action: t('settings.signOut'),
    };
    if (await ask(question)) await act(() => session.signOut());
  };
  return (
    <SettingsPage title={t('settings.title')}>
      <div className="flex flex-col items-center gap-1">
        <Avatar id={client.user} name={personName(me, t)} picture={me?.avatar} size="large" />
        <bdi className="mt-2 font-semibold text-title">{personName(me, t)}</bdi>
        {me !== undefined && (
          <span className="text-soft" dir="ltr">
            @{me.handle}
          </span>
        )}
      </div>
      <Section>
        <LinkRow icon={Star} title={t('starred.title')} to={{ kind: 'starred' }} />
      </Section>
      {PAGES.map((pages) => (
        <Section key={pages[0][0]}>
          {pages.map(([page, icon]) => (
            <LinkRow
              key={page}
              icon={icon}
              title={t(`settings.page.${page}`)}
              text={
                page === 'connection' && refused > 0 ? t('connection.refused', { count: refused }) : undefined
              }
              to={{ kind: 'setting', page }}
            />
          ))}
        </Section>
      ))}
      {account?.administrator === true && (
        <Section>
          <LinkRow icon={Wrench} title={t('admin.title')} text={t('admin.text')} to={{ kind: 'admin' }} />
        </Section>
      )}
      <Section>
        <ActionRow icon={LogOut} danger title={t('settings.signOut')} onPress={() => void signOut()} />
      </Section>
    </SettingsPage>
  );
}
