/** A reason that is an absence rests on a search that found nothing, unless a source says it in words. */
import type { Evidence } from "../model/rule.ts";
import { EVIDENCE_LEVELS } from "../model/vocabulary.ts";

const BEGINS = /^(?:no|none|not|nothing|neither|there (?:is|are) no)\b/i;
/** In the first clause: what follows a colon or full stop explains. */
const FIRST_CLAUSE =
  /^[^.:;]*\b(?:has no|have no|had not|lacks?|does not (?:exist|have)|do not (?:exist|have)|no (?:hip|header)|(?:is|are) not (?:among|in|listed|declared)|(?:was|were) not (?:found|seen))\b/i;
/** How `shows` begins where the source itself speaks of what is missing, or the code turns it away. */
const SAYS = /^(?:says|rejects|refuses|raises|returns|skips|narrows|limits)\b/;

const strength = ({ level }: Evidence) => EVIDENCE_LEVELS.indexOf(level);

/** What is wrong with the evidence of a reason that is an absence. */
export function absenceProblems(why: string | undefined, evidence: readonly Evidence[]): string[] {
  if (why === undefined || !(BEGINS.test(why) || FIRST_CLAUSE.test(why))) return [];
  const best = Math.min(...evidence.map(strength));
  const level = EVIDENCE_LEVELS[best];
  if (level === undefined || level === "inferred") return [];
  if (evidence.some((entry) => strength(entry) === best && SAYS.test(entry.shows ?? ""))) return [];
  return [`the reason is an absence: ${level} only where the source says it (shows: "says that ..."), else inferred`];
}
