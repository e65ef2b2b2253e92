-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "locale" TEXT,
ADD COLUMN     "locale_set_at" TIMESTAMPTZ(6),
ADD COLUMN     "switched_off" TEXT[] DEFAULT ARRAY[]::TEXT[];

ALTER TABLE contacts ALTER COLUMN switched_off SET NOT NULL;
ALTER TABLE contacts ADD CONSTRAINT contacts_locale
  CHECK (locale IN ('en-US', 'fr-CA') AND (locale IS NULL) = (locale_set_at IS NULL));
-- A notice that the law asks for cannot be switched off, whoever writes here.
ALTER TABLE contacts ADD CONSTRAINT contacts_switched_off CHECK (switched_off <@ ARRAY['invoice', 'on_its_way']);

SELECT protect_tenant_tables();
