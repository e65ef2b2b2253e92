-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "is_waiting" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "proved_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "passkeys" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "audience" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "last_used_at" TIMESTAMPTZ(6),
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "passkeys_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "passkey_challenges" (
    "tenant_id" UUID NOT NULL,
    "challenge_hash" BYTEA NOT NULL,
    "purpose" TEXT NOT NULL,
    "session_id" UUID,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "passkey_challenges_pkey" PRIMARY KEY ("tenant_id","challenge_hash")
);

-- CreateTable
CREATE TABLE "code_apps" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "staff_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "last_step" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(6),
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "code_apps_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "tenant_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),
    "replaced_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("tenant_id","code_hash")
);

-- CreateIndex
CREATE INDEX "passkeys_tenant_id_person_id_idx" ON "passkeys"("tenant_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "passkeys_tenant_id_credential_id_key" ON "passkeys"("tenant_id", "credential_id");

-- CreateIndex
CREATE INDEX "code_apps_tenant_id_staff_id_idx" ON "code_apps"("tenant_id", "staff_id");

-- CreateIndex
CREATE INDEX "recovery_codes_tenant_id_staff_id_idx" ON "recovery_codes"("tenant_id", "staff_id");

-- AddForeignKey
ALTER TABLE "code_apps" ADD CONSTRAINT "code_apps_tenant_id_staff_id_fkey" FOREIGN KEY ("tenant_id", "staff_id") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_tenant_id_staff_id_fkey" FOREIGN KEY ("tenant_id", "staff_id") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE passkeys ADD CONSTRAINT passkeys_audience CHECK (audience IN ('staff', 'contact'));
ALTER TABLE passkey_challenges
  ADD CONSTRAINT passkey_challenges_purpose CHECK (purpose IN ('enrol', 'prove', 'sign-in')),
  ADD CONSTRAINT passkey_challenges_session CHECK ((session_id IS NULL) = (purpose = 'sign-in'));
-- One app at a time for each person.
CREATE UNIQUE INDEX code_apps_one ON code_apps (tenant_id, staff_id) WHERE confirmed_at IS NOT NULL AND removed_at IS NULL;
SELECT protect_tenant_tables();
