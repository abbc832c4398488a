import { limits } from '@maru/protocol';

/** Twice what the server keeps, for it to make smaller. */
const SIDE_PIXELS = 2 * limits.AVATAR_SIDE_PIXELS;
const QUALITY = 0.9;

/** Draws the middle square of a picture, as it will be seen. Rejects for what is no picture. */
export async function drawSquare(file: Blob, canvas: HTMLCanvasElement): Promise<void> {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  canvas.width = SIDE_PIXELS;
  canvas.height = SIDE_PIXELS;
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, SIDE_PIXELS, SIDE_PIXELS);
  picture.close();
}

/** What was drawn, as a file of the kind that every browser can write. It tells nothing of where it was taken. */
export async function pictureBytes(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (blob === null) throw new Error('the browser could not write the picture');
  return new Uint8Array(await blob.arrayBuffer());
}
