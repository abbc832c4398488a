import { Bold, Code, EyeOff, Italic, Strikethrough } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { FORMATS, type Format } from './wrapped.ts';

const ICONS = { bold: Bold, italic: Italic, strike: Strikethrough, code: Code, spoiler: EyeOff } as const;

/** How what is chosen could look, above the field. */
export function FormatBar({ onFormat }: { readonly onFormat: (format: Format) => void }) {
  const { t } = useTexts();
  return (
    <div
      role="toolbar"
      aria-label={t('format.title')}
      className="absolute bottom-full start-2 mb-1 flex rounded-full bg-raised p-0.5 shadow-raised"
      // What is chosen stays chosen.
      onPointerDown={(event) => event.preventDefault()}
    >
      {FORMATS.map((format) => (
        <IconButton
          key={format}
          icon={ICONS[format]}
          label={t(`format.${format}`)}
          onClick={() => onFormat(format)}
        />
      ))}
    </div>
  );
}
