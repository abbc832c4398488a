import { Tabs } from '@base-ui/react/tabs';
import { Flag, Gauge, Ticket, UsersRound } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { PaneHeader } from '../ui/pane-header.tsx';
import { AccountsTab } from './accounts-tab.tsx';
import { FiguresTab } from './figures-tab.tsx';
import { InvitesTab } from './invites-tab.tsx';
import { ReportsTab } from './reports-tab.tsx';

const TABS = [
  ['figures', Gauge, FiguresTab],
  ['accounts', UsersRound, AccountsTab],
  ['reports', Flag, ReportsTab],
  ['invites', Ticket, InvitesTab],
] as const;

/** What who looks after the server sees and does. The server lets nobody else. */
export function AdminPane() {
  const { t } = useTexts();
  return (
    <>
      <PaneHeader title={t('admin.title')} />
      <Tabs.Root defaultValue={TABS[0][0]} className="flex min-h-0 grow flex-col">
        {/* The arrows only move the focus: what a tab shows is asked of the server. */}
        <Tabs.List
          aria-label={t('admin.title')}
          className="mx-4 mb-3 flex gap-1 rounded-control bg-field p-1"
        >
          {TABS.map(([name, Icon]) => (
            <Tabs.Tab
              key={name}
              value={name}
              className="flex min-h-11 min-w-0 grow flex-col items-center justify-center gap-0.5 rounded-[0.4375rem] px-1 text-small aria-selected:bg-selected aria-selected:font-semibold aria-selected:text-link"
            >
              <Icon size={17} aria-hidden="true" />
              <span className="max-w-full truncate">{t(`admin.tab.${name}`)}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(([name, , Content]) => (
          <Tabs.Panel
            key={name}
            value={name}
            className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 pb-6 -outline-offset-2"
          >
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </>
  );
}
