/** As many entries as there is room for, shared evenly among the lists, list by list. */
export function evenly<T>(lists: readonly (readonly T[])[], most: number): T[] {
  const taken = lists.map(() => 0);
  let left = most;
  for (let turn = 0; left > 0 && lists.some((list) => list.length > turn); turn += 1) {
    lists.forEach((list, index) => {
      if (list.length <= turn || left === 0) return;
      taken[index] = turn + 1;
      left -= 1;
    });
  }
  return lists.flatMap((list, index) => list.slice(0, taken[index]));
}
