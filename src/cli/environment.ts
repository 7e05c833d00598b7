/** `PORTGAUGE_*` variables as people set them. */

const OFF = new Set(["", "0", "false", "no", "off"]);

/** Drops variables that are empty or say no: a flag's variable counts by being there, and CI sets empty ones. */
export function dropUnset(env: NodeJS.ProcessEnv): void {
  for (const [name, value = ""] of Object.entries(env)) {
    if (name.startsWith("PORTGAUGE_") && OFF.has(value.trim().toLowerCase())) delete env[name];
  }
}
