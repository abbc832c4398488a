import { Check, Copy, Share2 } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { useCopy } from '../ui/use-copy.ts';

interface LinkCardProps {
  readonly url: string;
  /** What the code leads to, for who does not see it. */
  readonly label: string;
}

/** A link for those who stand beside the user, and for those who do not. */
export function LinkCard({ url, label }: LinkCardProps) {
  const { t } = useTexts();
  const { copied, copy } = useCopy();
  return (
    <div className="flex flex-col gap-3">
      <QrCode text={url} label={label} />
      <p className="select-all break-all rounded-control bg-field px-3 py-2 text-center font-mono text-small">
        {url}
      </p>
      <div className="flex gap-2">
        <Button look="primary" wide onClick={() => void copy(url)}>
          {copied ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
          {t(copied ? 'action.copied' : 'link.copy')}
        </Button>
        {'share' in navigator && (
          <Button wide onClick={() => void navigator.share({ url }).catch(() => undefined)}>
            <Share2 size={18} aria-hidden="true" />
            {t('link.share')}
          </Button>
        )}
      </div>
    </div>
  );
}
