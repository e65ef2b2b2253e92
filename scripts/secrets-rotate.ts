// npm run secrets:rotate: after a new key was put first in SECRET_KEYS. The old one may go when this has ended.
import { rotateCodeApps } from '@/lib/access/code-app'
import { rotateAnswers } from '@/lib/api/say-once'
import { closeDatabase } from '@/lib/base/db'
import { rotateSecrets } from '@/lib/connectors/rotate-secrets'
import { rotateEndpointSecrets } from '@/lib/webhooks/endpoint-secret'

const { count: secrets, keyId } = await rotateSecrets()
const { count: answers } = await rotateAnswers()
const { count: endpoints } = await rotateEndpointSecrets()
const { count: apps } = await rotateCodeApps()
const count = secrets + answers + endpoints + apps
console.log(count === 0 ? `Every secret has key "${keyId}" already.` : `Sealed ${count} anew with key "${keyId}".`)
await closeDatabase()
