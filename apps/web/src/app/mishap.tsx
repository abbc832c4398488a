import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { go } from '../route/use-route.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface MishapProps {
  /** Of which pane it is, where the others go on and one can go there: with another one all is well again. */
  readonly pane?: string;
  readonly children: ReactNode;
}

interface MishapState {
  readonly hasFailed: boolean;
  readonly pane: string | undefined;
}

/** Stands in for the app where a part of it failed, or could not be fetched: nothing that was written is lost by that. */
export class Mishap extends Component<MishapProps, MishapState> {
  override state: MishapState = { hasFailed: false, pane: undefined };

  static getDerivedStateFromProps({ pane }: MishapProps, state: MishapState): MishapState | null {
    return pane === state.pane ? null : { hasFailed: false, pane };
  }

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    const { pane, children } = this.props;
    return this.state.hasFailed ? <Failed ofPane={pane !== undefined} /> : children;
  }
}

function Failed({ ofPane }: { readonly ofPane: boolean }) {
  const { t } = useTexts();
  const Frame = ofPane ? 'div' : 'main';
  return (
    <Frame className="flex h-full items-center bg-canvas">
      <EmptyState alone={!ofPane} icon={TriangleAlert} title={t('app.failed')} text={t('app.failedText')}>
        <Button look="primary" onClick={() => location.reload()}>
          {t('store.reload')}
        </Button>
        {ofPane && (
          <Button look="plain" onClick={() => go({ kind: 'rooms' })}>
            {t('rooms.title')}
          </Button>
        )}
      </EmptyState>
    </Frame>
  );
}
