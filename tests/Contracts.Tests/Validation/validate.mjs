// validate.mjs EVENTS: prints what is wrong with asyncapi.json in the folder EVENTS, and with envelopes that stand one a line on standard input.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import specs from '@asyncapi/specs';

const events = process.argv[2];
const read = name => JSON.parse(readFileSync(join(events, name), 'utf8'));
const document = read('asyncapi.json');
const validator = () => addFormats(new Ajv({ strict: false, allErrors: true }));
const problems = [];

const specification = validator().compile(specs.schemasWithoutId['3.0.0']);
if (!specification(document))
  problems.push(...specification.errors.map(e => `asyncapi.json${e.instancePath} ${e.message}`));

const base = 'file:///events/';
const ajv = validator().addSchema(document, `${base}asyncapi.json`);
for (const type of Object.keys(document.components.messages)) {
  const { $id, ...schema } = read(`schemas/${type}.json`);
  ajv.addSchema(schema, `${base}schemas/${type}.json`);
}

for (const line of readFileSync(0, 'utf8').split('\n').filter(line => line)) {
  const envelope = JSON.parse(line);
  const validate = ajv.compile({ $ref: `${base}asyncapi.json#/components/messages/${envelope.type}/payload` });
  if (!validate(envelope))
    problems.push(...validate.errors.map(e => `${envelope.type}${e.instancePath} ${e.message}`));
}

for (const problem of problems)
  console.log(problem);
