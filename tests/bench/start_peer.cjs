// One run on V8: node start_peer.cjs FILE NAME ARGS, as in start_peer.py.
"use strict";
const fs = require("node:fs");

const [, , file, name, ...args] = process.argv;
process.removeAllListeners("warning");
const module_ = new WebAssembly.Module(fs.readFileSync(file));
const imports = {};
let wasi = null;
if (WebAssembly.Module.imports(module_).length) {
  const { WASI } = require("node:wasi");
  wasi = new WASI({ version: "preview1", args: [file, ...args] });
  imports.wasi_snapshot_preview1 = wasi.wasiImport;
}
const instance = new WebAssembly.Instance(module_, imports);
if (name === "_start") {
  process.exitCode = wasi.start(instance);
} else {
  if (wasi) wasi.initialize(instance);
  console.log(instance.exports[name](Number(args[0])));
}
