import { writeFileSync } from 'node:fs';
import { inProject } from '../server/project';
import { licencesDocument } from './production-packages';

// After a change of the dependencies: node --import tsx scripts/licences.ts
writeFileSync(inProject('docs/licences.md'), licencesDocument());
console.log('docs/licences.md is written.');
