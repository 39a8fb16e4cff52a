import type { Plan } from './plan.ts'
import { runPlan, type Ground, type Result } from './run-plan.ts'

/** Fewest tries that are worth a shorter trace. */
const TRIES = 250

/** Leaves out steps, faults and desks for as long as the same rule breaks. Deterministic: the same plan shrinks alike. */
export async function shrink(
  ground: Ground,
  plan: Plan,
  rule: string,
): Promise<{ plan: Plan; result: Result }> {
  let best = plan
  let tries = 0
  const stillBreaks = async (candidate: Plan): Promise<boolean> => {
    if (tries++ >= TRIES) return false
    const { violation } = await runPlan(ground, candidate)
    if (violation?.rule !== rule) return false
    best = candidate
    return true
  }
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.steps.length;) {
      const steps = best.steps.filter((_, i) => i < from || i >= from + size)
      if (!(await stillBreaks({ ...best, steps }))) from += size
    }
  }
  for (const fault of Object.keys(best.faults) as (keyof Plan['faults'])[])
    if (best.faults[fault] > 0) await stillBreaks({ ...best, faults: { ...best.faults, [fault]: 0 } })
  while (best.desks > 1 && (await stillBreaks({ ...best, desks: best.desks - 1 })));
  return { plan: best, result: await runPlan(ground, best, true) }
}
