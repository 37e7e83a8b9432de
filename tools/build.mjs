/* Builds the front end: the theme from its config, then styles and scripts with hashed names.
   Run by `npm run build`. What it writes is never committed. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { build } from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const source = path.join(root, "smartby/static/src");
const target = path.join(root, "smartby/static/dist");
const themeFile = path.join(root, "build/theme/smartby.css");
const compress = promisify(gzip);

/** Make the theme's CSS, unless it was made from this very config by this very tool. */
async function buildTheme() {
  const config = path.join(root, "designsystemet.config.json");
  const tool = path.join(root, "node_modules/@digdir/designsystemet");
  const { bin, version } = JSON.parse(await readFile(path.join(tool, "package.json"), "utf8"));
  const key = createHash("sha256").update(await readFile(config)).update(version).digest("hex");
  const keyFile = path.join(root, "build/theme.key");
  if (existsSync(themeFile) && existsSync(keyFile) && (await readFile(keyFile, "utf8")) === key) {
    return;
  }
  await rm(path.join(root, "build/tokens"), { recursive: true, force: true });
  const cli = path.join(tool, typeof bin === "string" ? bin : Object.values(bin)[0]);
  run(cli, "tokens", "create", "--config", config);
  run(cli, "tokens", "build", "-t", "build/tokens", "-o", "build/theme");
  await writeFile(keyFile, key);
}

function run(cli, ...args) {
  execFileSync(process.execPath, [cli, ...args], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}

/** Every file directly in js/ and css/ is something a page can ask for; folders hold their parts. */
async function entries() {
  const found = [];
  for (const kind of ["css", "js"]) {
    const folder = path.join(source, kind);
    for (const name of await readdir(folder)) {
      if (name.endsWith(`.${kind}`)) found.push(path.join(folder, name));
    }
  }
  return found.sort();
}

async function bundle() {
  const result = await build({
    entryPoints: await entries(),
    outdir: target,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file" },
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
    absWorkingDir: root,
  });
  return result.metafile.outputs;
}

/** "app.css" → "app-3F2A.css", for entries and for the files they load, such as fonts. */
function manifestOf(outputs) {
  const manifest = {};
  for (const [file, { entryPoint, inputs }] of Object.entries(outputs)) {
    const origin = entryPoint ?? (file.endsWith(".woff2") ? Object.keys(inputs)[0] : undefined);
    if (origin) manifest[path.basename(origin)] = path.basename(file);
  }
  return Object.fromEntries(Object.entries(manifest).sort());
}

async function compressText(names) {
  const sizes = {};
  for (const name of names) {
    const body = await readFile(path.join(target, name));
    if (!/\.(css|js)$/.test(name)) {
      sizes[name] = [body.length, body.length];
      continue;
    }
    const packed = await compress(body, { level: 9 });
    await writeFile(path.join(target, `${name}.gz`), packed);
    sizes[name] = [body.length, packed.length];
  }
  return sizes;
}

/** The manifest comes last and in one step: a server that reads it never sees half a build. */
async function publish(manifest, names) {
  const draft = path.join(target, "manifest.json.new");
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(draft, path.join(target, "manifest.json"));
  const keep = new Set(["manifest.json", ...names, ...names.map((name) => `${name}.gz`)]);
  for (const name of await readdir(target)) {
    if (!keep.has(name)) await rm(path.join(target, name), { recursive: true });
  }
}

const started = Date.now();
await mkdir(target, { recursive: true });
await buildTheme();
const outputs = await bundle();
const names = Object.keys(outputs).map((file) => path.basename(file));
const sizes = await compressText(names);
await publish(manifestOf(outputs), names);
for (const [name, [plain, packed]] of Object.entries(sizes).sort()) {
  console.log(`${name.padEnd(48)} ${kilo(plain)} ${kilo(packed)} gzip`);
}
console.log(`built in ${Date.now() - started} ms`);

function kilo(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
}
