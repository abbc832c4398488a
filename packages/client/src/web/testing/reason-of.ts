import { StoreFailed } from '../../store/store-failed.ts';

/** What a store fails with. */
export async function reasonOf(doing: Promise<unknown>): Promise<string> {
  const error = await doing.then(
    () => 'it did not fail',
    (cause: unknown) => cause,
  );
  return error instanceof StoreFailed ? error.reason : String(error);
}
