// Prints the action's outputs, numbers and booleans only, from the gate's JSON.
import { readFileSync } from "node:fs";

const { pass, targets, notices } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const sum = (numberOf) => targets.reduce((total, target) => total + Number(numberOf(target)), 0);
const touched = sum(({ newUsages, goneUsages, accepted }) => newUsages + goneUsages + accepted);
console.log(`days-added=${Math.max(0, ...targets.map(({ days }) => Number(days.p50)))}`);
console.log(`new-blockers=${sum(({ newBlockers }) => newBlockers)}`);
console.log(`pass=${pass === true}`);
console.log(`changed=${touched > 0 || notices.length > 0}`);
