import { z } from 'zod'

// In a browser zod tries whether it may compile its schemas. Our content policy forbids that, and reports the try. A file
// whose schemas a page uses imports this before it makes them.
if (typeof window !== 'undefined') z.config({ jitless: true })
