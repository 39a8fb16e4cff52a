import { CITIZEN_KEY } from './hub-process.ts'

/** A citizen's app: speaks nothing but Open311 with the hub, so it is an independent witness of what was published. */
export interface Citizen {
  file(fields: Record<string, string>, photo?: Uint8Array): Promise<string>
  /** Published updates of one report, as XML and as JSON. */
  updates(number: string): Promise<{ status: string; description: string }[]>
  /** Everything the public can read, as one text: for canaries. */
  everything(number: string): Promise<string>
  say(number: string, description: string): Promise<void>
}

interface Update {
  service_request_id: string
  status: string
  description: string
}

/** A citizen of the regency, with the key of the citizens' app. */
export function citizenOf(hubUrl: string, apiKey = CITIZEN_KEY): Citizen {
  const base = `${hubUrl}/open311/v2`
  const get = async (path: string) => {
    const answer = await fetch(`${base}/${path}`)
    return answer.text()
  }
  return {
    async file(fields, photo) {
      const form = new FormData()
      const all = { api_key: apiKey, lat: '-4.5467', long: '136.8877', ...fields }
      for (const [name, value] of Object.entries(all)) form.append(name, value)
      if (photo) form.append('media', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'foto.jpg')
      const answer = await fetch(`${base}/requests.json`, { method: 'POST', body: form })
      const parsed = (await answer.json()) as { service_request_id?: string }[]
      const id = parsed[0]?.service_request_id
      if (!answer.ok || !id) throw new Error(`POST requests: ${answer.status} ${JSON.stringify(parsed)}`)
      return id
    },
    async updates(number) {
      const parsed = JSON.parse(await get(`servicerequestupdates.json?api_key=${apiKey}`)) as Update[]
      return parsed.filter((update) => update.service_request_id === number)
    },
    async everything(number) {
      const paths = [
        `requests/${number}.json`,
        `requests/${number}.xml`,
        'requests.json',
        'requests.xml',
        `servicerequestupdates.json?api_key=${apiKey}`,
        `servicerequestupdates.xml?api_key=${apiKey}`,
      ]
      return (await Promise.all(paths.map(get))).join('\n')
    },
    async say(number, description) {
      const body = new URLSearchParams({
        api_key: apiKey,
        service_request_id: number,
        update_id: `warga-${Date.now()}`,
        status: 'OPEN',
        updated_datetime: new Date().toISOString(),
        description,
      })
      const answer = await fetch(`${base}/servicerequestupdates.json`, { method: 'POST', body })
      if (!answer.ok) throw new Error(`POST update: ${answer.status} ${await answer.text()}`)
    },
  }
}
