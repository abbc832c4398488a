/** In place of the decoder: takes the image and never answers. */
await Bun.stdin.bytes();
setInterval(() => undefined, 1_000);
