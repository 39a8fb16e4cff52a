import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
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

/** Resolves when the report on screen, if it is being asked for again, has come. */
const reportsCame = (client: QueryClient) =>
  client.refetchQueries(
    {
      type: 'active',
      predicate: ({ queryKey, state }) => queryKey[0] === 'reports.get' && state.fetchStatus === 'fetching',
    },
    { cancelRefetch: false },
  )

/**
 * Changes something; the core announces what went stale before it answers. "Done" is said only once the report on
 * screen shows it, so that the next key meets the new state and not the old one.
 */
export function useCommand<M extends Method>(method: M): UseMutationResult<Output<M>, CallError, Input<M>> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: Input<M>) => {
      const answer = await call(method, input)
      await reportsCame(client)
      return answer
    },
  })
}
