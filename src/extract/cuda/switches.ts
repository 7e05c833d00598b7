/**
 * Macros by which a project names a choice that it made once (`#if !HIP` … `#define PTX_AVAILABLE`), and the branches
 * that ask for them: code there stands under the condition of the definition, wherever that is.
 */
import type { Switch, SwitchBranch } from "../../model/inventory.ts";
import type { Lexed } from "./lexed.ts";
import type { Guards } from "./preprocessor.ts";

/** `PTX_AVAILABLE`, `HAS_MMA 1`, not a header's own guard. */
const DEFINITION = /^\s*(?<name>[A-Z]\w*)(?:[ \t]+=?[ \t]*(?:1|true))?\s*$/;
const HEADER_GUARD = /_(?:H|HPP|HXX|HH|CUH|INC|INCLUDED|H_|HPP_|CUH_)$/;
/** A part of a condition that asks for one macro. */
const QUESTION = /^\s*\(?\s*(?:defined\s*\(?\s*)?(?<name>[A-Z]\w*)\s*\)?\s*\)?\s*$/;

/** What the file chooses and asks for; nothing where it does neither. */
export function chosenBy(lexed: Lexed, guards: Guards): { switches?: Switch[]; branches?: SwitchBranch[] } {
  const switches = switchesOf(lexed, guards);
  const branches = switchBranches(lexed);
  return { ...(switches.length > 0 ? { switches } : {}), ...(branches.length > 0 ? { branches } : {}) };
}

/** Choices that the file defines, with the condition on a target. */
function switchesOf(lexed: Lexed, guards: Guards): Switch[] {
  return lexed.directives.flatMap((directive): Switch[] => {
    if (directive.name !== "define") return [];
    const name = DEFINITION.exec(lexed.text.slice(directive.bodyStart, directive.bodyEnd))?.groups?.name;
    if (name === undefined || HEADER_GUARD.test(name)) return [];
    const guard = guards.ofLine(directive.line);
    return [guard === undefined ? { name } : { name, guard }];
  });
}

/** Branches that are compiled only where such macros are defined. */
function switchBranches(lexed: Lexed): SwitchBranch[] {
  const branches: SwitchBranch[] = [];
  const open: { names: readonly string[]; from: number }[] = [];
  const shut = (to: number) => {
    const branch = open.pop();
    for (const name of branch?.names ?? []) branches.push({ name, from: branch?.from ?? to, to });
  };
  for (const { name, line, bodyStart, bodyEnd } of lexed.directives) {
    if (name === "endif" || name === "else" || name.startsWith("elif")) shut(line);
    if (name === "else" || name === "ifndef") open.push({ names: [], from: line });
    else if (name.startsWith("if") || name.startsWith("elif")) {
      open.push({ names: asked(lexed.text.slice(bodyStart, bodyEnd)), from: line });
    }
  }
  return branches;
}

function asked(condition: string): string[] {
  if (condition.includes("||")) return [];
  return condition.split("&&").flatMap((part) => {
    const name = QUESTION.exec(part)?.groups?.name;
    return name === undefined || HEADER_GUARD.test(name) ? [] : [name];
  });
}
