import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

const CATALOGUE = /\/i18n\/catalogues\/[a-z-]+\.json$/;

/**
 * Compiles the catalogues: each ICU message is parsed when the app is built, so that the parser stays at home and a
 * message with a mistake in it fails the build. A text without anything to fill in stays a text.
 */
export function catalogues(): Plugin {
  return {
    name: 'maru-catalogues',
    enforce: 'pre',
    transform(source, id) {
      if (!CATALOGUE.test(id)) return undefined;
      const messages = Object.entries(JSON.parse(source) as Record<string, string>);
      const compiled = Object.fromEntries(messages.map(([key, text]) => [key, compileMessage(text)]));
      return { code: `export default ${JSON.stringify(compiled)};`, map: null, moduleType: 'js' };
    },
  };
}

/** A message as the translator takes it. */
function compileMessage(text: string) {
  return /[{<]/.test(text) ? parse(text, { captureLocation: false, shouldParseSkeletons: true }) : text;
}
