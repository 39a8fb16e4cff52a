import {
  keepPreviousData,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { Input, Method, Output } from '@shared/ipc/contract.ts'
import { call, type CallError } from './call.ts'

/** The key of a query: its method and its input, so that topics can find it. */
export const callKey = <M extends Method>(method: M, input: Input<M>) => [method, input] as const

interface CallOptions {
  enabled?: boolean
  /** Keep showing the last answer while the next one is on its way. */
  keepPrevious?: boolean
}

/** Reads from the core; refreshed when the core says it went stale. */
export function useCall<M extends Method>(method: M, input: Input<M>, options: CallOptions = {}) {
  return useQuery({
    queryKey: callKey(method, input),
    queryFn: () => call(method, input),
    enabled: options.enabled ?? true,
    placeholderData: options.keepPrevious ? keepPreviousData : undefined,
  }) as UseQueryResult<Output<M>, CallError>
}

/** Changes something; the core announces what went stale. */
export function useCommand<M extends Method>(method: M): UseMutationResult<Output<M>, CallError, Input<M>> {
  return useMutation({ mutationFn: (input: Input<M>) => call(method, input) })
}
