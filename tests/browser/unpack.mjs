/* Writes the brotli-packed files of @sparticuz/chromium, unpacked, into the folder given. */
import { createReadStream, createWriteStream } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

const packed = path.join(path.dirname(fileURLToPath(import.meta.url)), "node_modules/@sparticuz/chromium/bin");
const target = process.argv[2];

for (const name of await readdir(packed)) {
  const file = path.join(target, path.basename(name, ".br"));
  await pipeline(
    createReadStream(path.join(packed, name)),
    createBrotliDecompress(),
    createWriteStream(file, { mode: 0o755 }),
  );
}
