import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { goBack } from '../route/use-route.ts';
import { IconButton } from './icon-button.tsx';

interface PaneHeaderProps {
  readonly title: string;
  /** Whether there is a way back: in every pane but the first. */
  readonly back?: boolean;
  /** Where it leads, if not to where the user came from. */
  readonly onBack?: () => void;
  readonly children?: ReactNode;
}

export function PaneHeader({ title, back = true, onBack = goBack, children }: PaneHeaderProps) {
  const { t } = useTexts();
  return (
    <div className={`flex h-15 shrink-0 items-center gap-1 pe-2 ${back ? 'ps-2' : 'ps-4'}`}>
      {back && <IconButton icon={ArrowLeft} label={t('action.back')} onClick={onBack} />}
      <h1 className="grow truncate font-semibold text-title">{title}</h1>
      {children}
    </div>
  );
}
