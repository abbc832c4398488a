import type { CommandFrame } from '@maru/protocol';

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
type BodyOf<F> = F extends CommandFrame ? Present<Omit<F, 'room' | 'clientMessageId'>> : never;

/**
 * What a frame says beside its name, where nothing is to be looked up or encoded. A frame is parsed JSON: what it leaves
 * out is absent.
 */
export function frameBody<F extends CommandFrame>(frame: F): BodyOf<F> {
  const { room: _room, clientMessageId: _id, ...body } = frame;
  return body as BodyOf<F>;
}
