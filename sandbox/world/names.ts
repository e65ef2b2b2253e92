/** The forty clients the story knows by name, then as many invented ones as asked for. */
type Named = { name: string; domain?: string; city?: string }

export const larkfieldClients: readonly Named[] = [
  { name: 'Hadley & Moss Architects', domain: 'hadleymoss.example', city: 'Rochester' },
  { name: 'Mercer Packaging', domain: 'mercerpack.example' },
  { name: 'Fenwick Dental Group', domain: 'fenwickdental.example' },
  { name: 'Lakeview Pediatrics', domain: 'lakeviewpeds.example' },
  { name: 'Cobble Hill Bakery' },
  { name: 'Kestrel Freight' },
  { name: 'Tillman Bros' },
  { name: 'Ridge & Vale Realty', domain: 'ridgevale.example' },
  { name: 'Orchard Street Legal', domain: 'orchardlegal.example' },
  { name: 'Vantage Robotics' },
  { name: 'St. Brendan’s School', domain: 'stbrendans.example' },
  { name: 'Northgate Motors' },
  { name: 'Mercer Packaging Warehouse', domain: 'mercerpack.example' },
  { name: 'Genesee Valley Orthopedics' },
  { name: 'Penfield Veterinary Clinic' },
  { name: 'Canal Side Brewing' },
  { name: 'Brighton Family Law' },
  { name: 'Upstate Precision Tooling' },
  { name: 'Flower City Credit Advisors' },
  { name: 'Monroe Elevator & Lift' },
  { name: 'Irondequoit Hardware' },
  { name: 'Seneca Park Montessori' },
  { name: 'Park Avenue Opticians' },
  { name: 'Webster Cold Storage' },
  { name: 'Ashgrove Senior Living' },
  { name: 'Halloran Accounting' },
  { name: 'Victor Sheet Metal' },
  { name: 'Bluestone Landscaping' },
  { name: 'East Avenue Wealth' },
  { name: 'Pittsford Country Day' },
  { name: 'Lockkeeper Travel' },
  { name: 'Finger Lakes Hospice' },
  { name: 'Ontario Shore Marina' },
  { name: 'Quillfeather Press' },
  { name: 'South Wedge Dental' },
  { name: 'Corn Hill Title Agency' },
  { name: 'Durand Plumbing Supply' },
  { name: 'Highland Park Florists' },
  { name: 'Erie Harbor Apartments' },
  { name: 'Mount Hope Monument' },
]

export const borealClients: readonly Named[] = [
  { name: 'Clinique dentaire Saint-Roch', domain: 'dentairestroch.example', city: 'Québec' },
  { name: 'Boulangerie du Faubourg', city: 'Québec' },
  { name: 'Notaires Gagnon Pelletier', city: 'Lévis' },
  { name: 'Menuiserie Beaupré', city: 'Beaupré' },
  { name: 'École Sainte-Foy', city: 'Québec' },
  { name: 'Transport Chaudière', city: 'Lévis' },
]

const heads = (
  'Alder Ames Barlow Beacon Birch Bishop Braddock Brook Calder Carver Cedar Chandler Clearwater Colby Copper Crane ' +
  'Dalton Danforth Eastman Ellison Fairport Falcon Forest Fulton Garnet Gates Granite Greece Hamlin Harbor Hawthorn ' +
  'Heron Hilton Hudson Juniper Keeler Kendall Langley Larch Linden Lyell Macedon Maple Marlow Mendon Millstone Naples ' +
  'Norwood Oakfield Ogden Parma Perinton Pine Prescott Quarry Redfern Rowan Sable Scottsville Sibley Spencer Stone ' +
  'Summit Sutton Thornell Union Wayland Whitcomb Willow Winton Wren Yarrow'
).split(' ')

const trades = (
  'Accounting,Auto Body,Builders,Cabinetry,Cardiology,Catering,Chiropractic,Coffee Roasters,Construction,Creamery,' +
  'Dental,Design,Electric,Engineering,Excavating,Family Medicine,Financial,Flooring,Foods,Foundry,Freight,Furniture,' +
  'Glass,Heating,Imaging,Insurance,Interiors,Law,Lighting,Logistics,Machine,Manufacturing,Marketing,Masonry,Metals,' +
  'Optical,Orthodontics,Packaging,Painting,Pharmacy,Physical Therapy,Plastics,Printing,Properties,Realty,Roofing,' +
  'Staffing,Surveying,Title,Tool & Die,Travel,Veterinary,Water Systems,Winery'
).split(',')

export const towns = [
  'Rochester',
  'Pittsford',
  'Brighton',
  'Victor',
  'Webster',
  'Penfield',
  'Fairport',
  'Greece',
] as const

export const firstNames = (
  'Dana Priya Tom June Marcus Renee Alicia Ben Carla Derek Elena Frank Grace Hector Irene Jamal Karen Leo Mina Noah ' +
  'Olive Paul Quinn Rosa Samir Tara Uma Victor Wanda Xavier Yolanda Zach'
).split(' ')

export const lastNames = (
  'Anand Leclerc Sato Bell Okafor Ruiz Novak Ferris Grant Holt Ibarra Jensen Kowalski Lund Mbeki Nash Ortega Pratt ' +
  'Quigley Rossi Stone Tran Ulrich Vance Webb Xu Young Zeller Abbott Brody Castellano Dunn'
).split(' ')

/** The name of client `index` (from 0); the first ones are `known`, no two are the same. */
export function clientName(known: readonly Named[], index: number): Named {
  const named = known[index]
  if (named !== undefined) return named
  const k = index - known.length
  const round = Math.floor(k / (heads.length * trades.length))
  const head = heads[k % heads.length]
  const trade = trades[(Math.floor(k / heads.length) + (k % heads.length)) % trades.length]
  const town = round === 0 ? '' : ` of ${towns[(round - 1) % towns.length]}${round > towns.length ? ` ${round}` : ''}`
  return { name: `${head} ${trade}${town}` }
}

/** Letters and digits only, accents taken off: what e-mail domains and short codes are made of. */
export function slug(text: string): string {
  return text.normalize('NFD').replace(/[^A-Za-z0-9]/g, '')
}
