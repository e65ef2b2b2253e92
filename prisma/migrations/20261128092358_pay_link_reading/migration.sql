-- AlterTable
ALTER TABLE "pay_links" ADD COLUMN     "invoice_due_on" DATE,
ADD COLUMN     "invoice_version" INTEGER;
