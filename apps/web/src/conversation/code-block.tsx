import { type ReactNode, useEffect, useState } from 'react';
import type { CodeToken } from './highlight.ts';

interface CodeBlockProps {
  readonly code: string;
  readonly language: string | undefined;
  /** The code as it is. */
  readonly children: ReactNode;
}

interface KnownCode {
  readonly code: string;
  readonly language: string;
  readonly tokens: readonly CodeToken[] | undefined;
}

/** Lines of code. What knows its language is fetched with the first code that names one. */
export function CodeBlock({ code, language, children }: CodeBlockProps) {
  const [known, setKnown] = useState<KnownCode>();
  // An edit brings other code, or another language, to the same place.
  const isKnown = known?.code === code && known.language === language;
  const tokens = isKnown ? known.tokens : undefined;
  useEffect(() => {
    if (language === undefined) return;
    let isOver = false;
    const load = async () => {
      const { highlight } = await import('./highlight.ts');
      if (!isOver) setKnown({ code, language, tokens: highlight(code, language) });
    };
    // Without it the code can be read as well.
    load().catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [code, language]);
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard.
      tabIndex={0}
      className="my-1 max-h-96 overflow-auto rounded-control bg-hover px-3 py-2 font-mono text-ink text-small"
      dir="ltr"
    >
      <code data-language={tokens === undefined ? undefined : language}>
        {tokens === undefined
          ? children
          : tokens.map(({ text, look }, index) => {
              // The tokens of a code never change their order.
              const key = `${index} ${look}`;
              return (
                <span key={key} className={look}>
                  {text}
                </span>
              );
            })}
      </code>
    </pre>
  );
}
