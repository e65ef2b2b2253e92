-- AlterTable
ALTER TABLE "tenants" ADD COLUMN     "brand_draft" JSONB;

-- CreateTable
CREATE TABLE "logo_images" (
    "tenant_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "height" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "png" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "logo_images_pkey" PRIMARY KEY ("tenant_id","hash","height")
);

-- CreateTable
CREATE TABLE "custom_hosts" (
    "tenant_id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "problem" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "checked_at" TIMESTAMPTZ(6),
    "verified_at" TIMESTAMPTZ(6),

    CONSTRAINT "custom_hosts_pkey" PRIMARY KEY ("tenant_id")
);

ALTER TABLE logo_images
  ADD CONSTRAINT logo_images_address CHECK (hash ~ '^[0-9a-f]{32}$'),
  ADD CONSTRAINT logo_images_size CHECK (height BETWEEN 1 AND 1024 AND width BETWEEN 1 AND 8192 AND octet_length(png) <= 2097152);
ALTER TABLE custom_hosts
  ADD CONSTRAINT custom_hosts_name CHECK (host ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$' AND length(host) <= 253),
  ADD CONSTRAINT custom_hosts_state CHECK (state IN ('pending', 'verified', 'lost')),
  ADD CONSTRAINT custom_hosts_verified CHECK (state <> 'verified' OR verified_at IS NOT NULL);
-- Many may ask for a name; one holds it.
CREATE UNIQUE INDEX custom_hosts_one_tenant ON custom_hosts (host) WHERE state = 'verified';

SELECT protect_tenant_tables();
REVOKE UPDATE ON logo_images FROM closeloop_app, closeloop_system;
GRANT DELETE ON custom_hosts TO closeloop_app;
