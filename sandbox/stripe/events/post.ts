import { Agent as HttpAgent, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'

const answerWithinMs = 10_000
const http = { request: requestHttp, agent: new HttpAgent({ keepAlive: true, maxSockets: 32 }) }
const https = { request: requestHttps, agent: new HttpsAgent({ keepAlive: true, maxSockets: 32 }) }

/** Posts JSON and answers the status, or that nobody answered in time. */
export function post(url: string, body: string, headers: Record<string, string>): Promise<number | 'unreachable'> {
  const { request, agent } = url.startsWith('https:') ? https : http
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        timeout: answerWithinMs,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          ...headers,
        },
      },
      (response) => {
        response.resume()
        response.once('error', () => resolve('unreachable'))
        response.once('end', () => resolve(response.statusCode ?? 'unreachable'))
      },
    )
    sent.once('timeout', () => sent.destroy())
    sent.once('error', () => resolve('unreachable'))
    sent.end(body)
  })
}
