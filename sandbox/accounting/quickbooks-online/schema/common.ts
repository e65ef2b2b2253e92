import { z } from 'zod'

/**
 * What the interface takes, property by property; anything else is refused. Read-only properties are listed too, because
 * a client may send back a record as it read it; they are ignored.
 * Source: the entity definitions of the vendor's Java SDK (intuit/QuickBooks-V3-Java-SDK, Finance.xsd and its includes).
 */
export const text = z.string().optional()
export const flag = z.boolean().optional()
export const day = z.iso.date().optional()
export const number = z.number().optional()
export const upTo = (length: number) => z.string().max(length).optional()

/** Money on the wire. More than two decimals would be rounded by the vendor; here it is refused, so that it is seen. */
export const money = z
  .number()
  .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'has more than two decimals')
export const amount = money.optional()

export const reference = z.strictObject({ value: z.string(), name: text, type: text })
export const ref = reference.optional()
export type Ref = z.infer<typeof reference>

const address = z
  .strictObject({
    Id: text,
    Line1: text,
    Line2: text,
    Line3: text,
    Line4: text,
    Line5: text,
    City: text,
    Country: text,
    CountryCode: text,
    CountrySubDivisionCode: text,
    PostalCode: text,
    Lat: text,
    Long: text,
  })
  .optional()
const email = z.strictObject({ Id: text, Address: upTo(1023), Default: flag, Tag: text }).optional()
const phone = z.strictObject({ Id: text, DeviceType: text, FreeFormNumber: text, Default: flag, Tag: text }).optional()

export { address, email, phone }

const customField = z.strictObject({
  DefinitionId: text,
  Name: text,
  Type: z.enum(['StringType', 'BooleanType', 'NumberType', 'DateType']),
  StringValue: text,
  BooleanValue: flag,
  DateValue: day,
  NumberValue: number,
})

export const linkedTxn = z.strictObject({ TxnId: z.string(), TxnType: z.string(), TxnLineId: text })
export type LinkedTxn = z.infer<typeof linkedTxn>

/** What every record has. */
export const entityFields = {
  Id: text,
  SyncToken: text,
  sparse: flag,
  domain: text,
  status: text,
  MetaData: z
    .strictObject({ CreateTime: text, LastUpdatedTime: text, CreatedByRef: ref, LastModifiedByRef: ref })
    .optional(),
  CustomField: z.array(customField).optional(),
}
