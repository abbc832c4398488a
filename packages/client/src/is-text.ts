import type { AnyContent, TextContent } from '@maru/protocol';

/** Whether a content is a text, as far as it can be worked with: whoever calls without types may give anything. */
export function isText(content: AnyContent): content is TextContent {
  if (content.type !== 'text') return false;
  const { text, entities } = content as Partial<TextContent>;
  return typeof text === 'string' && (entities === undefined || Array.isArray(entities));
}
