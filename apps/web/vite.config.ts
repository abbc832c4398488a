import { createRequire } from 'node:module';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { catalogues } from './build/catalogues.ts';
import { emojiData } from './build/emoji-data.ts';
import { firstLoadGroups } from './build/first-load-groups.ts';
import { serviceWorker } from './build/service-worker.ts';
import { smallerZod } from './build/smaller-zod.ts';

/** Where the server is that the dev server asks on a page's behalf. */
const server = process.env.MARU_SERVER ?? 'http://127.0.0.1:8787';
const proxy = { '/v1': { target: server, ws: true } };
/** The parser of messages stays at home: the catalogues are compiled when the app is built. */
const noParser = createRequire(import.meta.url).resolve('@formatjs/icu-messageformat-parser/no-parser.js');

export default defineConfig({
  plugins: [catalogues(), emojiData(), smallerZod(), react(), tailwindcss(), serviceWorker()],
  resolve: { alias: [{ find: /^@formatjs\/icu-messageformat-parser$/, replacement: noParser }] },
  server: { proxy },
  build: {
    // What has `light-dark()` and the `:has()` selector: the colours are written with it.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    manifest: true,
    // A data: URL would be an exception in the policy for scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(?:react|react-dom|scheduler)\// },
            // It runs before what makes schemas: see there.
            { name: 'no-eval', test: /\/src\/no-eval\.ts$/ },
            ...firstLoadGroups(),
          ],
        },
      },
    },
  },
});
