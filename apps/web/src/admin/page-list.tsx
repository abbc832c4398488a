import type { ReactNode } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';

interface PageListProps {
  readonly error: string | undefined;
  readonly isEmpty: boolean;
  /** What is said where there is nothing. */
  readonly empty: string;
  readonly showMore: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A list of which more may come, or nothing. */
export function PageList({ error, isEmpty, empty, showMore, children }: PageListProps) {
  const { t } = useTexts();
  return (
    <>
      {error !== undefined && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      {isEmpty ? <p className="py-6 text-center text-soft">{empty}</p> : <Section>{children}</Section>}
      {showMore !== undefined && <Button onClick={showMore}>{t('admin.more')}</Button>}
    </>
  );
}
