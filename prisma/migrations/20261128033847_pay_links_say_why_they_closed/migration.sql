-- AlterTable
ALTER TABLE "pay_links" ADD COLUMN     "revoked_because" TEXT;

ALTER TABLE "pay_links" ADD CONSTRAINT "pay_links_revoked" CHECK (
  revoked_because IS NULL OR (revoked_at IS NOT NULL AND revoked_because IN ('forwarded', 'by_staff')));
