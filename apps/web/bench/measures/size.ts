import { CSS_BYTES_MAX, cssBytes, FIRST_JS_BYTES_MAX, firstJsBytes } from '../../build/first-load.ts';
import type { Figure } from '../figure.ts';

/** What a first visit fetches of the app built in a folder, gzipped. */
export function measureSize(web: string): Figure[] {
  const js = Math.max(firstJsBytes(web, 'signed in'), firstJsBytes(web, 'signed out'));
  const figure = (metric: string, bytes: number, bytesMax: number): Figure => {
    return { metric, value: bytes / 1024, unit: 'KB', target: { most: bytesMax / 1024 } };
  };
  return [
    figure('first JavaScript, gzipped', js, FIRST_JS_BYTES_MAX),
    figure('all CSS, gzipped', cssBytes(web), CSS_BYTES_MAX),
  ];
}
