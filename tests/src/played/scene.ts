import type { RoomId } from '@maru/protocol';
import type { Said } from '../simulation/sim-device.ts';

/** Somebody says something. */
export interface SceneLine {
  readonly speaker: string;
  readonly text: string;
  /** The place of the line that this one answers. */
  readonly answers: number | undefined;
}

/** A conversation in a room of its own: of two people a direct room, of more a group. */
export interface Scene {
  readonly name: string;
  readonly speakers: readonly string[];
  readonly lines: readonly SceneLine[];
}

/** A scene of its lines, with everybody who says something in it. */
export function sceneOf(name: string, lines: readonly SceneLine[]): Scene {
  return { name, speakers: [...new Set(lines.map(({ speaker }) => speaker))], lines };
}

/** A scene and how far it is. */
export interface StagedScene {
  readonly scene: Scene;
  readonly room: RoomId;
  next: number;
  /** What became of its lines, by their places. */
  readonly said: Map<number, Said>;
}
