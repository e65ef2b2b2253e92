import type { AddedOrigin } from '@/lib/access/add-widget-origin'

type Because = Extract<AddedOrigin, { ok: false }>['because']

/** Why a site was not put on the list, and what to write instead. */
export const originRefusals: Record<Because, string> = {
  empty: 'Write the address of the site, like https://www.example.com.',
  wildcard: 'One site at a time: behind a * anybody else’s page could stand. Write each address in full.',
  null: 'This is no site. A page that has no address of its own cannot be told from anybody else’s.',
  'no-address': 'This is not the address of a site. It looks like https://www.example.com.',
  path: 'Leave out what follows the name: browsers compare only https, name and port.',
  user: 'Leave out what stands before the @. It is not part of the site’s name.',
  http: 'The site has to be served over https: over http anybody on the way could change the page around the payment.',
  scheme: 'An address of a site begins with https://.',
  'trailing-dot': 'Leave out the dot at the end. Browsers take it for another site.',
  number: 'Write the site’s name. An address in figures, or this very machine, is nobody’s site for long.',
  'too-long': 'No site has a name this long.',
  'not-allowed': 'Your role may look at this page, and not change it.',
  already: 'This site is on the list.',
  'too-many': 'Twenty sites are the limit. Remove one that is not used any more.',
}
