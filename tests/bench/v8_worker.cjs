// V8 as an engine of the benchmark: the protocol of worker.py. With the argument
// "validate" it only validates.
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

const only_validate = process.argv[2] === "validate";

function validated(data) {
  if (!WebAssembly.validate(data)) throw new Error("not valid");
}

function resident(what) {
  const status = fs.readFileSync("/proc/self/status", "latin1");
  return Number(status.match(new RegExp(`${what}:\\s*(\\d+)`))[1]) * 1024;
}

function compile(path) {
  const data = fresh(path);
  if (globalThis.gc) globalThis.gc();
  fs.writeFileSync("/proc/self/clear_refs", "5");
  const before = resident("VmRSS");
  const work = only_validate
    ? () => validated(data)
    : () => new WebAssembly.Module(data);
  const spent = timed(work)[1];
  return { ...spent, peak: resident("VmHWM") - before };
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

// What boundary_bench.py calls `actions`.
function crossings(path) {
  const { WASI } = require("node:wasi");
  const wasi = new WASI({ version: "preview1" });
  const module = new WebAssembly.Module(fs.readFileSync(path));
  const instance = new WebAssembly.Instance(module, {
    host: { f: (number, _other) => number },
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  wasi.initialize({ exports: { memory: instance.exports.memory } });
  const { add, host, wasi: clock, divide, load, deep } = instance.exports;
  const trapping = (name, call, ...args) => (count) => {
    for (let k = 0; k < count; k++) {
      let trapped = false;
      try {
        call(...args);
      } catch (error) {
        trapped = true;
      }
      if (!trapped) throw new Error(`${name} did not trap`);
    }
  };
  return {
    call: (count) => {
      for (let k = 0; k < count; k++) add(k, 1);
    },
    host: (count) => host(count),
    wasi: (count) => clock(count),
    divide: trapping("divide", divide, 7, 0),
    load: trapping("load", load, 1 << 30, 4),
    deep: trapping("deep", deep, 100, 1),
  };
}

let crossing = null;

function answer(request) {
  if (request.op === "boundary") {
    crossing ??= crossings(request.path);
    return timed(() => crossing[request.what](request.count))[1];
  }
  if (request.op === "load") {
    load(request.path);
    return {};
  }
  if (request.op === "compile") return compile(request.path);
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
