import { type Entity, safeUrl } from '@maru/protocol';
import { memo, type ReactNode, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { CodeBlock } from './code-block.tsx';
import { hostBeside } from './link-text.ts';
import type { Segment } from './segments.ts';

/** A text with its looks. Nothing in it is ever read as markup. */
export const RichText = memo(function RichText({ segments }: { readonly segments: readonly Segment[] }) {
  return segments.map((segment, index) => {
    // A text never changes under its key: an edit is another list.
    const key = `${index} ${segment.kind}`;
    if (segment.kind === 'text') return <span key={key}>{segment.text}</span>;
    if (segment.kind === 'link')
      return (
        <TextLink key={key} url={segment.url} text={segment.text}>
          {segment.text}
        </TextLink>
      );
    return (
      <Look key={key} entity={segment.entity} text={segment.text}>
        <RichText segments={segment.children} />
      </Look>
    );
  });
});

interface LookProps {
  readonly entity: Entity;
  readonly text: string;
  readonly children: ReactNode;
}

function Look({ entity, text, children }: LookProps) {
  switch (entity.type) {
    case 'bold':
      return <strong className="font-semibold">{children}</strong>;
    case 'italic':
      return <em>{children}</em>;
    case 'strike':
      return <s>{children}</s>;
    case 'code':
      return <code className="rounded-joint bg-hover px-1 font-mono text-[0.9em] text-ink">{children}</code>;
    case 'pre':
      return (
        <CodeBlock code={text} language={entity.language}>
          {children}
        </CodeBlock>
      );
    case 'quote':
      return <blockquote className="my-1 border-accent border-s-3 ps-2.5">{children}</blockquote>;
    case 'list-item':
      return <span className="block">{children}</span>;
    case 'spoiler':
      return <Spoiler>{children}</Spoiler>;
    case 'mention':
    case 'mention-all':
      return <span className="font-medium text-link">{children}</span>;
    case 'link':
      return (
        <TextLink url={entity.url ?? text} text={text}>
          {children}
        </TextLink>
      );
  }
}

/** An address that opens elsewhere. Where its text does not show whose it is, the host stands behind it. */
function TextLink({
  url,
  text,
  children,
}: {
  readonly url: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  // Where somebody says that a text is an address, it may be of any scheme.
  const safe = safeUrl(url);
  if (safe === undefined) return children;
  const host = hostBeside(text, url);
  return (
    <bdi>
      <a
        href={safe}
        target="_blank"
        rel="noopener noreferrer nofollow"
        title={safe}
        className="text-link underline decoration-1 underline-offset-2"
      >
        {/* A text that turns the direction turns its own only. */}
        <bdi>{children}</bdi>
      </a>
      {host !== undefined && <span className="text-small opacity-80"> ({host})</span>}
    </bdi>
  );
}

/** Covered until the reader asks to see it. */
function Spoiler({ children }: { readonly children: ReactNode }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <span className="rounded-joint bg-hover">{children}</span>;
  return (
    <button
      type="button"
      aria-label={t('message.showSpoiler')}
      onClick={() => setOpen(true)}
      className="rounded-joint bg-quiet align-baseline text-transparent"
    >
      <span aria-hidden="true" className="invisible">
        {children}
      </span>
    </button>
  );
}
