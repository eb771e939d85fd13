// V8 as an engine of the benchmark: the protocol of worker.py.
"use strict";
const fs = require("node:fs");
const readline = require("node:readline");

let run = null;
let serial = 0;

// A custom section that no other compile had: nothing can come from a cache.
function fresh(path) {
  const data = fs.readFileSync(path);
  const tail = Buffer.from([0, 9, 4, 0x73, 0x61, 0x6c, 0x74, 0, 0, 0, 0]);
  tail.writeUInt32LE(++serial, 7);
  return Buffer.concat([data, tail]);
}

function timed(work) {
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  const made = work();
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(before);
  return [made, { cpu: (user + system) / 1e6, wall }];
}

function load(path) {
  const module = new WebAssembly.Module(fs.readFileSync(path));
  const imports = {};
  let wasi = null;
  if (WebAssembly.Module.imports(module).length) {
    const { WASI } = require("node:wasi");
    wasi = new WASI({ version: "preview1" });
    imports.wasi_snapshot_preview1 = wasi.wasiImport;
  }
  const instance = new WebAssembly.Instance(module, imports);
  if (wasi) wasi.initialize(instance);
  run = instance.exports.run;
}

function answer(request) {
  if (request.op === "load") {
    load(request.path);
    return {};
  }
  if (request.op === "compile") {
    const data = fresh(request.path);
    if (globalThis.gc) globalThis.gc();
    return timed(() => new WebAssembly.Module(data))[1];
  }
  const [result, spent] = timed(() => run(request.argument));
  return { ...spent, result: result >>> 0 };
}

process.removeAllListeners("warning");
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  let made;
  try {
    made = answer(JSON.parse(line));
  } catch (error) {
    made = { error: String(error.message).split("\n")[0] };
  }
  fs.writeSync(1, JSON.stringify(made) + "\n");
});
