// A CouchDB of its own, PouchDB's server, with the documents of a file.
// Usage: node server.mjs FOLDER-WITH-node_modules DATA-FOLDER DOCUMENTS.ndjson; says "READY PORT".
import { createRequire } from 'node:module';
import fs from 'node:fs';
import readline from 'node:readline';

const [, , modules, folder, documents] = process.argv;
const require = createRequire(modules + '/');
const PouchDB = require('pouchdb').defaults({ prefix: folder + '/' });
const database = new PouchDB('records');
let batch = [];
const put = async () => {
    await database.bulkDocs(batch);
    batch = [];
};
for await (const line of readline.createInterface({ input: fs.createReadStream(documents) })) {
    batch.push(JSON.parse(line));
    if (batch.length === 2000)
        await put();
}
await put();
const app = require('express')();
app.use('/', require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', logPath: folder + '/log.txt' }));
const server = app.listen(0, '127.0.0.1', () => console.log('READY ' + server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
