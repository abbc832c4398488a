import { loadLaterTexts } from './texts.tsx';

/** A screen together with the texts that it says: for what is fetched when it is opened. */
export async function withTexts<T>(module: Promise<T>): Promise<T> {
  await loadLaterTexts();
  return module;
}
