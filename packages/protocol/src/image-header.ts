import type { ImageType } from './http/avatars.ts';

/** What the first bytes of a file say that it is. */
export interface ImageHeader {
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the header of a PNG (RFC 2083 §3), JPEG (ITU-T T.81 §B) or WebP (RFC 9649): before anything is decoded it is known
 * how much that would be. `undefined` for all else, and for a file that ends within its header.
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = pngHeader(view) ?? webpHeader(view) ?? jpegHeader(view);
  return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined;
}

const PNG_SIGNATURE = [0x89504e47, 0x0d0a1a0a] as const;

function pngHeader(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 24 || PNG_SIGNATURE.some((word, index) => view.getUint32(4 * index) !== word))
    return undefined;
  if (ascii(view, 12) !== 'IHDR') return undefined;
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function webpHeader(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 30 || ascii(view, 0) !== 'RIFF' || ascii(view, 8) !== 'WEBP') return undefined;
  const type = 'image/webp';
  switch (ascii(view, 12)) {
    case 'VP8 ':
      return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const packed = view.getUint32(21, true);
      return { type, width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { type, width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

/** Start of image; frame headers, of which one gives the size; markers that have no length. */
const SOI = 0xffd8;
const FRAMES: ReadonlySet<number> = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]);
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function jpegHeader(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== SOI) return undefined;
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
    } else if (isBare(marker)) {
      at += 2;
    } else if (FRAMES.has(marker)) {
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else {
      const length = view.getUint16(at + 2);
      if (length < 2) return undefined;
      at += 2 + length;
    }
  }
  return undefined;
}

function ascii(view: DataView, at: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(at + index)));
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
