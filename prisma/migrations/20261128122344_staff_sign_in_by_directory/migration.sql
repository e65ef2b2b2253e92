-- CreateTable
CREATE TABLE "staff_identities" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "staff_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "staff_identities_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "staff_identities_issuer_subject_idx" ON "staff_identities"("issuer", "subject");

-- CreateIndex
CREATE INDEX "staff_identities_tenant_id_staff_id_idx" ON "staff_identities"("tenant_id", "staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_identities_tenant_id_issuer_subject_key" ON "staff_identities"("tenant_id", "issuer", "subject");

-- AddForeignKey
ALTER TABLE "staff_identities" ADD CONSTRAINT "staff_identities_tenant_id_staff_id_fkey" FOREIGN KEY ("tenant_id", "staff_id") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.
SELECT protect_tenant_tables();
