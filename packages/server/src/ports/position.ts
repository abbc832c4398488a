export type { Position } from '../core/position.ts';
