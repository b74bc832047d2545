// Pulls everything from a CouchDB into PouchDB on disk, and says how long it took.
// Usage: node client.mjs FOLDER-WITH-node_modules DATA-FOLDER URL
import { createRequire } from 'node:module';
import fs from 'node:fs';

const [, , modules, folder, url] = process.argv;
const PouchDB = createRequire(modules + '/')('pouchdb');
const local = new PouchDB(folder + '/local');
const start = performance.now();
const result = await local.replicate.from(new PouchDB(url), { batch_size: 1000, batches_limit: 10 });
const seconds = (performance.now() - start) / 1e3;
const peak = /VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1] / 1024;
console.log(JSON.stringify({ documents: result.docs_written, seconds, peakMb: peak }));
process.exit(0);
