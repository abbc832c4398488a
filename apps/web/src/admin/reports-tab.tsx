import type { Report } from '@maru/protocol';
import { Check } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useAct } from '../state/use-act.ts';
import { ChoiceGroup } from '../ui/choice-group.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PageList } from './page-list.tsx';
import { usePages } from './use-pages.ts';

const STATES = ['open', 'closed'] as const;

/** What people told of each other. */
export function ReportsTab() {
  const { t } = useTexts();
  const { api } = useClient();
  const act = useAct();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const list = usePages(
    useCallback(
      async (after: number | undefined) => {
        const { reports, next } = await api.listReports({
          query: { state, ...(after !== undefined && { after }) },
        });
        return { items: reports, next: next === undefined ? undefined : Number(next) };
      },
      [api, state],
    ),
  );
  const close = async ({ report }: Report) => {
    const put = (next: 'open' | 'closed') => api.putReport({ params: { report }, body: { state: next } });
    const undo = async () => {
      if (await act(() => put('open'))) list.reload();
    };
    if (await act(() => put('closed'), { said: t('admin.closed', { report }), undo: () => void undo() }))
      list.reload();
  };
  return (
    <>
      <ChoiceGroup
        label={t('admin.tab.reports')}
        choices={STATES.map((value) => ({ value, text: t(`admin.reports.${value}`) }))}
        chosen={state}
        onChoose={setState}
      />
      <PageList {...list} isEmpty={list.items?.length === 0} empty={t('admin.noReports')}>
        {list.items?.map((report) => (
          <ReportRow key={report.report} report={report} onClose={() => void close(report)} />
        ))}
      </PageList>
    </>
  );
}

function ReportRow({ report, onClose }: { readonly report: Report; readonly onClose: () => void }) {
  const { t, moments } = useTexts();
  const { user, by, reason, note, text, at, state } = report;
  return (
    <article className="flex items-start gap-2 border-line border-t px-3.5 py-2.5 first:border-t-0">
      <div className="min-w-0 grow">
        <p className="font-semibold">
          {t('admin.reported', { handle: user.handle, reason: t(`report.reason.${reason}`) })}
        </p>
        <p className="text-small text-soft">
          {t('admin.reportedBy', { handle: by.handle, when: moments.full(at) })}
        </p>
        {note !== undefined && <p className="mt-1">{note}</p>}
        {text !== undefined && (
          <blockquote className="mt-1 border-accent border-s-2 ps-2 text-soft">
            <bdi>{text}</bdi>
          </blockquote>
        )}
      </div>
      {state === 'open' && <IconButton icon={Check} label={t('admin.close')} onClick={onClose} />}
    </article>
  );
}
